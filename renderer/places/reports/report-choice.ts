import type { ExperimentSummary, RunSummary } from '../../../shared/journal.ts'

/** The runs of an experiment that a report can speak of. */
export function reportable(experiment: ExperimentSummary | undefined): readonly RunSummary[] {
  return experiment?.runs.filter((run) => run.status !== 'running') ?? []
}

/** What a report is about: an experiment and some of its runs. */
export interface ReportChoice {
  readonly experimentId: number | undefined
  readonly runIds: readonly number[]
}

const isFinished = (run: RunSummary): boolean => run.status === 'finished'

/**
 * What a report is about at first: the experiment that was asked for, or the newest that has finished runs, and of it the
 * runs that were asked for, or all finished ones.
 */
export function initialChoice(experiments: readonly ExperimentSummary[], asked: ReportChoice): ReportChoice {
  const experiment =
    experiments.find(({ id }) => id === asked.experimentId) ??
    experiments.find(({ runs }) => runs.some(isFinished)) ??
    experiments[0]
  const possible = reportable(experiment).map((run) => run.id)
  const kept = asked.runIds.filter((id) => possible.includes(id))
  const finished = reportable(experiment).filter(isFinished)
  return { experimentId: experiment?.id, runIds: kept.length > 0 ? kept : finished.map((run) => run.id) }
}

/**
 * The same choice after the journal changed. Whoever had chosen every finished run gets those that finished since; any
 * other choice, that of no run included, stays.
 */
export function renewedChoice(
  experiments: readonly ExperimentSummary[],
  before: readonly ExperimentSummary[],
  chosen: ReportChoice,
): ReportChoice {
  const known = before.find(({ id }) => id === chosen.experimentId)
  const experiment = experiments.find(({ id }) => id === chosen.experimentId)
  if (known === undefined || experiment === undefined) return initialChoice(experiments, chosen)
  const hadAll = known.runs.filter(isFinished).every(({ id }) => chosen.runIds.includes(id))
  const wanted = reportable(experiment).filter((run) => chosen.runIds.includes(run.id) || (hadAll && isFinished(run)))
  return { experimentId: experiment.id, runIds: wanted.map((run) => run.id) }
}

/** Adds or removes one of `all`, keeping the order of `all`. */
export function toggled<Value>(all: readonly Value[], chosen: readonly Value[], value: Value, on: boolean): Value[] {
  return all.filter((candidate) => (candidate === value ? on : chosen.includes(candidate)))
}
