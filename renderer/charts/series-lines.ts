import { formatCount, formatQuantity } from '../../shared/format.ts'
import { modelColor } from '../../shared/model-colors.ts'
import type { Series } from '../../shared/run.ts'
import type { ChartTable } from './chart-table.ts'
import { SERIES_WORDS, type SeriesWords } from './series-words.ts'
import type { TermId } from '../help/glossary.ts'

export interface SeriesRun {
  readonly modelId: string
  readonly label: string
  /** In tables, where there is room for more; the label when absent. */
  readonly title?: string | undefined
  readonly series: Series
  /** Length of the run; without it the line ends at its last sampled point, which may cover operations that do not exist. */
  readonly operations?: number | undefined
}

/** Runs whose series are equal: one line, named together. */
export interface SeriesLine {
  readonly labels: readonly string[]
  readonly titles: readonly string[]
  readonly modelIds: readonly string[]
  readonly series: Series
  readonly operations: number
  readonly dash: 'solid' | 'dashed' | 'dotted'
}

const DASHES = ['solid', 'dashed', 'dotted'] as const
const NAMES_MAX = 3

/**
 * One line for each different series, in the order of the runs. Lines of one colour are told apart by their dashes: a model
 * whose colour repeats another's is dashed, and a line takes the next dashes when an earlier one has its own.
 */
export function seriesLines(runs: readonly SeriesRun[]): SeriesLine[] {
  const groups: SeriesRun[][] = []
  for (const run of runs) {
    const group = groups.find(([first]) => first !== undefined && showTheSame(first, run))
    if (group === undefined) groups.push([run])
    else group.push(run)
  }
  const taken = new Set<string>()
  return groups.flatMap((equal) => {
    const [first] = equal
    if (first === undefined) return []
    const { light: hue, repeated } = modelColor(first.modelId)
    const wanted = repeated ? (['dashed', 'dotted', 'solid'] as const) : DASHES
    const dash = wanted.find((candidate) => !taken.has(hue + candidate)) ?? 'dotted'
    taken.add(hue + dash)
    return [
      {
        labels: equal.map(({ label }) => label),
        titles: equal.map(({ label, title = label }) => title),
        modelIds: equal.map(({ modelId }) => modelId),
        series: first.series,
        operations: lengthOf(first),
        dash,
      },
    ]
  })
}

function showTheSame(one: SeriesRun, other: SeriesRun): boolean {
  return (
    one.series.operationsPerPoint === other.series.operationsPerPoint &&
    lengthOf(one) === lengthOf(other) &&
    (['last', 'max', 'min'] as const).every((kind) => sameNumbers(one.series[kind], other.series[kind]))
  )
}

function sameNumbers(one: readonly number[], other: readonly number[]): boolean {
  return one === other || (one.length === other.length && one.every((value, i) => value === other[i]))
}

function lengthOf({ series, operations }: SeriesRun): number {
  return operations ?? series.last.length * series.operationsPerPoint
}

/** `v4.0`, `v4.0+1, v4.0+1+2 and v4.1`, `v4.0 and 6 more`. */
export function lineName({ labels }: Pick<SeriesLine, 'labels'>): string {
  const names = [...new Set(labels)]
  const [first = ''] = names
  if (names.length === 1) return labels.length === 1 ? first : `${first} (${formatQuantity(labels.length, 'run')})`
  if (names.length > NAMES_MAX) return `${first} and ${formatCount(names.length - 1)} more`
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`
}

/** The highest value there ever was. */
export function highest({ max }: Pick<Series, 'max'>): number {
  return max.reduce((most, value) => Math.max(most, value), 0)
}

/** Operations of the longest run. */
export function longestRun(runs: readonly SeriesRun[]): number {
  return runs.reduce((most, run) => Math.max(most, lengthOf(run)), 0)
}

/** The value at the end, and the highest there ever was where that differs. */
export function outcome(line: SeriesLine): string {
  const end = line.series.last.at(-1) ?? 0
  const most = highest(line.series)
  return most === end ? formatCount(end) : `${formatCount(end)}, never above ${formatCount(most)}`
}

/** The words of what is drawn: all runs of a chart show the same series. */
export function wordsOf([first]: readonly SeriesRun[]): SeriesWords {
  return SERIES_WORDS[first?.series.name ?? 'live_blocks']
}

/** What the chart is explained as. */
export function termOf([first]: readonly SeriesRun[]): TermId {
  return `series-${first?.series.name ?? 'live_blocks'}`
}

/** What is counted, and that it is sampled where it is. */
export function seriesSubtitle(runs: readonly SeriesRun[]): string {
  const perPoint = runs.reduce((most, { series }) => Math.max(most, series.operationsPerPoint), 1)
  const { counted } = wordsOf(runs)
  return perPoint === 1 ? counted : `${counted}; sampled each ${formatCount(perPoint)} operations`
}

export function seriesSentence(runs: readonly SeriesRun[]): string {
  const each = seriesLines(runs).map(
    (line) => `${lineName(line)}: ${outcome(line)} after ${formatQuantity(line.operations, 'operation')}`,
  )
  return `Line chart of ${wordsOf(runs).title.toLowerCase()} over operations. ${each.join('. ')}.`
}

/** At most this many rows in the table view and its CSV: a sampled line is read at equal distances. */
const TABLE_ROWS_MAX = 200

/** The values of every line at round numbers of operations; a run that has ended leaves its field empty. */
export function seriesTable(runs: readonly SeriesRun[]): ChartTable {
  const lines = seriesLines(runs)
  const operations = longestRun(runs)
  const perPoint = lines.reduce((most, { series }) => Math.max(most, series.operationsPerPoint), 1)
  const step = Math.ceil(operations / TABLE_ROWS_MAX / perPoint) * perPoint || 1
  const moments = Array.from({ length: Math.ceil(operations / step) }, (_, row) =>
    Math.min((row + 1) * step, operations),
  )
  return {
    columns: ['Operations', ...lines.map(({ titles }) => titles.join('; '))],
    rows: moments.map((moment) => [moment, ...lines.map((line) => valueAfter(line, moment))]),
  }
}

/** The value after so many operations, as exact as the series; `undefined` after the end of the run. */
export function valueAfter(line: SeriesLine, operations: number): number | undefined {
  if (operations > line.operations) return undefined
  return line.series.last[Math.ceil(operations / line.series.operationsPerPoint) - 1]
}
