import type { Counts, ProfiledCounts } from '../../shared/counts.ts'
import type { Machine } from '../../shared/machine.ts'
import type { CustomModel } from '../../shared/policy.ts'
import type { PublishedTable } from '../../shared/published.ts'
import type { ReportSection } from '../../shared/report.ts'
import type { FreeListSummary, RunStatus, Series } from '../../shared/run.ts'
import type { ParameterValues } from '../../shared/scenario.ts'
import type { Verdict } from '../../shared/verdict.ts'

/**
 * A report before it is written: plain data with every sentence and number in it, so that all formats say the same.
 * People's words are already cleaned; each writer still escapes them for its own format. What belongs to a section that
 * was not chosen is absent.
 */
export interface Report {
  readonly title: string
  /** One for each experiment that has one. */
  readonly questions: readonly string[]
  /** Every kernel model once; a custom one with what it is. */
  readonly models: string
  readonly tags: readonly string[]
  readonly labVersion: string
  readonly writtenAtMs: number
  /** In the order in which they are shown. */
  readonly sections: readonly ReportSection[]
  readonly verdict?: Verdict
  /** One sentence on what is published; absent when no run is held against it. */
  readonly publication?: string
  /** What a reader has to know about the published figures. */
  readonly caveats: readonly string[]
  /** What the tables of counts leave out; absent when there are none. */
  readonly countsRemark?: string
  readonly workloads: readonly Workload[]
  readonly notes: readonly ReportNote[]
  readonly reproduction?: Reproduction
}

/** Runs that were given the same requests: same scenario, parameters, seed and machine. */
export interface Workload {
  /** `Random (iters 10,000, seed 2424)`; unique within the report. */
  readonly heading: string
  readonly scenarioId: string
  /** The title of a program in C; absent for a ready scenario. */
  readonly program?: string
  readonly parameters: ParameterValues
  /** The random stream's seed, or `none used`. */
  readonly seed: string
  readonly machineId: string
  readonly machine: Machine
  /** What `--machine` takes: the preset's id or the name of a machine file. */
  readonly machineName: string
  readonly machineFacts: string
  /** Only in the section `source`. */
  readonly source?: string
  /** The name under which the commands read a program in C. */
  readonly sourceFile?: string
  readonly runs: readonly ReportRun[]
  /** `383 blocks stay listed in v4.0, 2 in v4.1.`; absent when no run has finished. */
  readonly outcome?: string
  /** `All 8 published counts come out exactly.`; absent when no run is held against them. */
  readonly publishedOutcome?: string
  /** One for each different series: runs with identical ones are named together. Only in the section `live-blocks`. */
  readonly liveBlocks: readonly LiveBlocksLine[]
  /** Only in the section `divergence`, of two kernel models or more. */
  readonly divergence?: WorkloadDivergence
}

/** Where kernel models on the same requests first choose differently. */
export interface WorkloadDivergence {
  /** Absent when they never do, or were not followed; a sentence says which. */
  readonly operation?: number
  /** Maps up to there, that one included. */
  readonly map?: number
  readonly sentences: readonly string[]
  /** The free lists before it, as the diagram of the 2015 patch. */
  readonly lists: readonly { readonly heading: string; readonly lines: readonly string[] }[]
}

export interface ReportRun {
  readonly id: number
  readonly experimentId: number
  /** The model's id, with the run's number where a workload has two runs of one model. */
  readonly label: string
  /** The label under the patch's heading, `BEFORE (v4.0)`, or with its mark, `mine, experimental`. */
  readonly title: string
  readonly modelId: string
  /** The definition of a custom model. */
  readonly custom?: CustomModel
  readonly seed: number
  /** The patch's own word for this model. */
  readonly heading?: PublishedTable['heading']
  readonly status: RunStatus
  /** Why there are no counts; absent when the run has finished. */
  readonly statusSentence?: string
  readonly startedAtMs: number
  readonly labVersion: string
  readonly counts?: Counts
  readonly published?: PublishedFigures
  readonly operations?: number
  readonly liveBlocksMax?: number
  readonly blocksListed?: number
  readonly digest?: string
  readonly elapsedMs?: number
  /** Only in the section `live-blocks`. */
  readonly series?: readonly Series[]
  /** Only in the section `free-lists`. */
  readonly freeLists?: readonly FreeListSummary[]
  readonly command: string
}

export interface PublishedFigures {
  readonly table: PublishedTable
  readonly counts: ProfiledCounts
  /** Counts that are equal, of `total`. */
  readonly equal: number
  readonly total: number
}

export interface LiveBlocksLine {
  readonly labels: readonly string[]
  readonly modelIds: readonly string[]
  readonly series: Series
  readonly operations: number
}

export interface ReportNote {
  readonly experimentTitle: string
  readonly text: string
  readonly writtenAtMs: number
}

export interface Reproduction {
  /** What to do before the commands. */
  readonly introduction: string
  /** One command for all runs, when they are the published experiment. */
  readonly allAtOnce?: string
  /** Each file's text, a field a line. */
  readonly machineFiles: readonly { readonly name: string; readonly json: string }[]
  /** Programs in C; none when the section `source` has their texts. */
  readonly scenarioFiles: readonly { readonly name: string; readonly text: string }[]
}
