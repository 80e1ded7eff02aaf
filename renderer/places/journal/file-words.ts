import { formatQuantity } from '../../../shared/format.ts'
import {
  EXPERIMENT_RUNS_MAX,
  LIBRARY_ITEMS_MAX,
  type JournalWorkKind,
  type MergeCounts,
} from '../../../shared/journal.ts'
import { SAVED_SCENARIOS_MAX } from '../../../shared/saved-scenario.ts'

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

/** What a merge did: "3 experiments with 12 runs, 1 sweep added." */
export function mergedWords(counts: MergeCounts): string {
  const { left } = counts
  const added = [...newWords(counts), ...furtherWords(counts)]
  const words = `${added.length === 0 ? 'Nothing' : added.join(', ')} added.`
  const rest = formatQuantity(left, 'experiment or sweep', 'experiments and sweeps')
  return left === 0 ? words : `${words} It was cancelled: ${rest} can be merged later.`
}

/** What a merge would do, a line for each thing. */
export function mergeWords(counts: MergeCounts): readonly string[] {
  const { known, underWay, trashed, noRoom } = counts
  const added = newWords(counts)
  const further = furtherWords(counts)
  return [
    ...(added.length > 0 ? [`${added.join(', ')} would be added.`] : []),
    ...further.map((words) => `${words} would be added.`),
    ...(hasNothing(counts) ? ['It has nothing that is not here.'] : []),
    ...(known > 0 ? [`${formatQuantity(known, 'experiment')} of it ${known === 1 ? 'is' : 'are'} here already.`] : []),
    ...(underWay > 0
      ? [
          `${formatQuantity(underWay, 'experiment or sweep', 'experiments and sweeps')} under way there would be left out. Merge again when ended.`,
        ]
      : []),
    ...(trashed > 0 ? [`${formatQuantity(trashed, 'experiment')} in its trash would be left out.`] : []),
    ...(noRoom > 0 ? [`${formatQuantity(noRoom, 'thing')} would be left out: ${LIMITS}.`] : []),
  ]
}

/** Whether a merge would change nothing. */
export function hasNothing(counts: MergeCounts): boolean {
  return newWords(counts).length + furtherWords(counts).length === 0
}

const LIMITS = `a journal holds ${LIBRARY_ITEMS_MAX} models, ${LIBRARY_ITEMS_MAX} machines and ${SAVED_SCENARIOS_MAX} scenarios, an experiment ${EXPERIMENT_RUNS_MAX} runs`

function newWords({ experiments, runs, sweeps, saved }: MergeCounts): readonly string[] {
  return [
    ...(experiments > 0 ? [`${formatQuantity(experiments, 'experiment')} with ${formatQuantity(runs, 'run')}`] : []),
    ...(sweeps > 0 ? [formatQuantity(sweeps, 'sweep')] : []),
    ...(saved > 0
      ? [formatQuantity(saved, 'saved model, machine or scenario', 'saved models, machines and scenarios')]
      : []),
  ]
}

function furtherWords({ furtherRuns }: MergeCounts): readonly string[] {
  return furtherRuns === 0 ? [] : [`${formatQuantity(furtherRuns, 'run')} of experiments that are here already`]
}
