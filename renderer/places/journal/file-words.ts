import { formatQuantity } from '../../../shared/format.ts'
import type { MergeCounts } from '../../../shared/journal.ts'

/** What a merge would do, a line for each thing. */
export function mergeWords({ experiments, runs, known, underWay, trashed }: MergeCounts): readonly string[] {
  const count = (number: number): string => formatQuantity(number, 'experiment')
  return [
    experiments === 0
      ? 'It has nothing that is not here.'
      : `${count(experiments)} with ${formatQuantity(runs, 'run')} would be added.`,
    ...(known > 0 ? [`${count(known)} of it ${known === 1 ? 'is' : 'are'} here already.`] : []),
    ...(underWay > 0 ? [`${count(underWay)} under way there would be left out. Merge again when ended.`] : []),
    ...(trashed > 0 ? [`${count(trashed)} in its trash would be left out.`] : []),
  ]
}
