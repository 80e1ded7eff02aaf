import { HISTOGRAM_RANGES_MAX, largestValue, quantile, type Histogram, type Quantile } from '../../shared/histogram.ts'
import type { RequestOrders, RunResult } from '../../shared/run.ts'

type MapCounts = Pick<RunResult, 'visitedNodes' | 'requestOrders'>

/** The distributions over a run's maps as data; without those that an earlier version did not record. */
export function mapCountsAsJson({ visitedNodes, requestOrders }: MapCounts): object {
  return {
    ...(visitedNodes && { visited_nodes: histogramAsJson(visitedNodes) }),
    ...(requestOrders && {
      request_orders: { by_order: requestOrders.byOrder, larger: requestOrders.larger, empty: requestOrders.empty },
    }),
  }
}

/** `ranges` are [first value, last value, maps of each]; `remainder` is what would need more than `ranges_max` of them. */
function histogramAsJson({ ranges, remainder }: Histogram): object {
  return {
    ranges_max: HISTOGRAM_RANGES_MAX,
    ranges,
    ...(remainder && {
      remainder: { first_value: remainder.firstValue, last_value: remainder.lastValue, maps: remainder.count },
    }),
  }
}

/** The same in rows of a table: label and figure. */
export function mapCountRows({ visitedNodes, requestOrders }: MapCounts): string[][] {
  return [...(visitedNodes ? walkRows(visitedNodes) : []), ...(requestOrders ? orderRows(requestOrders) : [])]
}

function walkRows(visitedNodes: Histogram): string[][] {
  const rows: readonly (readonly [string, Quantile | undefined])[] = [
    ['median', quantile(visitedNodes, 0.5)],
    ['99th percentile', quantile(visitedNodes, 0.99)],
  ]
  return [
    ...rows.map(([name, value]) => [`Blocks walked by a map, ${name}`, quantileAsText(value)]),
    ['Blocks walked by a map, most', String(largestValue(visitedNodes) ?? '-')],
  ]
}

function quantileAsText(value: Quantile | undefined): string {
  if (value === undefined) return '-'
  return value.lowest === value.highest ? String(value.lowest) : `${value.lowest} to ${value.highest}`
}

/** Orders that were asked for, and no others. */
function orderRows({ byOrder, larger, empty }: RequestOrders): string[][] {
  const served = byOrder.map((maps, order) => ({ maps, label: `Maps of order ${order}, ${pagesOfOrder(order)}` }))
  const others = [
    { maps: larger, label: `Maps of more than ${2 ** (byOrder.length - 1)} pages` },
    { maps: empty, label: 'Maps of 0 pages' },
  ]
  return [...served, ...others].filter(({ maps }) => maps > 0).map(({ label, maps }) => [label, String(maps)])
}

function pagesOfOrder(order: number): string {
  if (order === 0) return '1 page'
  const [from, to] = [2 ** (order - 1) + 1, 2 ** order]
  return from === to ? `${to} pages` : `${from} to ${to} pages`
}
