import type { ExperimentRecord, RunRecord } from '../../shared/journal.ts'
import { PATCH_2015 } from '../../shared/published.ts'
import { REPORT_SECTIONS, type ReportSection } from '../../shared/report.ts'
import { blocksListed, type RunResult, type RunSpec } from '../../shared/run.ts'
import { findScenario } from '../scenario/presets.ts'
import type { ReportInput } from './build.ts'

export const WRITTEN_AT_MS = Date.UTC(2026, 10, 23, 14, 5)

/** A run as the journal holds it; finished when there is a result. */
export function recordOf(id: number, spec: RunSpec, result?: RunResult, changes: Partial<RunRecord> = {}): RunRecord {
  return {
    id,
    experimentId: 1,
    spec,
    status: result ? 'finished' : 'cancelled',
    startedAtMs: WRITTEN_AT_MS,
    labVersion: '1.2.3',
    source: findScenario(spec.scenarioId)?.info.source ?? '',
    ...(result && {
      result,
      counts: result.counts,
      blocksListed: blocksListed(result),
      digest: result.digest,
      elapsedMs: result.elapsedMs,
    }),
    ...changes,
  }
}

export function experimentOf(runs: readonly RunRecord[], changes: Partial<ExperimentRecord> = {}): ExperimentRecord {
  return {
    id: 1,
    title: PATCH_2015.title,
    question: PATCH_2015.question,
    createdAtMs: WRITTEN_AT_MS,
    starred: false,
    tags: [],
    runs,
    note: [],
    records: runs,
    ...changes,
  }
}

export function inputOf(
  runs: readonly RunRecord[],
  changes: Partial<ExperimentRecord> & {
    readonly sections?: readonly ReportSection[]
    readonly requestTitle?: string
  } = {},
): ReportInput {
  const { sections = REPORT_SECTIONS, requestTitle, ...experiment } = changes
  return {
    request: {
      runIds: runs.map(({ id }) => id),
      sections,
      ...(requestTitle !== undefined && { title: requestTitle }),
    },
    experiments: [experimentOf(runs, experiment)],
    runs,
    labVersion: '1.2.3',
    writtenAtMs: WRITTEN_AT_MS,
  }
}
