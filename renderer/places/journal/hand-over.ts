import { formatCount } from '../../../shared/format.ts'
import { READ_EXPERIMENTS_MAX, type ExperimentSummary, type RunSummary } from '../../../shared/journal.ts'
import { REPLAYS_MAX } from '../../../shared/replay.ts'
import { scenarioName } from '../../../shared/run.ts'
import { lab } from '../../lab.ts'
import { useAppStore } from '../../stores/app.ts'
import { useBenchStore } from '../../stores/bench.ts'
import { useCompareStore } from '../../stores/compare.ts'
import { useJournalStore } from '../../stores/journal.ts'
import { useReplayStore } from '../../stores/replay.ts'
import { useReportsStore } from '../../stores/reports.ts'
import { useToastsStore } from '../../stores/toasts.ts'

/** Takes runs of the journal to the places that do something with them. */
export function useHandOver() {
  const app = useAppStore()
  const bench = useBenchStore()
  const journal = useJournalStore()
  const compared = useCompareStore()
  const replays = useReplayStore()
  const reports = useReportsStore()
  const toasts = useToastsStore()

  /** The selected run, or all of them. */
  const chosenOf = (runs: readonly RunSummary[]): readonly RunSummary[] => {
    const selected = runs.filter((run) => run.id === journal.runId)
    return selected.length > 0 ? selected : runs
  }

  async function openOnBench(experimentId: number): Promise<void> {
    if (await bench.open(experimentId)) app.place = 'bench'
  }

  function report({ id, runs }: ExperimentSummary): void {
    reports.about(
      id,
      chosenOf(finishedOf(runs)).map((run) => run.id),
    )
    app.place = 'reports'
  }

  /** Adds the runs of experiments to the comparison. */
  async function compare(experimentIds: readonly number[]): Promise<void> {
    if (experimentIds.length > READ_EXPERIMENTS_MAX) {
      const count = formatCount(experimentIds.length)
      toasts.show(`${count} experiments are too many; up to ${READ_EXPERIMENTS_MAX} are added at a time.`)
      return
    }
    const experiments = await lab().readExperiments(journal.search, experimentIds)
    const runs = chosenOf(experiments.flatMap((experiment) => finishedOf(experiment.runs)))
    const problem = await compared.add(runs.map(({ id }) => id))
    if (problem === undefined) app.place = 'compare'
    else toasts.show(problem)
  }

  /** Replays the runs that were asked the same as the selected one, or as the first: one a model. */
  async function replay({ runs }: ExperimentSummary): Promise<void> {
    const finished = finishedOf(runs)
    const [first] = chosenOf(finished)
    if (first === undefined) {
      toasts.show('No run of this experiment has a result to be replayed.')
      return
    }
    const alike = finished.filter((run) => askedOf(run) === askedOf(first))
    app.place = 'replay'
    await replays.open(alike.slice(0, REPLAYS_MAX).map(({ id }) => id))
  }

  return { openOnBench, report, compare, replay }
}

function finishedOf(runs: readonly RunSummary[]): readonly RunSummary[] {
  return runs.filter(({ status }) => status === 'finished')
}

/** Equal for runs that differ in their kernel model only. */
function askedOf({ spec }: RunSummary): string {
  const { parameters, seed, machineId, machine } = spec
  return JSON.stringify([scenarioName(spec), Object.entries(parameters).sort(), seed, machineId, machine])
}
