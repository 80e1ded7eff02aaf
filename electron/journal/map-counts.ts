import { HISTOGRAM_RANGES_MAX, type Histogram, type ValueRange } from '../../shared/histogram.ts'
import type { RequestOrders, RunResult } from '../../shared/run.ts'
import type { Connection } from './connection.ts'
import { packNumbers, unpackNumbers } from './packed-numbers.ts'
import { damaged, decodeJson, encodeJson, STORED } from './stored-json.ts'

/** Writes and reads the distributions over a run's maps. Every function is called within a transaction. */

export function recordMapCounts(connection: Connection, runId: number, result: RunResult): void {
  if (result.visitedNodes !== undefined) recordVisitedNodes(connection, runId, result.visitedNodes)
  if (result.requestOrders !== undefined) recordRequestOrders(connection, runId, result.requestOrders)
}

/** What is stored of them: nothing of runs that earlier versions recorded. `run` names the run in messages. */
export function readMapCounts(
  connection: Connection,
  runId: number,
  run: string,
): Pick<RunResult, 'visitedNodes' | 'requestOrders'> {
  const visitedNodes = readVisitedNodes(connection, runId, `the histogram of visited nodes of ${run}`)
  const requestOrders = readRequestOrders(connection, runId, `the request orders of ${run}`)
  return { ...(visitedNodes && { visitedNodes }), ...(requestOrders && { requestOrders }) }
}

function recordVisitedNodes(connection: Connection, runId: number, { ranges, remainder }: Histogram): void {
  if (ranges.length > HISTOGRAM_RANGES_MAX) {
    throw new RangeError(
      `The histogram of visited nodes has ${ranges.length} ranges; at most ${HISTOGRAM_RANGES_MAX} are kept (HISTOGRAM_RANGES_MAX)`,
    )
  }
  const columns = [0, 1, 2].flatMap((part) => ranges.map((range) => range[part] ?? 0))
  connection.run(
    'INSERT INTO visited_nodes (run_id, ranges, data, rest_first, rest_last, rest_count) VALUES (?, ?, ?, ?, ?, ?)',
    runId,
    ranges.length,
    packNumbers(columns),
    remainder?.firstValue ?? null,
    remainder?.lastValue ?? null,
    remainder?.count ?? null,
  )
}

function recordRequestOrders(connection: Connection, runId: number, { byOrder, larger, empty }: RequestOrders): void {
  connection.run(
    'INSERT INTO request_orders (run_id, by_order, larger, empty) VALUES (?, ?, ?, ?)',
    runId,
    encodeJson(STORED.byOrder, byOrder, 'request orders'),
    larger,
    empty,
  )
}

function readVisitedNodes(connection: Connection, runId: number, place: string): Histogram | undefined {
  const row = connection.get<{
    ranges: number
    data: Uint8Array
    firstValue: number | null
    lastValue: number | null
    count: number | null
  }>(
    `SELECT ranges, data, rest_first AS firstValue, rest_last AS lastValue, rest_count AS count
      FROM visited_nodes WHERE run_id = ?`,
    runId,
  )
  if (row === undefined) return undefined
  const ranges = unpackRanges(row.data, row.ranges, place)
  const { firstValue, lastValue, count } = row
  if (firstValue === null || lastValue === null || count === null) return { ranges }
  return { ranges, remainder: { firstValue, lastValue, count } }
}

function unpackRanges(data: Uint8Array, length: number, place: string): readonly ValueRange[] {
  try {
    const numbers = unpackNumbers(data, 3 * length)
    const at = (position: number): number => numbers[position] ?? 0
    return Array.from({ length }, (_, i) => [at(i), at(length + i), at(2 * length + i)] as const)
  } catch (cause) {
    throw damaged(place, cause instanceof Error ? cause.message : String(cause), cause)
  }
}

function readRequestOrders(connection: Connection, runId: number, place: string): RequestOrders | undefined {
  const row = connection.get<{ byOrder: string; larger: number; empty: number }>(
    'SELECT by_order AS byOrder, larger, empty FROM request_orders WHERE run_id = ?',
    runId,
  )
  return row && { ...row, byOrder: decodeJson(STORED.byOrder, row.byOrder, place) }
}
