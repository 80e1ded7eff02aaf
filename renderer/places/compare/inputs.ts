import { formatCount, formatQuantity } from '../../../shared/format.ts'
import type { RunSummary } from '../../../shared/journal.ts'
import { modelKey } from '../../../shared/model-choice.ts'
import { scenarioName } from '../../../shared/run.ts'

/** What a run's result depends on. */
export interface InputDifference {
  readonly input: 'scenario' | 'machine' | 'kernel model' | 'seed' | `parameter ${string}`
  /** How many different ones there are. */
  readonly values: number
}

/** The inputs in which the runs differ, those that change the question first. */
export function inputDifferences(runs: readonly RunSummary[]): readonly InputDifference[] {
  const names = new Set(runs.flatMap(({ spec }) => Object.keys(spec.parameters)))
  const inputs: readonly (readonly [InputDifference['input'], (run: RunSummary) => unknown])[] = [
    ['scenario', ({ spec }) => scenarioName(spec)],
    ['machine', ({ spec }) => Object.entries(spec.machine).sort()],
    ...[...names]
      .toSorted()
      .map((name) => [`parameter ${name}`, ({ spec }: RunSummary) => spec.parameters[name]] as const),
    ['seed', ({ spec }) => spec.seed],
    ['kernel model', ({ spec }) => modelKey(spec)],
  ]
  return inputs.flatMap(([input, valueOf]) => {
    const values = new Set(runs.map((run) => JSON.stringify(valueOf(run) ?? null))).size
    return values > 1 ? [{ input, values }] : []
  })
}

const list = new Intl.ListFormat('en-GB', { type: 'conjunction' })

/** What differs between the runs, and what that means for a comparison, before any conclusion. */
export function inputSentences(runs: readonly RunSummary[]): readonly string[] {
  if (runs.length < 2) return []
  const differences = inputDifferences(runs)
  const missing = runs.filter(({ counts }) => counts === undefined).length
  return [
    differenceSentence(differences),
    ...warnings(differences),
    ...(missing === 0 ? [] : [`${formatQuantity(missing, 'run')} ${missing === 1 ? 'has' : 'have'} no result.`]),
  ]
}

function differenceSentence(differences: readonly InputDifference[]): string {
  const [first, ...others] = differences
  if (first === undefined) return 'All runs were asked the same, under the same model.'
  if (others.length === 0) return `The runs differ in ${nameOf(first)} only.`
  return `The runs differ in ${list.format(differences.map(nameOf))}.`
}

function nameOf({ input, values }: InputDifference): string {
  return `${input} (${formatCount(values)})`
}

function warnings(differences: readonly InputDifference[]): readonly string[] {
  const has = (input: string): boolean => differences.some((difference) => difference.input === input)
  if (has('scenario')) return ['Their scenarios are different, so their counts answer different questions.']
  return has('machine')
    ? ['Their machines are different: a block has another size or the address space another end.']
    : []
}

/** The parameters, and the seed, that a chart can have as its axis: those in which the runs differ. */
export function axesOf(runs: readonly RunSummary[]): readonly string[] {
  return inputDifferences(runs).flatMap(({ input }) => {
    if (input === 'seed') return ['seed']
    return input.startsWith('parameter ') ? [input.slice('parameter '.length)] : []
  })
}

/** Where a run stands on such an axis. */
export function axisValue({ spec }: RunSummary, axis: string): number | undefined {
  return axis === 'seed' ? spec.seed : spec.parameters[axis]
}
