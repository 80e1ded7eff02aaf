import { PROFILED_FUNCTIONS } from './counts.ts'
import { formatCount, formatQuantity } from './format.ts'
import type { RunSummary } from './journal.ts'
import { publishedCounts, publishedTableFor, type PublishedTable } from './published.ts'
import { DEFAULT_SEED } from './scenario.ts'

/** What a run is judged by. */
export type JudgedRun = Pick<RunSummary, 'spec' | 'status' | 'counts' | 'blocksListed'>

/** The answer in words that opens a result: who, what, how many. */
export interface Verdict {
  readonly headline: string
  readonly detail: string
  /** `match` and `differ` speak of the published figures; `open` when there are none or runs are missing. */
  readonly tone: 'match' | 'differ' | 'open'
}

export interface Comparison {
  readonly table: PublishedTable
  /** Counts that are equal, of `total`. */
  readonly equal: number
  readonly total: number
}

/** Holds a finished run against the published table of its workload; `undefined` when there is none. */
export function compareWithPublished(run: JudgedRun): Comparison | undefined {
  const { spec, counts } = run
  if (!counts) return undefined
  const table = publishedTableFor({ ...spec, wordBits: spec.machine.wordBits, bbmapBits: spec.machine.bbmapBits })
  if (!table) return undefined
  const published = publishedCounts(table)
  const equal = PROFILED_FUNCTIONS.filter((name) => published[name] === counts[name]).length
  return { table, equal, total: PROFILED_FUNCTIONS.length }
}

/** A random stream of another seed than the one known to give the published counts: a difference says nothing. */
function hasOtherSeed({ spec }: JudgedRun): boolean {
  return spec.scenarioId === 'random' && spec.seed !== DEFAULT_SEED
}

function list(parts: readonly string[]): string {
  if (parts.length <= 1) return parts.join('')
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)]
}

/** `v4.0 leaves 1,000, 383 and 8 blocks listed; v4.1 leaves 1, 2 and 0.` */
function leftListed(runs: readonly JudgedRun[]): string {
  const models = unique(runs.map((run) => run.spec.modelId))
  const clauses = models.map((modelId, position) => {
    const left = runs.filter((run) => run.spec.modelId === modelId).map((run) => formatCount(run.blocksListed ?? 0))
    const noun = position === 0 ? (left.length === 1 && left[0] === '1' ? ' block listed' : ' blocks listed') : ''
    return `${modelId} leaves ${list(left)}${noun}`
  })
  return `${clauses.join('; ')}.`
}

function unfinished(runs: readonly JudgedRun[]): string {
  const states = unique(runs.filter((run) => run.status !== 'finished').map((run) => run.status))
  return list(states.map((state) => `${formatCount(runs.filter((run) => run.status === state).length)} ${state}`))
}

/** One sentence for the result of an experiment, and one for the evidence behind it. */
export function verdictOf(runs: readonly JudgedRun[]): Verdict {
  const finished = runs.filter((run) => run.status === 'finished')
  if (finished.length === 0) {
    const detail = runs.length === 0 ? '' : `${formatQuantity(runs.length, 'run')}: ${unfinished(runs)}.`
    return { headline: 'No finished run yet.', detail, tone: 'open' }
  }
  const missing = finished.length < runs.length ? ` Not finished: ${unfinished(runs)}.` : ''
  const comparable = finished.filter((run) => !hasOtherSeed(run))
  const comparisons = comparable.map(compareWithPublished).filter((comparison) => comparison !== undefined)
  const total = comparisons.reduce((sum, comparison) => sum + comparison.total, 0)
  const equal = comparisons.reduce((sum, comparison) => sum + comparison.equal, 0)
  const left = leftListed(finished)
  if (total === 0 && comparable.length < finished.length) {
    const detail = `The published figures of random are of an unknown seed; another one need not give them.${missing}`
    return { headline: left, detail, tone: 'open' }
  }
  if (total === 0) {
    return { headline: left, detail: `There are no published figures for these runs.${missing}`, tone: 'open' }
  }
  if (equal === total) {
    return {
      headline: `All ${formatCount(total)} published counts come out exactly.`,
      detail: `${left}${missing}`,
      tone: 'match',
    }
  }
  return {
    headline: `${formatCount(total - equal)} of ${formatCount(total)} published counts differ.`,
    detail: `${left}${missing}`,
    tone: 'differ',
  }
}
