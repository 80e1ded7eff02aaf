import { PROFILED_FUNCTIONS } from '../../shared/counts.ts'
import { machineAsData } from '../../shared/machine-file.ts'
import { modelAsData } from '../../shared/model-file.ts'
import type { FreeListSummary, Series } from '../../shared/run.ts'
import type { PublishedFigures, Report, ReportRun, Workload } from './model.ts'
import { isVariancePossible } from './published-notes.ts'

const FORMAT = 'vmap-lab-report'
/** Raised when a field changes its meaning or goes; new fields may come at any time. */
const VERSION = 1

/** The report as data, for programs. Numbers are exact; names are those of the command line's `--json`. */
export function writeJson(report: Report): string {
  const document = {
    format: FORMAT,
    version: VERSION,
    title: report.title,
    questions: report.questions,
    tags: report.tags,
    lab_version: report.labVersion,
    written_at: new Date(report.writtenAtMs).toISOString(),
    sections: report.sections,
    verdict: report.verdict,
    publication: report.publication,
    caveats: report.caveats,
    counts_remark: report.countsRemark,
    workloads: report.workloads.map(workloadJson),
    notes: report.notes.map((note) => ({
      experiment: note.experimentTitle,
      text: note.text,
      written_at: new Date(note.writtenAtMs).toISOString(),
    })),
    reproduce: report.reproduction && {
      introduction: report.reproduction.introduction,
      all_at_once: report.reproduction.allAtOnce,
      machine_files: report.reproduction.machineFiles,
      scenario_files: report.reproduction.scenarioFiles,
    },
  }
  return `${numbersOnOneLine(JSON.stringify(document, undefined, 1))}\n`
}

/** A series of 4,096 points is one line, not 4,096. Strings hold no line ends once they are JSON, so none can match. */
function numbersOnOneLine(json: string): string {
  return json.replace(/\[\n[\s\d,.eE+-]*\]/g, (numbers) => numbers.replace(/\s+/g, ''))
}

function workloadJson(workload: Workload): object {
  return {
    heading: workload.heading,
    scenario: workload.scenarioId,
    program: workload.program,
    parameters: workload.parameters,
    machine: { id: workload.machineId, ...machineAsData(workload.machine) },
    source: workload.source,
    source_file: workload.sourceFile,
    outcome: workload.outcome,
    published_outcome: workload.publishedOutcome,
    first_divergence: workload.divergence && {
      operation: workload.divergence.operation,
      map: workload.divergence.map,
      sentences: workload.divergence.sentences,
      free_lists_before: workload.divergence.lists,
    },
    runs: workload.runs.map(runJson),
  }
}

function runJson(run: ReportRun): object {
  return {
    run: run.id,
    experiment: run.experimentId,
    model: run.modelId,
    custom_model: run.custom && modelAsData(run.custom),
    seed: run.seed,
    status: run.status,
    status_sentence: run.statusSentence,
    started_at: new Date(run.startedAtMs).toISOString(),
    lab_version: run.labVersion,
    command: run.command,
    counts: run.counts,
    published: run.published && publishedJson(run.published),
    operations: run.operations,
    live_blocks_max: run.liveBlocksMax,
    blocks_listed: run.blocksListed,
    digest: run.digest,
    elapsed_ms: run.elapsedMs,
    series: run.series?.map(seriesJson),
    free_lists: run.freeLists?.map(freeListJson),
  }
}

function publishedJson({ table, counts, equal, total }: PublishedFigures): object {
  const times = PROFILED_FUNCTIONS.flatMap((name) => {
    const row = table.rows[name]
    if (row.time === undefined) return []
    const { totalUs, averageUs, varianceUs2 } = row.time
    const figures = { time_us: totalUs, avg_us: averageUs, s2_us2: varianceUs2, s2_possible: isVariancePossible(row) }
    return [[name, figures] as const]
  })
  return { heading: table.heading, counts, equal, total, times: Object.fromEntries(times) }
}

function seriesJson({ name, operationsPerPoint, min, max, last }: Series): object {
  return { name, operations_per_point: operationsPerPoint, min, max, last }
}

/** Blocks as [index, free slots, dirty slots]. */
function freeListJson({ cpu, length, head, tail, freeSlotsMax }: FreeListSummary): object {
  return { cpu, length, head, tail, free_slots_max: freeSlotsMax }
}
