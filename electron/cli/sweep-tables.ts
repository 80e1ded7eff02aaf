import { cellOf, placesOf, type SweepDefinition } from '../../shared/sweep.ts'
import type { CellAnalysis } from '../../shared/sweep-analysis.ts'
import { figureWords } from '../../shared/sweep-columns.ts'
import type { SweepRecord } from '../../shared/sweep-record.ts'
import { cellSentences, formatMean, formatShare, nameOf } from '../../shared/sweep-words.ts'
import { textTable } from './tables.ts'

/** What tells a cell from the others: "iters=100, i386"; empty when there is one. */
export function cellName(definition: SweepDefinition, cell: number): string {
  const places = placesOf(definition, cell)
  const swept = definition.axes.map(({ name, values }, axis) => `${name}=${values[places[axis] ?? 0] ?? ''}`)
  const machine = definition.machines.length > 1 ? [cellOf(definition, cell).machineId] : []
  return [...swept, ...machine].join(', ')
}

/** The statistics of a sweep as text, cell by cell. */
export function sweepAsText(sweep: SweepRecord, cells: readonly CellAnalysis[]): string {
  const { id, title, runs, runsDone, status, failure } = sweep
  const ended = status === 'finished' ? '' : `${status}${failure === undefined ? '' : `: ${failure}`}\n`
  const head = `Sweep ${id}: ${title}. ${runsDone} of ${runs} runs.\n${ended}`
  return head + cells.map((analysis) => cellAsText(sweep.definition, analysis)).join('')
}

function cellAsText(definition: SweepDefinition, analysis: CellAnalysis): string {
  const name = cellName(definition, analysis.cell)
  const title = name === '' ? '' : `\n${name}\n`
  if (analysis.seeds === 0) return `${title}No seed has been made under every model yet.\n`
  const rows = analysis.rows.map(({ model, figure, summary, published }) => {
    const { min, p5, median, mean, p95, max, sd } = summary
    return [
      ...[`  ${nameOf(definition, model)}`, figureWords(figure).label],
      ...[min, p5, median].map(formatMean),
      mean.toFixed(2),
      ...[p95, max].map(formatMean),
      sd.toFixed(2),
      ...(published === undefined
        ? ['', '', '']
        : [String(published.value), formatShare(published.below, summary.n), String(published.equal)]),
    ]
  })
  const header = [
    '  MODEL',
    'FIGURE',
    'MIN',
    '5 %',
    'MEDIAN',
    'MEAN',
    '95 %',
    'MAX',
    'STD DEV',
    '2015',
    'BELOW',
    'EQUAL',
  ]
  const sentences = cellSentences(definition, analysis).map((sentence) => `${sentence}\n`)
  const numeric = header.map((_, column) => column > 1)
  return `${title}${textTable([header, ...rows], numeric)}\n${sentences.join('')}`
}

/** The same as data. */
export function sweepAsJson(sweep: SweepRecord, cells: readonly CellAnalysis[]): object {
  const { definition } = sweep
  const names = definition.models.map((_, model) => nameOf(definition, model))
  return {
    ...{ sweep: sweep.id, title: sweep.title, status: sweep.status, runs: sweep.runs, runs_done: sweep.runsDone },
    ...(sweep.failure !== undefined && { failure: sweep.failure }),
    ...{ scenario: definition.scenarioId, uses_seed: definition.usesSeed, seeds: definition.seeds, models: names },
    lab_version: sweep.labVersion,
    cells: cells.map((analysis) => ({
      ...cellAsData(definition, analysis.cell),
      seeds: analysis.seeds,
      figures: analysis.rows.map(({ model, ...row }) => ({ model: names[model], ...row })),
      differences: analysis.pairs.map(({ model, comparison, adjustedP, figure }) => ({
        ...{ figure, first: names[0], second: names[model], ...comparison },
        ...(adjustedP !== undefined && { p_holm: adjustedP }),
      })),
      published_seeds: analysis.publishedSeeds.map((match) => ({
        ...match,
        models: match.models.map((model) => names[model]),
      })),
      sentences: cellSentences(definition, analysis),
    })),
  }
}

function cellAsData(definition: SweepDefinition, cell: number): object {
  const { machineId, parameters } = cellOf(definition, cell)
  return { machine: machineId, parameters }
}
