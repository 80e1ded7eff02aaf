import { machineProblem, MACHINE_PRESETS, sameMachine, type Machine, type MachinePreset } from './machine.ts'
import { NAME_LENGTH_MAX, nameProblem, sameName } from './names.ts'

/** What a run's machine is called that has no name: one from a machine file, given once. */
export const CUSTOM_MACHINE_ID = 'custom'

/** A machine that the user named and keeps. */
export interface SavedMachine {
  readonly name: string
  /** The user's words, or what had to be assumed when it was imported; may be empty. */
  readonly description: string
  readonly machine: Machine
}

/** A machine read from a file, not saved yet. */
export interface ImportedMachine extends SavedMachine {
  /** A sentence for each fact that the file does not tell. */
  readonly assumptions: readonly string[]
}

export const MACHINE_DESCRIPTION_MAX = 2000

/** Why a machine cannot be saved like this, as one clause naming the value and what is accepted. */
export function savedMachineProblem({ name, description, machine }: SavedMachine): string | undefined {
  if (description.length > MACHINE_DESCRIPTION_MAX) {
    return `the description has ${description.length} characters; at most ${MACHINE_DESCRIPTION_MAX} are kept`
  }
  return machineNameProblem(name) ?? machineProblem(machine)
}

/** Why no saved machine can have this name. */
export function machineNameProblem(name: string): string | undefined {
  const taken = MACHINE_PRESETS.some(({ id }) => sameName(id, name))
  if (taken) return `the name ${name} belongs to a preset; choose another`
  if (sameName(name, CUSTOM_MACHINE_ID)) return `the name ${name} stands for a machine without one; choose another`
  return nameProblem(name)
}

/** A saved machine among what there is to choose from. */
export function asChoice({ name, description, machine }: SavedMachine): MachinePreset {
  return { id: name, title: name, description, machine }
}

/** True when this id alone stands for the machine, in every lab: a preset that was not changed since. */
export function isPreset(id: string, machine: Machine): boolean {
  return MACHINE_PRESETS.some((preset) => preset.id === id && sameMachine(preset.machine, machine))
}

/** The first name of the form "NAME copy", "NAME copy 2", … that is free. */
export function copyName(name: string, taken: readonly string[]): string {
  for (let number = 1; ; number += 1) {
    const ending = number === 1 ? ' copy' : ` copy ${number}`
    const candidate = `${name.slice(0, NAME_LENGTH_MAX - ending.length).trimEnd()}${ending}`
    if (!taken.some((other) => sameName(other, candidate))) return candidate
  }
}
