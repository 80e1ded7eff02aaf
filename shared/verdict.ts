import { PROFILED_FUNCTIONS } from './counts.ts'
import { formatCount, formatQuantity } from './format.ts'
import type { RunSummary } from './journal.ts'
import { distinctModels, experimentalNote, modelKey } from './model-choice.ts'
import { publishedCounts, publishedTableFor, type PublishedTable } from './published.ts'
import { DEFAULT_SEED } from './scenario.ts'

/** What a run is judged by. */
export type JudgedRun = Pick<RunSummary, 'spec' | 'status' | 'counts' | 'blocksListed'>

/** The answer in words that opens a result: who, what, how many. */
export interface Verdict {
  readonly headline: string
  readonly detail: string
  /** What would be too long for a sentence, a line each: models with equal results together. Mostly empty. */
  readonly lines: readonly string[]
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

/** Models that leave the same numbers of blocks listed, run by run. */
interface EqualModels {
  readonly names: readonly string[]
  readonly left: readonly number[]
}

/** What these runs leave listed, models with equal results together, in the order of the runs. */
function leftListed(runs: readonly JudgedRun[]): EqualModels[] {
  const groups = new Map<string, EqualModels>()
  for (const model of distinctModels(runs.map(({ spec }) => spec))) {
    const ofModel = runs.filter(({ spec }) => modelKey(spec) === modelKey(model))
    const left = ofModel.map((run) => run.blocksListed ?? 0)
    const { names = [] } = groups.get(left.join()) ?? {}
    groups.set(left.join(), { names: [...names, model.modelId], left })
  }
  return [...groups.values()]
}

/** More names or different results than these make a list that is read line by line. */
const SENTENCE_NAMES_MAX = 6
const SENTENCE_GROUPS_MAX = 3

function fitsSentence(groups: readonly EqualModels[]): boolean {
  const names = groups.reduce((sum, group) => sum + group.names.length, 0)
  return groups.length <= SENTENCE_GROUPS_MAX && names <= SENTENCE_NAMES_MAX
}

function amounts({ left }: EqualModels): string {
  return list(left.map(formatCount))
}

function withNoun({ left }: EqualModels): string {
  return left.length === 1 && left[0] === 1 ? ' block listed' : ' blocks listed'
}

/** `v4.0 leaves 1,000, 383 and 8 blocks listed; v4.0+1 and v4.1 leave 1, 2 and 0.` */
function leftSentence(groups: readonly EqualModels[]): string {
  const clauses = groups.map((group, position) => {
    const verb = group.names.length === 1 ? 'leaves' : 'leave'
    return `${list(group.names)} ${verb} ${amounts(group)}${position === 0 ? withNoun(group) : ''}`
  })
  return `${clauses.join('; ')}.`
}

/** `14 kernel models leave 0 to 1,000 blocks listed.` */
function leftSummary(groups: readonly EqualModels[]): string {
  const models = groups.reduce((sum, { names }) => sum + names.length, 0)
  const left = groups.flatMap((group) => group.left)
  const least = Math.min(...left)
  const most = Math.max(...left)
  const range =
    least === most ? formatQuantity(most, 'block') : `${formatCount(least)} to ${formatQuantity(most, 'block')}`
  return `${formatQuantity(models, 'kernel model')} leave ${range} listed.`
}

interface Left {
  readonly sentence: string
  /** Which models are experimental; begins with a space when there is one. */
  readonly notes: string
  readonly lines: readonly string[]
}

/** What is left listed, in a sentence or, when that would get long, in lines below a short one. */
function leftInWords(runs: readonly JudgedRun[]): Left {
  const groups = leftListed(runs)
  const experimental = distinctModels(runs.map(({ spec }) => spec)).flatMap((choice) => {
    const note = experimentalNote(choice)
    return note === undefined ? [] : [{ name: choice.modelId, note }]
  })
  if (fitsSentence(groups)) {
    const notes = experimental.map(({ name, note }) => ` ${name} is ${note}.`)
    return { sentence: leftSentence(groups), notes: notes.join(''), lines: [] }
  }
  return {
    sentence: leftSummary(groups),
    notes: '',
    lines: [
      ...groups.map((group) => `${list(group.names)}: ${amounts(group)}`),
      ...experimental.map(({ name, note }) => `${name}: ${note}`),
    ],
  }
}

function unfinished(runs: readonly JudgedRun[]): string {
  const states = unique(runs.filter((run) => run.status !== 'finished').map((run) => run.status))
  return list(states.map((state) => `${formatCount(runs.filter((run) => run.status === state).length)} ${state}`))
}

/** One sentence for the result of an experiment, and the evidence behind it. */
export function verdictOf(runs: readonly JudgedRun[]): Verdict {
  const finished = runs.filter((run) => run.status === 'finished')
  if (finished.length === 0) {
    const detail = runs.length === 0 ? '' : `${formatQuantity(runs.length, 'run')}: ${unfinished(runs)}.`
    return { headline: 'No finished run yet.', detail, lines: [], tone: 'open' }
  }
  const missing = finished.length < runs.length ? ` Not finished: ${unfinished(runs)}.` : ''
  const comparable = finished.filter((run) => !hasOtherSeed(run))
  const comparisons = comparable.map(compareWithPublished).filter((comparison) => comparison !== undefined)
  const total = comparisons.reduce((sum, comparison) => sum + comparison.total, 0)
  const equal = comparisons.reduce((sum, comparison) => sum + comparison.equal, 0)
  const { sentence, notes, lines } = leftInWords(finished)
  if (total === 0) {
    const why =
      comparable.length < finished.length
        ? 'The published figures of random are of an unknown seed; another one need not give them.'
        : 'There are no published figures for these runs.'
    return { headline: sentence, detail: `${why}${notes}${missing}`, lines, tone: 'open' }
  }
  const headline =
    equal === total
      ? `All ${formatCount(total)} published counts come out exactly.`
      : `${formatCount(total - equal)} of ${formatCount(total)} published counts differ.`
  return { headline, detail: `${sentence}${notes}${missing}`, lines, tone: equal === total ? 'match' : 'differ' }
}
