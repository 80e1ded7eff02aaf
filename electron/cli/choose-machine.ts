import { existsSync } from 'node:fs'
import { MachineFileError, parseMachineFile } from '../exchange/machine-file.ts'
import { MACHINE_PRESETS, type Machine } from '../../shared/machine.ts'
import { UsageError } from './command.ts'
import { readText } from './files.ts'

export interface ChosenMachine {
  readonly machineId: string
  readonly machine: Machine
}

/** A preset's id or the path of a machine file. @throws {UsageError} or {CommandError} naming the file and what is accepted. */
export function chooseMachine(text: string): ChosenMachine {
  const preset = MACHINE_PRESETS.find(({ id }) => id === text)
  if (preset !== undefined) return { machineId: preset.id, machine: preset.machine }
  if (!existsSync(text)) {
    const accepted = MACHINE_PRESETS.map(({ id }) => id).join(', ')
    throw new UsageError(`--machine "${text}" is neither a preset nor a file; presets are: ${accepted}`)
  }
  try {
    return { machineId: 'custom', machine: parseMachineFile(readText(text)) }
  } catch (error) {
    if (error instanceof MachineFileError) throw new UsageError(`--machine ${text}: ${error.message}`)
    throw error
  }
}
