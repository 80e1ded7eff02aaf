import type { KernelModel } from '../kernel-model.ts'
import type { Machine, MachinePreset } from '../machine.ts'
import type { CustomModel } from '../policy.ts'
import type { ImportedMachine, SavedMachine } from '../saved-machine.ts'
import type { SaveScenarioRequest, SavedScenario, ScenarioVersion } from '../saved-scenario.ts'
import type { ScenarioCheck } from '../scenario-check.ts'
import type { PreviewRequest, ScenarioPreview } from '../scenario-preview.ts'
import type { ScenarioInfo } from '../scenario.ts'
import type { Outcome } from './outcome.ts'

/** What can be chosen on the Bench. */
export interface Catalog {
  readonly scenarios: readonly ScenarioInfo[]
  /** The releases, oldest first, and then what the saved models stand for. */
  readonly models: readonly KernelModel[]
  /** Saved models by name. One that this version cannot make is here and not among `models`. */
  readonly customModels: readonly CustomModel[]
  /** The presets, and then the saved machines by name. */
  readonly machines: readonly MachinePreset[]
  /** Saved machines by name. One that this version cannot simulate is here and not among `machines`. */
  readonly savedMachines: readonly SavedMachine[]
}

export interface SaveMachineRequest {
  readonly machine: SavedMachine
  /** The saved machine whose place it takes, when that had another name. */
  readonly formerName?: string
}

/** What a machine can be imported from; the dialog that asks for the file says so. */
export const MACHINE_SOURCES = ['kernel-config', 'machine-file'] as const

export type MachineSource = (typeof MACHINE_SOURCES)[number]

export interface SaveModelRequest {
  readonly model: CustomModel
  /** The saved model whose place it takes, when that had another name. */
  readonly formerName?: string
}

/** What is chosen on the Bench: kernel models, machines, scenarios. */
export interface SetupApi {
  catalog(): Promise<Catalog>
  /** Saves a custom model over one of the same name; answers with what was saved. */
  saveModel(request: SaveModelRequest): Promise<Outcome<CustomModel>>
  deleteModel(name: string): Promise<void>
  /** Saves a machine over one of the same name; answers with what was saved. */
  saveMachine(request: SaveMachineRequest): Promise<Outcome<SavedMachine>>
  deleteMachine(name: string): Promise<void>
  /** Asks for a file and reads a machine from it, which is not saved by that. */
  importMachine(source: MachineSource): Promise<Outcome<ImportedMachine>>
  /** Asks where to save and writes a machine file; answers with its path. */
  exportMachine(machine: SavedMachine): Promise<Outcome<string>>
  /** What is wrong with a text, its parameters and its outline on a machine. */
  checkScenario(source: string, machine: Machine): Promise<ScenarioCheck>
  /** The first requests of a text without errors. */
  previewScenario(request: PreviewRequest): Promise<ScenarioPreview>
  /** The user's own scenarios, the one changed last first. */
  listScenarios(): Promise<readonly SavedScenario[]>
  /** Saves a text as a new scenario, or as a new version of one. */
  saveScenario(request: SaveScenarioRequest): Promise<Outcome<SavedScenario>>
  /** Newest first; empty when there is no such scenario. */
  scenarioVersions(id: number): Promise<readonly ScenarioVersion[]>
  renameScenario(id: number, name: string): Promise<Outcome<SavedScenario>>
  duplicateScenario(id: number): Promise<Outcome<SavedScenario>>
  deleteScenario(id: number): Promise<void>
  /** Asks for a .c file or a trace and saves it as a new scenario. */
  importScenario(): Promise<Outcome<SavedScenario>>
  /** Ends the reading of the file. */
  cancelImport(): Promise<void>
  /** Asks where to save the newest version as a .c file; answers with the file's path. */
  exportScenario(id: number): Promise<Outcome<string>>
}

// A record, not an array, so that a name that is missing or too much fails to compile
export const SETUP_METHODS: Readonly<Record<keyof SetupApi, true>> = {
  catalog: true,
  saveModel: true,
  deleteModel: true,
  saveMachine: true,
  deleteMachine: true,
  importMachine: true,
  exportMachine: true,
  checkScenario: true,
  previewScenario: true,
  listScenarios: true,
  saveScenario: true,
  scenarioVersions: true,
  renameScenario: true,
  duplicateScenario: true,
  deleteScenario: true,
  importScenario: true,
  cancelImport: true,
  exportScenario: true,
}
