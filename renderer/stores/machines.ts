import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { MachineSource } from '../../shared/contract.ts'
import { copyName, CUSTOM_MACHINE_ID, type SavedMachine } from '../../shared/saved-machine.ts'
import { sameName } from '../../shared/names.ts'
import { DEFAULT_MACHINE_ID } from '../../shared/machine.ts'
import { lab } from '../lab.ts'
import { draftOf, readDraft, type MachineDraft } from '../places/bench/machine-draft.ts'
import { machineOf, withMachine } from '../places/bench/setup.ts'
import { useAppStore } from './app.ts'
import { useBenchStore } from './bench.ts'
import { useToastsStore } from './toasts.ts'

/** What is being edited. */
interface Editing {
  /** As it was when the editor was opened. */
  readonly before: MachineDraft
  /** The saved machine that is changed; `undefined` for a new one. */
  readonly savedName: string | undefined
  /** What the lab called a new one; `undefined` for a saved one, whose name is the user's. */
  readonly proposedName: string | undefined
}

/** The machine of the Bench, and the editor that makes machines of the user's own. */
export const useMachinesStore = defineStore('machines', () => {
  const app = useAppStore()
  const bench = useBenchStore()
  const toasts = useToastsStore()

  const draft = ref<MachineDraft>()
  const editing = shallowRef<Editing>()
  /** Sentences of the last import. */
  const assumptions = shallowRef<readonly string[]>([])
  const refusal = ref<string>()

  const savedNames = computed(() => app.catalog.savedMachines.map(({ name }) => name))
  const read = computed(() => {
    const { savedName } = editing.value ?? {}
    const others = savedNames.value.filter((name) => savedName === undefined || !sameName(name, savedName))
    return draft.value && readDraft(draft.value, others)
  })
  const title = computed(() =>
    editing.value?.savedName === undefined ? 'New machine' : `Edit ${editing.value.savedName}`,
  )

  /** What the Bench is set to; `undefined` where its name stands for no machine any more. */
  const chosen = computed((): SavedMachine | undefined => {
    const { machineId, recordedMachine } = bench.setup
    const machine = machineOf(bench.setup, app.catalog)
    if (machine === undefined) return undefined
    const known = app.catalog.machines.find(({ id }) => id === machineId)
    return { name: machineId, description: recordedMachine === undefined ? (known?.description ?? '') : '', machine }
  })

  function open(first: MachineDraft, savedName: string | undefined): void {
    draft.value = first
    editing.value = { before: first, savedName, proposedName: savedName === undefined ? first.name : undefined }
    assumptions.value = []
    refusal.value = undefined
  }

  /** Opens the editor on the chosen machine if it is a saved one, and on a copy of it otherwise. */
  function edit(): void {
    const machine = chosen.value
    if (machine === undefined) return
    const isSaved = bench.setup.recordedMachine === undefined && savedNames.value.includes(machine.name)
    if (isSaved) open(draftOf(machine), machine.name)
    else editCopy()
  }

  function editCopy(): void {
    const machine = chosen.value
    if (machine === undefined) return
    const isNamed = machine.name !== CUSTOM_MACHINE_ID
    const name = isNamed ? copyName(machine.name, savedNames.value) : freeName('machine')
    open(draftOf({ ...machine, name }), undefined)
  }

  /** Fills the editor from a file; opens it for that when it is closed. A name that was given stays. */
  async function importFrom(source: MachineSource): Promise<void> {
    if (draft.value === undefined) editCopy()
    const outcome = await lab().importMachine(source)
    refusal.value = outcome.kind === 'refused' ? outcome.reason : undefined
    if (outcome.kind !== 'done' || draft.value === undefined) return
    const isGiven = draft.value.name !== editing.value?.proposedName
    const name = isGiven || outcome.value.name === '' ? draft.value.name : freeName(outcome.value.name)
    draft.value = draftOf({ ...outcome.value, name })
    if (!isGiven && editing.value !== undefined) editing.value = { ...editing.value, proposedName: name }
    assumptions.value = outcome.value.assumptions
  }

  function freeName(name: string): string {
    return savedNames.value.some((taken) => sameName(taken, name)) ? copyName(name, savedNames.value) : name
  }

  /** Saves what is typed, chooses it on the Bench and closes the editor. */
  async function save(): Promise<void> {
    const { machine, problems } = read.value ?? {}
    const typed = draft.value
    if (typed === undefined || machine === undefined || Object.keys(problems ?? {}).length > 0) return
    const { savedName } = editing.value ?? {}
    const saved = { name: typed.name.trim(), description: typed.description.trim(), machine }
    const outcome = await lab().saveMachine({
      machine: saved,
      ...(savedName !== undefined && { formerName: savedName }),
    })
    if (outcome.kind !== 'done') {
      refusal.value = outcome.kind === 'refused' ? outcome.reason : undefined
      return
    }
    await app.readCatalog()
    choose(outcome.value.name)
    draft.value = undefined
    toasts.show(`Saved ${outcome.value.name}`)
  }

  /** Closes the editor; what was typed can be taken up again for a moment. */
  function close(): void {
    const [typed, was] = [draft.value, editing.value]
    draft.value = undefined
    if (typed === undefined || was === undefined || JSON.stringify(typed) === JSON.stringify(was.before)) return
    toasts.show('The machine was not saved.', {
      label: 'Go on editing',
      run: () => {
        draft.value = typed
        editing.value = was
      },
    })
  }

  function choose(machineId: string): void {
    bench.setup = withMachine(bench.setup, machineId)
  }

  /** Deletes the chosen machine. Runs on it keep their own definition. */
  async function remove(): Promise<void> {
    const machine = chosen.value
    if (machine === undefined || !savedNames.value.includes(machine.name)) return
    await lab().deleteMachine(machine.name)
    await app.readCatalog()
    choose(DEFAULT_MACHINE_ID)
    toasts.show(`Deleted ${machine.name}`, { label: 'Undo', run: () => void restore(machine) })
  }

  async function restore(machine: SavedMachine): Promise<void> {
    const outcome = await lab().saveMachine({ machine })
    if (outcome.kind === 'refused') throw new Error(outcome.reason)
    await app.readCatalog()
    choose(machine.name)
  }

  /** Writes the chosen machine to a file. Rejects with the reason when it cannot be written. */
  async function exportChosen(): Promise<void> {
    const machine = chosen.value
    if (machine === undefined) return
    const outcome = await lab().exportMachine(machine)
    if (outcome.kind === 'refused') throw new Error(outcome.reason)
    if (outcome.kind === 'done') toasts.show(`Exported ${outcome.value}`)
  }

  return {
    draft,
    read,
    title,
    assumptions,
    refusal,
    chosen,
    edit,
    editCopy,
    importFrom,
    save,
    close,
    choose,
    remove,
    exportChosen,
  }
})
