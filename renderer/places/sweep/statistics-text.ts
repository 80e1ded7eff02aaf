import type { SweepDefinition } from '../../../shared/sweep.ts'
import type { CellAnalysis } from '../../../shared/sweep-analysis.ts'
import { cellSentences, nameOf } from '../../../shared/sweep-words.ts'

/** The statistics of a cell for a spreadsheet: tabs between the cells, numbers unformatted; then what they say, a sentence a line. */
export function statisticsAsText(definition: SweepDefinition, analysis: CellAnalysis): string {
  const headings = ['figure', 'model', 'n', 'min', 'p5', 'q1', 'median', 'mean', 'q3', 'p95', 'max', 'sd']
  const further = [
    'mean difference',
    'low',
    'high',
    'effect',
    'p (Holm)',
    'published 2015',
    'seeds below',
    'seeds equal',
  ]
  const rows = analysis.rows.map(({ figure, model, summary, published }) => {
    const { n, min, p5, q1, median, mean, q3, p95, max, sd } = summary
    const pair = analysis.pairs.find((candidate) => candidate.figure === figure && candidate.model === model)
    return [
      ...[figure, nameOf(definition, model), n, min, p5, q1, median, mean, q3, p95, max, sd],
      ...differenceCells(pair),
      ...[published?.value, published?.below, published?.equal],
    ]
  })
  const table = [[...headings, ...further], ...rows].map((row) => row.map((cell) => cell ?? '').join('\t'))
  return [...table, '', ...cellSentences(definition, analysis), ''].join('\n')
}

/** From the first model: what this one has more. */
function differenceCells(pair: CellAnalysis['pairs'][number] | undefined): readonly (number | undefined)[] {
  if (pair === undefined) return [undefined, undefined, undefined, undefined, undefined]
  const { comparison, adjustedP } = pair
  if (comparison.kind === 'constant') {
    const difference = 0 - comparison.difference
    return [difference, difference, difference, undefined, undefined]
  }
  const { meanDifference, interval, test } = comparison
  return [-meanDifference, -interval.high, -interval.low, -test.effect, adjustedP]
}
