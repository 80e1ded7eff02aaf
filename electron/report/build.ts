import type { ExperimentRecord, RunRecord } from '../../shared/journal.ts'
import { distinctModels, modelTitle } from '../../shared/model-choice.ts'
import { REPORT_SECTIONS, type ReportRequest } from '../../shared/report.ts'
import { verdictOf, type Verdict } from '../../shared/verdict.ts'
import { cleanLine, cleanText } from './clean-text.ts'
import type { Report, ReportNote, WorkloadDivergence } from './model.ts'
import { publicationSentence, publishedCaveats } from './published-notes.ts'
import { MachineFiles, reproductionOf } from './reproduction.ts'
import { ScenarioFiles } from './scenario-files.ts'
import { workloadsOf } from './workloads.ts'

const COUNTS_REMARK = 'Other counters of the allocator are 0 and left out.'

export interface ReportInput {
  readonly request: ReportRequest
  /** Those that the runs belong to. */
  readonly experiments: readonly ExperimentRecord[]
  /** In the order of the request. */
  readonly runs: readonly RunRecord[]
  readonly labVersion: string
  readonly writtenAtMs: number
  /** By the first run of each workload. */
  readonly divergences?: ReadonlyMap<number, WorkloadDivergence>
}

/** Everything a report says, whatever its format. */
export function buildReport({
  request,
  experiments,
  runs,
  labVersion,
  writtenAtMs,
  divergences = new Map(),
}: ReportInput): Report {
  const chosen = new Set(request.sections)
  const sections = REPORT_SECTIONS.filter((section) => chosen.has(section))
  const files = { machines: new MachineFiles(runs), scenarios: new ScenarioFiles(runs) }
  const workloads = workloadsOf(runs, { sections: chosen, files, divergences })
  const caveats = publishedCaveats(workloads)
  const hasCounts = workloads.some((workload) => workload.runs.some((run) => run.counts))
  return {
    title: titleOf(request, experiments),
    questions: unique(experiments.map(({ question }) => cleanLine(question))),
    models: modelsOf(runs),
    tags: unique(experiments.flatMap(({ tags }) => tags.map(cleanLine))),
    labVersion: cleanLine(labVersion),
    writtenAtMs,
    sections,
    ...(chosen.has('verdict') && { verdict: cleanVerdict(verdictOf(runs)) }),
    ...(caveats.length > 0 && { publication: publicationSentence() }),
    caveats,
    ...(hasCounts && { countsRemark: COUNTS_REMARK }),
    workloads,
    notes: chosen.has('note') ? experiments.flatMap(noteOf) : [],
    ...(chosen.has('reproduce') && { reproduction: reproductionOf(runs, files, !chosen.has('source')) }),
  }
}

/** It names kernel models, which a journal of another version may hold under any name. */
function cleanVerdict({ headline, detail, lines, tone }: Verdict): Verdict {
  return { headline: cleanLine(headline), detail: cleanLine(detail), lines: lines.map(cleanLine), tone }
}

function modelsOf(runs: readonly RunRecord[]): string {
  const models = distinctModels(runs.map(({ spec }) => spec))
  // What a model is has commas in it
  const separator = models.some(({ custom }) => custom !== undefined) ? '; ' : ', '
  return cleanLine(models.map(modelTitle).join(separator))
}

function titleOf(request: ReportRequest, experiments: readonly ExperimentRecord[]): string {
  const own = cleanLine(request.title ?? '')
  if (own !== '') return own
  const titles = unique(experiments.map(({ title }) => cleanLine(title)))
  return titles.length === 0 ? 'Vmap Lab report' : titles.join('; ')
}

/** The newest version; an emptied note is no note. */
function noteOf({ title, note: [newest] }: ExperimentRecord): ReportNote[] {
  const text = cleanText(newest?.text ?? '').trim()
  if (newest === undefined || text === '') return []
  return [{ experimentTitle: cleanLine(title), text, writtenAtMs: newest.writtenAtMs }]
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts.filter((text) => text !== ''))]
}
