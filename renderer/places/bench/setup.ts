import { z } from 'zod'
import type { Catalog } from '../../../shared/contract.ts'
import {
  DEFAULT_MACHINE_ID,
  MACHINE_PRESETS,
  machineProblem,
  vmapBbmapBits,
  type Machine,
} from '../../../shared/machine.ts'
import { isPolicyChoices, type PolicyChoices } from '../../../shared/policy.ts'
import type { RunSpec } from '../../../shared/run.ts'
import { DEFAULT_SEED, SEED_MAX, type ParameterValues } from '../../../shared/scenario.ts'
import { benchModels } from './bench-models.ts'

const wholeNumber = z.int().nonnegative()

const setupSchema = z.object({
  scenarioIds: z.array(z.string()),
  /** Values that differ from the scenario's defaults, by scenario. */
  parameters: z.record(z.string(), z.record(z.string(), wholeNumber)),
  seed: wholeNumber.max(SEED_MAX),
  machineId: z.string(),
  /** What a custom machine is made of; VMAP_BBMAP_BITS follows from it. */
  customMachine: z.object({
    wordBits: z.union([z.literal(32), z.literal(64)]),
    nrCpus: wholeNumber,
    vmallocMib: wholeNumber,
  }),
  modelIds: z.array(z.string()),
  /** Custom models of opened runs that are not saved like that: the same runs can be made again. */
  customModels: z
    .array(z.object({ name: z.string(), base: z.string(), choices: z.custom<PolicyChoices>(isPolicyChoices) }))
    .default([]),
})

/** The next experiment: every chosen scenario under every chosen kernel model. */
export type BenchSetup = z.infer<typeof setupSchema>

export const CUSTOM_MACHINE_ID = 'custom'
const PAGES_PER_MIB = 256

export const DEFAULT_SETUP: BenchSetup = {
  scenarioIds: ['exhaust', 'random', 'orders'],
  parameters: {},
  seed: DEFAULT_SEED,
  machineId: DEFAULT_MACHINE_ID,
  customMachine: { wordBits: 64, nrCpus: 4, vmallocMib: 1024 },
  modelIds: ['v4.0', 'v4.1'],
  customModels: [],
}

/** The machine that a setup names, or `undefined` for a preset that does not exist. */
export function machineOf(setup: BenchSetup): Machine | undefined {
  if (setup.machineId !== CUSTOM_MACHINE_ID) {
    return MACHINE_PRESETS.find((preset) => preset.id === setup.machineId)?.machine
  }
  const { wordBits, nrCpus, vmallocMib } = setup.customMachine
  const start = MACHINE_PRESETS.find((preset) => preset.machine.wordBits === wordBits)?.machine.vmallocStartPage ?? 0
  return {
    wordBits,
    nrCpus,
    vmallocStartPage: start,
    vmallocPages: vmallocMib * PAGES_PER_MIB,
    bbmapBits: vmapBbmapBits(wordBits, nrCpus),
  }
}

/** Largest custom vmalloc space: what lies between the usual start and the top of the address space. */
export function vmallocMibMax(wordBits: 32 | 64): number {
  const start = MACHINE_PRESETS.find((preset) => preset.machine.wordBits === wordBits)?.machine.vmallocStartPage ?? 0
  return Math.floor((2 ** (wordBits - 12) - start) / PAGES_PER_MIB)
}

export function parametersOf(setup: BenchSetup, catalog: Catalog, scenarioId: string): ParameterValues {
  const known = catalog.scenarios.find((scenario) => scenario.id === scenarioId)?.parameters ?? []
  const changed = setup.parameters[scenarioId] ?? {}
  return Object.fromEntries(known.map(({ name, default: value }) => [name, changed[name] ?? value]))
}

/** The runs of the next experiment, scenario by scenario, each under every model; none when the machine cannot be simulated. */
export function runsOf(setup: BenchSetup, catalog: Catalog): RunSpec[] {
  const machine = machineOf(setup)
  if (machine === undefined || machineProblem(machine) !== undefined) return []
  const scenarioIds = catalog.scenarios.map(({ id }) => id).filter((id) => setup.scenarioIds.includes(id))
  const choices = benchModels(setup, catalog)
    .map(({ choice }) => choice)
    .filter(({ modelId }) => setup.modelIds.includes(modelId))
  return scenarioIds.flatMap((scenarioId) =>
    choices.map((choice) => ({
      scenarioId,
      parameters: parametersOf(setup, catalog, scenarioId),
      seed: setup.seed,
      machineId: setup.machineId,
      machine,
      ...choice,
    })),
  )
}

const STORAGE_KEY = 'bench-setup'
const storedSchema = z.object({ version: z.literal(1), setup: setupSchema })

export function storeSetup(setup: BenchSetup): void {
  localStorage.setItem(STORAGE_KEY, JSON.stringify({ version: 1, setup } satisfies z.infer<typeof storedSchema>))
}

/** The last setup; the default when there is none or it cannot be read. */
export function readSetup(): BenchSetup {
  const stored = storedSchema.safeParse(parsedJson(localStorage.getItem(STORAGE_KEY)))
  return stored.success ? stored.data.setup : structuredClone(DEFAULT_SETUP)
}

function parsedJson(text: string | null): unknown {
  try {
    return text === null ? undefined : (JSON.parse(text) as unknown)
  } catch {
    return undefined
  }
}
