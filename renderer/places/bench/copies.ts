import { formatQuantity } from '../../../shared/format.ts'
import type { RunRecord } from '../../../shared/journal.ts'
import { freeListText } from '../../blocks/text-form.ts'
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
 * and never 0; a function that the published table leaves out says so.
 */
export function resultsAsTsv(
  workloads: readonly Workload[],
  models: readonly ModelChoice[],
  titleOf: (workload: Workload) => string,
): string {
  const modelIds = models.map(({ modelId }) => modelId)
  const groups = workloads.map((workload) => ({ workload, rows: resultRows(workload, modelIds) }))
  const published = groups.some(({ rows }) => hasPublished(rows))
  const headings = published ? PUBLISHED_HEADINGS.map((heading) => `2015 ${heading}`) : []
  const lines = groups.flatMap(({ workload, rows }) =>
    rows.map((row) => {
      const hits = published ? row.published.map((hit) => (hit === 0 ? 'no row' : hit)) : []
      return [titleOf(workload), row.name, ...row.counts, ...hits]
    }),
  )
  return [['Workload', 'Function', ...models.map(modelTitle), ...headings], ...lines]
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
