import { MACHINE_PRESETS, type MachinePreset } from '../../shared/machine.ts'
import { asChoice, savedMachineProblem, type SavedMachine } from '../../shared/saved-machine.ts'
import type { Journal } from '../journal/index.ts'
import { LabError } from './lab-error.ts'

/** Machines of the user's own, kept in the journal. */
export class SavedMachines {
  readonly #journal: Pick<Journal, 'savedItems' | 'saveItem' | 'deleteItem'>

  constructor(journal: Pick<Journal, 'savedItems' | 'saveItem' | 'deleteItem'>) {
    this.#journal = journal
  }

  /** By name. */
  all(): readonly SavedMachine[] {
    return this.#journal
      .savedItems('machine')
      .map(({ name, definition: { description, machine } }) => ({ name, description, machine }))
  }

  /** The presets, and then the saved machines that this version can simulate. */
  choices(): readonly MachinePreset[] {
    const usable = this.all().filter((saved) => savedMachineProblem(saved) === undefined)
    return [...MACHINE_PRESETS, ...usable.map(asChoice)]
  }

  /** Saves a machine over one of the same name, and in place of the one with the former name. @throws {LabError} */
  save({ name, description, machine }: SavedMachine, formerName?: string): SavedMachine {
    const saved = { name, description, machine }
    const problem = savedMachineProblem(saved)
    if (problem !== undefined) throw new LabError(`Machine refused: ${problem}.`)
    this.#journal.saveItem({ kind: 'machine', name, definition: { description, machine }, formerName })
    return saved
  }

  /** Runs on it keep the whole machine. Answers false when there is none with this name. */
  delete(name: string): boolean {
    return this.#journal.deleteItem('machine', name)
  }
}
