import { COUNT_NAMES, type Counts } from '../../shared/counts.ts'
import type { RunCheck } from '../../shared/journal.ts'
import { blocksListed, type RunResult } from '../../shared/run.ts'
import type { Connection } from './connection.ts'
import { FAILURE_LENGTH_MAX } from './limits.ts'
import { decodeJson, encodeJson, STORED } from './stored-json.ts'

/** What came out when recorded runs were made again. */

/** A result, or why there is none. */
export type CheckOutcome = { readonly result: RunResult } | { readonly failure: string }

interface CheckRow {
  readonly runId: number
  readonly checkedAtMs: number
  readonly labVersion: string
  readonly digest: string | null
  readonly counts: string | null
  readonly blocksListed: number | null
  readonly failure: string | null
}

/** Keeps a check with its run. Called within a write transaction. */
export function recordCheck(
  connection: Connection,
  runId: number,
  outcome: CheckOutcome,
  { labVersion, nowMs }: { readonly labVersion: string; readonly nowMs: number },
): RunCheck {
  const result = 'result' in outcome ? outcome.result : undefined
  const failure = 'failure' in outcome ? outcome.failure.slice(0, FAILURE_LENGTH_MAX) || 'No reason was given.' : null
  connection.run(
    `INSERT INTO run_check (run_id, checked_at_ms, lab_version, digest, counts, blocks_listed, failure)
      VALUES (?, ?, ?, ?, ?, ?, ?)`,
    runId,
    nowMs,
    labVersion,
    result?.digest ?? null,
    result === undefined ? null : encodeJson(STORED.counts, result.counts, 'counts'),
    result === undefined ? null : blocksListed(result),
    failure,
  )
  const [check] = readChecks(connection, runId)
  if (check === undefined) throw new Error(`The check of run ${runId} is missing from ${connection.path}`)
  return check
}

/** Newest first. */
export function readChecks(connection: Connection, runId: number): readonly RunCheck[] {
  const rows = connection.all<CheckRow>(
    `SELECT run_id AS runId, checked_at_ms AS checkedAtMs, lab_version AS labVersion, digest, counts,
        blocks_listed AS blocksListed, failure FROM run_check WHERE run_id = ? ORDER BY id DESC`,
    runId,
  )
  return rows.map(({ digest, counts, blocksListed: listed, failure, ...check }) => {
    if (digest === null || counts === null || listed === null) {
      return { ...check, outcome: { kind: 'failed', reason: failure ?? '' } }
    }
    const where = `a check of run ${runId} in the journal ${connection.path}`
    const stored = decodeJson(STORED.counts, counts, where)
    return { ...check, outcome: { kind: 'finished', digest, counts: asCounts(stored), blocksListed: listed } }
  })
}

/** A counter that the checking version did not have is taken for 0. */
function asCounts(stored: Readonly<Record<string, number>>): Counts {
  return Object.fromEntries(COUNT_NAMES.map((name) => [name, stored[name] ?? 0])) as Counts
}
