import { z } from 'zod'
import { formatQuantity } from '../../../shared/format.ts'
import { TITLE_LENGTH_MAX } from '../../../shared/journal.ts'
import { machineProblem } from '../../../shared/machine.ts'
import { distinctModels } from '../../../shared/model-choice.ts'
import type { RunSpec } from '../../../shared/run.ts'
import { CUSTOM_MACHINE_ID } from '../../../shared/saved-machine.ts'
import { SEED_MAX } from '../../../shared/scenario.ts'
import { parseValues, SWEEP_RUNS_MAX, sweepProblem, type SweepRequest } from '../../../shared/sweep.ts'
import { machineGrid } from '../../../shared/sweep-dimensions.ts'
import { readStored, writeStored } from '../../storage.ts'

/** What an axis varies: the machine's CPUs or slots a block, or a parameter as `param:NAME`; '' for nothing. */
const axisSchema = z.object({ of: z.string().max(200), values: z.string().max(10_000) })
export type AxisSetup = z.infer<typeof axisSchema>

const setupSchema = z.object({
  /** Which scenario of the Bench, by `scenarioKey`; the first one where it is not there. */
  scenario: z.string().max(1000),
  firstSeed: z.int().min(0).max(SEED_MAX),
  seeds: z.int().min(1).max(SWEEP_RUNS_MAX),
  axes: z.array(axisSchema).length(2),
})
export type SweepSetup = z.infer<typeof setupSchema>

export const DEFAULT_SWEEP: SweepSetup = {
  scenario: 'random',
  firstSeed: 0,
  seeds: 2000,
  axes: [
    { of: '', values: '' },
    { of: '', values: '' },
  ],
}

export const CPUS_AXIS = 'cpus'
export const SLOTS_AXIS = 'slots'
const PARAMETER_AXIS = 'param:'

const STORAGE_KEY = 'sweep-setup'
const storedSchema = z.object({ version: z.literal(1), setup: setupSchema })

export function storeSweepSetup(setup: SweepSetup): void {
  writeStored(STORAGE_KEY, { version: 1, setup } satisfies z.infer<typeof storedSchema>)
}

/** The last setup; the default when there is none or it cannot be read. */
export function readSweepSetup(): SweepSetup {
  const stored = storedSchema.safeParse(readStored(STORAGE_KEY))
  return stored.success ? stored.data.setup : structuredClone(DEFAULT_SWEEP)
}

/** Tells the scenarios of the Bench apart. */
export function scenarioKey({ scenarioId, program }: Pick<RunSpec, 'scenarioId' | 'program'>): string {
  return program === undefined ? scenarioId : `${scenarioId}: ${program.title}`
}

export function parameterAxis(name: string): string {
  return PARAMETER_AXIS + name
}

/** The runs of the Bench that the sweep is made from: one scenario under each model. */
export function sweptRuns(setup: SweepSetup, planned: readonly RunSpec[]): readonly RunSpec[] {
  const chosen = planned.filter((run) => scenarioKey(run) === setup.scenario)
  if (chosen.length > 0) return chosen
  const [first] = planned
  return first === undefined ? [] : planned.filter((run) => scenarioKey(run) === scenarioKey(first))
}

export type AskedSweep =
  | { readonly kind: 'sweep'; readonly request: SweepRequest }
  | { readonly kind: 'problem'; readonly reason: string }

/** The sweep that this setup stands for, with the Bench's scenario, machine and models, or why there is none. */
export function askedSweep(setup: SweepSetup, planned: readonly RunSpec[], title: string): AskedSweep {
  const runs = sweptRuns(setup, planned)
  const [first] = runs
  if (first === undefined) return problem('The Bench has no scenario, machine and kernel model that can be run.')
  const axes = readAxes(setup.axes)
  if (typeof axes === 'string') return problem(axes)
  const of = (name: string): readonly number[] | undefined => axes.find((axis) => axis.of === name)?.values
  const base = { machineId: first.machineId, machine: first.machine }
  const cpus = of(CPUS_AXIS) ?? [first.machine.nrCpus]
  const machines = machineGrid(base, cpus, of(SLOTS_AXIS) ?? [first.machine.bbmapBits], CUSTOM_MACHINE_ID)
  const unusable = machines.map(({ machine }) => machineProblem(machine)).find(Boolean)
  if (unusable !== undefined) return problem(`The machine cannot be simulated: ${unusable}.`)
  const request: SweepRequest = {
    title: `${title}, ${formatQuantity(setup.seeds, 'seed')}`.slice(0, TITLE_LENGTH_MAX),
    question: '',
    scenarioId: first.scenarioId,
    ...(first.program && { program: first.program }),
    parameters: first.parameters,
    axes: axes
      .filter((axis) => axis.of.startsWith(PARAMETER_AXIS))
      .map((axis) => ({ name: axis.of.slice(PARAMETER_AXIS.length), values: axis.values })),
    machines,
    models: distinctModels(runs).map(({ modelId, custom }) => ({ modelId, ...(custom && { custom }) })),
    seeds: { first: setup.firstSeed, count: setup.seeds },
  }
  const reason = sweepProblem(request)
  return reason === undefined ? { kind: 'sweep', request } : problem(reason)
}

function problem(reason: string): AskedSweep {
  return { kind: 'problem', reason }
}

interface ReadAxis {
  readonly of: string
  readonly values: readonly number[]
}

/** @returns the reason where one cannot be read. */
function readAxes(axes: readonly AxisSetup[]): readonly ReadAxis[] | string {
  const read: ReadAxis[] = []
  for (const [place, axis] of axes.filter(({ of }) => of !== '').entries()) {
    const values = parseValues(axis.values)
    if (typeof values === 'string') return `Axis ${place + 1}: ${values}.`
    if (read.some(({ of }) => of === axis.of))
      return `Axis ${place + 1} varies the same as the other one. Choose another.`
    read.push({ of: axis.of, values })
  }
  return read
}
