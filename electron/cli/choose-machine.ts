import { existsSync, statSync } from 'node:fs'
import { MACHINE_PRESETS, type Machine } from '../../shared/machine.ts'
import { sameName } from '../../shared/names.ts'
import { CUSTOM_MACHINE_ID, savedMachineProblem, type SavedMachine } from '../../shared/saved-machine.ts'
import { MachineFileError, parseMachineFile } from '../exchange/machine-file.ts'
import { UsageError } from './command.ts'
import { savedMachines } from './experiment.ts'
import { readText } from './files.ts'

export interface ChosenMachine {
  readonly machineId: string
  readonly machine: Machine
}

export interface MachineArguments {
  readonly machine: string
  readonly journal?: string | undefined
}

/**
 * A preset, a machine file or a saved machine, in this order: the journal is only opened for a name that is neither of the
 * others.
 * @throws {UsageError} naming the file, or all that there is to choose from.
 */
export async function chooseMachine({ machine: text, journal }: MachineArguments): Promise<ChosenMachine> {
  const preset = MACHINE_PRESETS.find(({ id }) => id === text)
  if (preset !== undefined) return { machineId: preset.id, machine: preset.machine }
  if (isFile(text)) return { machineId: CUSTOM_MACHINE_ID, machine: readMachineFile(text) }
  const saved = await savedMachines(journal)
  const found = findSavedMachine(text, saved)
  if (found !== undefined) return { machineId: found.name, machine: checkedMachine(found) }
  throw new UsageError(
    `--machine "${text}" is neither a preset, a file nor a saved machine; ${presetIds()}; ${savedNames(saved)}`,
  )
}

function isFile(path: string): boolean {
  return existsSync(path) && !statSync(path).isDirectory()
}

export function findSavedMachine(name: string, saved: readonly SavedMachine[]): SavedMachine | undefined {
  return saved.find((machine) => sameName(machine.name, name))
}

export function presetIds(): string {
  return `presets are: ${MACHINE_PRESETS.map(({ id }) => id).join(', ')}`
}

export function savedNames(saved: readonly SavedMachine[]): string {
  return `saved are: ${saved.map(({ name }) => name).join(', ') || 'none'}`
}

/** What another version saved may be more than this one simulates. @throws {UsageError} */
function checkedMachine(saved: SavedMachine): Machine {
  const problem = savedMachineProblem(saved)
  if (problem !== undefined) throw new UsageError(`--machine "${saved.name}" cannot be simulated: ${problem}`)
  return saved.machine
}

function readMachineFile(path: string): Machine {
  const text = readText(path)
  try {
    return parseMachineFile(text)
  } catch (error) {
    if (!(error instanceof MachineFileError)) throw error
    if (/^(# )?CONFIG_/m.test(text)) {
      throw new UsageError(
        `--machine ${path}: it is a kernel's .config; "lab machines --import ${path}" prints a machine file of it`,
      )
    }
    throw new UsageError(`--machine ${path}: ${error.message}`)
  }
}
