import type { Machine } from './machine.ts'
import type { ModelChoice } from './model-choice.ts'
import type { RunSpec, ScenarioProgram } from './run.ts'
import { SEED_MAX, type ParameterValues } from './scenario.ts'

/** Runs of one sweep, each some 100 bytes of journal. */
export const SWEEP_RUNS_MAX = 1_000_000
/** Kernel models of one sweep. */
export const SWEEP_MODELS_MAX = 8

export interface SeedRange {
  readonly first: number
  readonly count: number
}

/** A parameter of the scenario and the values it takes, each once. */
export interface ParameterAxis {
  readonly name: string
  readonly values: readonly number[]
}

export interface SweepMachine {
  readonly machineId: string
  readonly machine: Machine
}

/**
 * What a sweep makes: every seed under every model, for each combination of the axes' values and each machine, which is a cell.
 */
export interface SweepRequest {
  readonly title: string
  readonly question: string
  readonly scenarioId: string
  readonly program?: ScenarioProgram
  /** Of parameters that are no axis. */
  readonly parameters: ParameterValues
  readonly axes: readonly ParameterAxis[]
  readonly machines: readonly SweepMachine[]
  /** The first is what the others are compared with. */
  readonly models: readonly ModelChoice[]
  readonly seeds: SeedRange
}

/** A request in its recorded form: models by their own ids, all parameters, and one seed where the scenario uses none. */
export interface SweepDefinition extends SweepRequest {
  readonly usesSeed: boolean
}

/** Where a run stands in its sweep. */
export interface SweepPoint {
  readonly cell: number
  readonly seed: number
  /** Place among the sweep's models. */
  readonly model: number
}

/** A range of runs by index: [first, first + count). */
export interface RunRange {
  readonly first: number
  readonly count: number
}

type Shape = Pick<SweepRequest, 'axes' | 'machines' | 'models' | 'seeds'>

export function cellCount({ axes, machines }: Pick<SweepRequest, 'axes' | 'machines'>): number {
  return axes.reduce((cells, { values }) => cells * values.length, machines.length)
}

export function runCount(sweep: Shape): number {
  return cellCount(sweep) * sweep.seeds.count * sweep.models.length
}

/** Runs are numbered cell by cell, seed by seed, and the models of one seed stand together. */
export function pointOf({ seeds, models }: Shape, index: number): SweepPoint {
  const pair = Math.floor(index / models.length)
  return {
    cell: Math.floor(pair / seeds.count),
    seed: seeds.first + (pair % seeds.count),
    model: index % models.length,
  }
}

export function indexOf({ seeds, models }: Shape, { cell, seed, model }: SweepPoint): number {
  return (cell * seeds.count + seed - seeds.first) * models.length + model
}

/** The runs of one cell. */
export function cellRuns({ seeds, models }: Pick<SweepRequest, 'seeds' | 'models'>, cell: number): RunRange {
  const count = seeds.count * models.length
  return { first: cell * count, count }
}

/** The place on each axis and among the machines; machines change fastest, then the last axis. */
export function placesOf(sweep: Pick<SweepRequest, 'axes' | 'machines'>, cell: number): readonly number[] {
  return placesIn(sizesOf(sweep), cell)
}

function sizesOf({ axes, machines }: Pick<SweepRequest, 'axes' | 'machines'>): readonly number[] {
  return [...axes.map(({ values }) => values.length), machines.length]
}

/** Places of a cell where the last of these sizes changes fastest. */
export function placesIn(sizes: readonly number[], cell: number): readonly number[] {
  const places: number[] = []
  let rest = cell
  for (const size of [...sizes].reverse()) {
    places.unshift(rest % size)
    rest = Math.floor(rest / size)
  }
  return places
}

/** The cell at these places. */
export function cellIn(sizes: readonly number[], places: readonly number[]): number {
  return sizes.reduce((cell, size, place) => cell * size + (places[place] ?? 0), 0)
}

/** The parameters and the machine that all runs of a cell have. @throws {RangeError} when there is no such cell. */
export function cellOf(sweep: SweepRequest, cell: number): SweepMachine & { readonly parameters: ParameterValues } {
  const places = placesOf(sweep, cell)
  const machine = sweep.machines[places.at(-1) ?? 0]
  if (machine === undefined || cell < 0 || cell >= cellCount(sweep))
    throw new RangeError(`The sweep has no cell ${cell}.`)
  const swept = sweep.axes.map(({ name, values }, axis) => [name, values[places[axis] ?? 0] ?? 0] as const)
  return { ...machine, parameters: { ...sweep.parameters, ...Object.fromEntries(swept) } }
}

/** @throws {RangeError} when there is no such run. */
export function specAt(sweep: SweepRequest, index: number): RunSpec {
  const { cell, seed, model } = pointOf(sweep, index)
  const choice = sweep.models[model]
  if (choice === undefined) throw new RangeError(`The sweep has no run ${index}.`)
  const { scenarioId, program } = sweep
  return { scenarioId, ...(program && { program }), ...cellOf(sweep, cell), seed, ...choice }
}

/** Why this is no sweep, as one sentence naming the value and what is accepted; `undefined` when it is one. */
export function sweepProblem(sweep: SweepRequest): string | undefined {
  const { axes, machines, models, seeds } = sweep
  if (models.length === 0) return 'A sweep needs a kernel model. Choose at least one.'
  if (models.length > SWEEP_MODELS_MAX) {
    return `${models.length} kernel models are too many; a sweep takes at most ${SWEEP_MODELS_MAX} (SWEEP_MODELS_MAX).`
  }
  if (machines.length === 0) return 'A sweep needs a machine. Choose at least one.'
  const { first, count } = seeds
  if (!Number.isInteger(first) || first < 0 || first > SEED_MAX) {
    return `The first seed is ${first}; accepted are whole numbers from 0 to ${SEED_MAX}.`
  }
  if (!Number.isInteger(count) || count < 1 || first + count - 1 > SEED_MAX) {
    return `The number of seeds is ${count}; accepted are whole numbers from 1 to ${SEED_MAX - first + 1}, counted from seed ${first}.`
  }
  return axes.map(axisProblem).find(Boolean) ?? repeatedAxis(axes) ?? tooManyRuns(sweep)
}

function axisProblem({ name, values }: ParameterAxis): string | undefined {
  if (values.length === 0) return `The axis ${name} has no value. Give at least one.`
  const repeated = values.find((value, place) => values.indexOf(value) !== place)
  return repeated === undefined ? undefined : `The axis ${name} has the value ${repeated} twice. Give each value once.`
}

function repeatedAxis(axes: readonly ParameterAxis[]): string | undefined {
  const names = axes.map(({ name }) => name)
  const repeated = names.find((name, place) => names.indexOf(name) !== place)
  return repeated === undefined ? undefined : `The parameter ${repeated} is an axis twice. Give all its values in one.`
}

function tooManyRuns(sweep: Shape): string | undefined {
  const runs = runCount(sweep)
  if (runs <= SWEEP_RUNS_MAX) return undefined
  return `${runs} runs are too many; a sweep takes at most ${SWEEP_RUNS_MAX} (SWEEP_RUNS_MAX). Take fewer seeds or values.`
}

/** What is missing of [0, runs) beside `done`, ascending. */
export function missingRanges(runs: number, done: readonly RunRange[]): readonly RunRange[] {
  const missing: RunRange[] = []
  let next = 0
  for (const { first, count } of [...done].sort((left, right) => left.first - right.first)) {
    if (first > next) missing.push({ first: next, count: first - next })
    next = Math.max(next, first + count)
  }
  if (next < runs) missing.push({ first: next, count: runs - next })
  return missing
}

/** Values from text: `1..9:2`, `64, 128, 256`, or both. @returns why not, as a clause, when it cannot be read. */
export function parseValues(text: string): readonly number[] | string {
  const values: number[] = []
  for (const part of text.split(',').map((piece) => piece.trim())) {
    const [, from, to, step = '1'] = /^(-?\d+)(?:\.\.(-?\d+)(?::(\d+))?)?$/.exec(part) ?? []
    if (from === undefined)
      return `"${part}" cannot be read; accepted are VALUE or FROM..TO or FROM..TO:STEP, separated by commas`
    const last = Number(to ?? from)
    const width = Number(step)
    if (width < 1 || last < Number(from))
      return `"${part}" runs backwards or stands still; accepted is FROM..TO:STEP upwards`
    if (values.length + (last - Number(from)) / width >= SWEEP_RUNS_MAX) {
      return `"${part}" has too many values; a sweep takes at most ${SWEEP_RUNS_MAX} runs (SWEEP_RUNS_MAX)`
    }
    for (let value = Number(from); value <= last; value += width) values.push(value)
  }
  return values
}
