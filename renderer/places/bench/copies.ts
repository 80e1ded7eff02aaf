import { formatQuantity } from '../../../shared/format.ts'
import type { RunRecord } from '../../../shared/journal.ts'
import { freeListText } from '../../../shared/free-list-text.ts'
import { distinctModels, experimentalNote, modelTitle, type ModelChoice } from '../../../shared/model-choice.ts'
import { hasPublished, PUBLISHED_HEADINGS, resultRows, type Workload } from './results.ts'

/** What a panel of the Bench asks to be put on the clipboard. */
export interface TextCopy {
  /** As the confirmation names it. */
  readonly what: string
  readonly text: string
}

/**
 * The result table for a spreadsheet: tabs between the cells, numbers without separators, an absent figure is an empty cell
 * and never 0; a function that the published table leaves out says so. Against a baseline each other model has a second column,
 * its count less that of the baseline.
 */
export function resultsAsTsv(
  workloads: readonly Workload[],
  models: readonly ModelChoice[],
  titleOf: (workload: Workload) => string,
  baseline?: string,
): string {
  const modelIds = models.map(({ modelId }) => modelId)
  const from = baseline === undefined ? -1 : modelIds.indexOf(baseline)
  /** A column a model, and one of differences behind each that is compared. */
  const columns = <Cell>(cellOf: (column: number) => Cell, differenceOf: (column: number) => Cell): Cell[] =>
    models.flatMap((_, column) =>
      from === -1 || column === from ? [cellOf(column)] : [cellOf(column), differenceOf(column)],
    )
  const groups = workloads.map((workload) => ({ workload, rows: resultRows(workload, modelIds) }))
  const published = groups.some(({ rows }) => hasPublished(rows))
  const titles = columns(
    (column) => modelTitle(models[column] ?? { modelId: '' }),
    (column) => `${modelIds[column] ?? ''} - ${baseline ?? ''}`,
  )
  const headings = published ? PUBLISHED_HEADINGS.map((heading) => `2015 ${heading}`) : []
  const lines = groups.flatMap(({ workload, rows }) =>
    rows.map((row) => {
      const hits = published ? row.published.map((hit) => (hit === 0 ? 'no row' : hit)) : []
      const { counts } = row
      const difference = (column: number): number | undefined => {
        const [count, base] = [counts[column], counts[from]]
        return count === undefined || base === undefined ? undefined : count - base
      }
      return [titleOf(workload), row.name, ...columns((column) => counts[column], difference), ...hits]
    }),
  )
  return [['Workload', 'Function', ...titles, ...headings], ...lines]
    .map((cells) => `${cells.map((cell) => cell ?? '').join('\t')}\n`)
    .join('')
}

/** Every free list of these runs in the notation of the 2015 patch, at most 74 columns wide. */
export function freeListsAsText(runs: readonly RunRecord[], title: string): string {
  const lists = runs.flatMap(({ spec, result }) => {
    if (result === undefined) return []
    if (result.freeLists.length === 0) return [`${spec.modelId}: no block is listed`]
    return result.freeLists.flatMap((list) => [
      `${spec.modelId}, CPU ${list.cpu}: ${formatQuantity(list.length, 'block')}`,
      `  ${freeListText(list, spec.machine.bbmapBits)}`,
    ])
  })
  const notes = distinctModels(runs.map(({ spec }) => spec)).flatMap((spec) => {
    const note = experimentalNote(spec)
    return note === undefined ? [] : [`${spec.modelId} is ${note}`]
  })
  return [`Free lists at the end, ${title}`, ...notes, ...lists, ''].join('\n')
}
