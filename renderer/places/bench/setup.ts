import { z } from 'zod'
import type { Catalog } from '../../../shared/contract.ts'
import { DEFAULT_MACHINE_ID, machineProblem, type Machine } from '../../../shared/machine.ts'
import { isPolicyChoices, type PolicyChoices } from '../../../shared/policy.ts'
import { PROGRAM_ID, TRACE_ID, type RunSpec, type ScenarioProgram } from '../../../shared/run.ts'
import { DEFAULT_SEED, SEED_MAX, type ParameterValues } from '../../../shared/scenario.ts'
import { parseTraceReference } from '../../../shared/trace-reference.ts'
import { readStored, writeStored } from '../../storage.ts'
import { benchModels } from './bench-models.ts'

const wholeNumber = z.int().nonnegative()

const machineSchema = z.object({
  wordBits: z.union([z.literal(32), z.literal(64)]),
  nrCpus: wholeNumber,
  vmallocStartPage: wholeNumber,
  vmallocPages: wholeNumber,
  bbmapBits: wholeNumber,
}) satisfies z.ZodType<Machine>

const setupSchema = z.object({
  scenarioIds: z.array(z.string()),
  /** Values that differ from the scenario's defaults, by scenario. */
  parameters: z.record(z.string(), z.record(z.string(), z.int())),
  seed: wholeNumber.max(SEED_MAX),
  /** A preset's id or a saved machine's name. */
  machineId: z.string(),
  /** The machine as an opened run recorded it, where this name now stands for none or for another one. */
  recordedMachine: machineSchema.exactOptional(),
  modelIds: z.array(z.string()),
  /** Custom models of opened runs that are not saved like that: the same runs can be made again. */
  customModels: z
    .array(z.object({ name: z.string(), base: z.string(), choices: z.custom<PolicyChoices>(isPolicyChoices) }))
    .default([]),
})

/** The next experiment: every chosen scenario under every chosen kernel model. */
export type BenchSetup = z.infer<typeof setupSchema>

export const DEFAULT_SETUP: BenchSetup = {
  scenarioIds: ['exhaust', 'random', 'orders'],
  parameters: {},
  seed: DEFAULT_SEED,
  machineId: DEFAULT_MACHINE_ID,
  modelIds: ['v4.0', 'v4.1'],
  customModels: [],
}

/** The machine of a setup, or `undefined` where its name stands for none any more. */
export function machineOf(setup: BenchSetup, catalog: Catalog): Machine | undefined {
  // A copy: what is watched for changes cannot be sent to the other side
  if (setup.recordedMachine !== undefined) return { ...setup.recordedMachine }
  return catalog.machines.find(({ id }) => id === setup.machineId)?.machine
}

/** The setup with a machine of the catalog. */
export function withMachine(setup: BenchSetup, machineId: string): BenchSetup {
  const next = { ...setup, machineId }
  delete next.recordedMachine
  return next
}

export function parametersOf(setup: BenchSetup, catalog: Catalog, scenarioId: string): ParameterValues {
  const known = catalog.scenarios.find((scenario) => scenario.id === scenarioId)?.parameters ?? []
  const changed = setup.parameters[scenarioId] ?? {}
  return Object.fromEntries(known.map(({ name, default: value }) => [name, changed[name] ?? value]))
}

/** The user's own scenarios that runs can be made of, by the references that a setup names them by. */
export type Programs = ReadonlyMap<string, ScenarioProgram>

/** The runs of the next experiment, scenario by scenario, each under every model; none when the machine cannot be simulated. */
export function runsOf(setup: BenchSetup, catalog: Catalog, programs: Programs): RunSpec[] {
  const machine = machineOf(setup, catalog)
  if (machine === undefined || machineProblem(machine) !== undefined) return []
  const scenarios = setup.scenarioIds
    .map((ref) => scenarioPart(ref, setup, catalog, programs))
    .filter((part) => part !== undefined)
  const choices = benchModels(setup, catalog)
    .map(({ choice }) => choice)
    .filter(({ modelId }) => setup.modelIds.includes(modelId))
  return scenarios.flatMap((scenario) =>
    choices.map((choice) => ({
      ...scenario,
      seed: setup.seed,
      machineId: setup.machineId,
      machine,
      ...choice,
    })),
  )
}

/** What a run is of; `undefined` for a scenario that is no longer there. */
function scenarioPart(
  ref: string,
  setup: BenchSetup,
  catalog: Catalog,
  programs: Programs,
): Pick<RunSpec, 'scenarioId' | 'program' | 'parameters'> | undefined {
  if (catalog.scenarios.some(({ id }) => id === ref)) {
    return { scenarioId: ref, parameters: parametersOf(setup, catalog, ref) }
  }
  const program = programs.get(ref)
  if (program === undefined) return undefined
  const isTrace = parseTraceReference(program.source) !== undefined
  // The values of its parameters stand in its text
  return { scenarioId: isTrace ? TRACE_ID : PROGRAM_ID, program, parameters: {} }
}

const STORAGE_KEY = 'bench-setup'
const storedSchema = z.object({ version: z.literal(1), setup: setupSchema })

export function storeSetup(setup: BenchSetup): void {
  writeStored(STORAGE_KEY, { version: 1, setup } satisfies z.infer<typeof storedSchema>)
}

/** The last setup; the default when there is none or it cannot be read. */
export function readSetup(): BenchSetup {
  const stored = storedSchema.safeParse(readStored(STORAGE_KEY))
  return stored.success ? stored.data.setup : structuredClone(DEFAULT_SETUP)
}
