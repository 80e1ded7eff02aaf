import { formatCount } from '../../shared/format.ts'
import type { Histogram } from '../../shared/histogram.ts'

/** Numbers of blocks walked that are counted together. */
export interface WalkBin {
  readonly first: number
  readonly last: number
  readonly label: string
}

/** 0, 1, 2, then 3 to 4, 5 to 8 and so on, as far as any of the histograms reaches: the widths of orders. */
export function walkBins(histograms: readonly Histogram[]): readonly WalkBin[] {
  const largest = histograms.reduce(
    (most, { ranges, remainder }) => Math.max(most, remainder?.lastValue ?? ranges.at(-1)?.[1] ?? 0),
    0,
  )
  const bins = [binOf(0, 0), binOf(1, 1)]
  for (let last = 2; last / 2 < largest; last *= 2) bins.push(binOf(last / 2 + 1, last))
  const lowest = Math.min(...histograms.map(({ ranges }) => ranges[0]?.[0] ?? 0))
  return bins.filter(({ last }) => last >= lowest)
}

function binOf(first: number, last: number): WalkBin {
  return { first, last, label: first === last ? formatCount(first) : `${formatCount(first)}–${formatCount(last)}` }
}

/** How many maps walked a number of blocks in the bin. What a histogram takes together counts where it begins. */
export function mapsIn({ first, last }: WalkBin, { ranges, remainder }: Histogram): number {
  const exact = ranges.reduce((sum, [from, to, each]) => {
    return sum + Math.max(0, Math.min(to, last) - Math.max(from, first) + 1) * each
  }, 0)
  const together = remainder !== undefined && remainder.firstValue >= first && remainder.firstValue <= last
  return exact + (together ? remainder.count : 0)
}
