import { formatQuantity } from '../../../shared/format.ts'
import type { JournalWorkKind, MergeCounts } from '../../../shared/journal.ts'

const WORK: Readonly<Record<JournalWorkKind, string>> = {
  check: 'The journal is checked',
  backUp: 'The journal is backed up',
  countMerge: 'The journals are compared',
  merge: 'The journals are merged',
  change: 'Experiments are changed',
  restore: 'The change is taken back',
  empty: 'The trash is emptied',
}

export function workWords(kind: JournalWorkKind): string {
  return WORK[kind]
}

/** What a merge did: "3 experiments with 12 runs added." */
export function mergedWords({ experiments, runs, left }: MergeCounts): string {
  const added = `${formatQuantity(experiments, 'experiment')} with ${formatQuantity(runs, 'run')} added.`
  return left === 0 ? added : `${added} It was cancelled: ${formatQuantity(left, 'experiment')} can be merged later.`
}

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
