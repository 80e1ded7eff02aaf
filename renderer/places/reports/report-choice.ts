import type { ExperimentSummary, RunSummary } from '../../../shared/journal.ts'

/** The runs of an experiment that a report can speak of. */
export function reportable(experiment: ExperimentSummary | undefined): readonly RunSummary[] {
  return experiment?.runs.filter((run) => run.status !== 'running') ?? []
}

/** What a report is about at first: the experiment that was asked for, or the newest, with all its finished runs. */
export function initialChoice(
  experiments: readonly ExperimentSummary[],
  asked: { readonly experimentId: number | undefined; readonly runIds: readonly number[] },
): { readonly experimentId: number | undefined; readonly runIds: readonly number[] } {
  const experiment = experiments.find(({ id }) => id === asked.experimentId) ?? experiments[0]
  const possible = reportable(experiment).map((run) => run.id)
  const kept = asked.runIds.filter((id) => possible.includes(id))
  const finished = reportable(experiment).filter((run) => run.status === 'finished')
  return { experimentId: experiment?.id, runIds: kept.length > 0 ? kept : finished.map((run) => run.id) }
}

/** Adds or removes one of `all`, keeping the order of `all`. */
export function toggled<Value>(all: readonly Value[], chosen: readonly Value[], value: Value, on: boolean): Value[] {
  return all.filter((candidate) => (candidate === value ? on : chosen.includes(candidate)))
}
