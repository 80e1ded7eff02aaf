import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { LabApi } from '../../shared/contract.ts'
import { MACHINE_PRESETS } from '../../shared/machine.ts'
import { asChoice, type ImportedMachine, type SavedMachine } from '../../shared/saved-machine.ts'
import { installFakeLab, type FakeLab } from '../testing/fake-lab.ts'
import { useAppStore } from './app.ts'
import { useBenchStore } from './bench.ts'
import { useMachinesStore } from './machines.ts'
import { useToastsStore } from './toasts.ts'

const i386 = MACHINE_PRESETS.find(({ id }) => id === 'i386')!.machine
const board: SavedMachine = { name: 'board', description: 'On my desk.', machine: { ...i386, nrCpus: 3 } }
const imported: ImportedMachine = { ...board, name: 'x86_64 6.1', description: 'Read.', assumptions: ['One.', 'Two.'] }

/** What the journal holds. */
let saved: SavedMachine[]
let lab: FakeLab

const methods: Partial<LabApi> = {
  catalog: () =>
    Promise.resolve({
      scenarios: [],
      models: [],
      customModels: [],
      machines: [...MACHINE_PRESETS, ...saved.map(asChoice)],
      savedMachines: [...saved],
    }),
  saveMachine: ({ machine, formerName }) => {
    saved = [...saved.filter(({ name }) => name !== machine.name && name !== formerName), machine]
    return Promise.resolve({ kind: 'done', value: machine })
  },
  deleteMachine: (name) => {
    saved = saved.filter((machine) => machine.name !== name)
    return Promise.resolve()
  },
  importMachine: () => Promise.resolve({ kind: 'done', value: imported }),
  exportMachine: () => Promise.resolve({ kind: 'done', value: '/tmp/board.json' }),
}

beforeEach(async () => {
  saved = [board]
  lab = installFakeLab(methods)
  setActivePinia(createPinia())
  await useAppStore().readCatalog()
})
afterEach(() => {
  vi.unstubAllGlobals()
})

/** The store with the Bench set to a machine. */
function withChosen(machineId: string) {
  const machines = useMachinesStore()
  machines.choose(machineId)
  return machines
}

const setup = () => useBenchStore().setup
const lastToast = () => useToastsStore().toasts.at(-1)

describe('the editor', () => {
  it('opens on a saved machine itself, and on a copy of anything else', () => {
    const machines = withChosen('board')
    machines.edit()
    expect(machines.title).toBe('Edit board')
    expect(machines.draft).toMatchObject({ name: 'board', nrCpus: '3', description: 'On my desk.' })
    machines.editCopy()
    expect(machines.title).toBe('New machine')
    expect(machines.draft).toMatchObject({ name: 'board copy', nrCpus: '3' })
    machines.choose('i386')
    machines.edit()
    expect(machines.draft).toMatchObject({ name: 'i386 copy', nrCpus: '1' })
  })

  it('keeps a machine that an opened run recorded', async () => {
    const machines = useMachinesStore()
    useBenchStore().setup = { ...setup(), machineId: 'custom', recordedMachine: board.machine }
    expect(machines.chosen).toEqual({ name: 'custom', description: '', machine: board.machine })
    machines.edit()
    expect(machines.draft).toMatchObject({ name: 'machine', nrCpus: '3' })
    await machines.save()
    expect(setup()).toMatchObject({ machineId: 'machine' })
    expect(setup()).not.toHaveProperty('recordedMachine')
  })

  it('saves what is typed, chooses it and closes', async () => {
    const machines = withChosen('i386')
    machines.edit()
    machines.draft = { ...machines.draft!, name: ' desk ', nrCpus: '4', vmallocStart: 'f8000000', vmallocSize: '64M' }
    expect(machines.read?.machine).toMatchObject({ nrCpus: 4, bbmapBits: 512 })
    await machines.save()
    expect(machines.draft).toBeUndefined()
    expect(setup().machineId).toBe('desk')
    expect(machines.chosen?.machine).toMatchObject({ vmallocStartPage: 0xf8000, vmallocPages: 16_384 })
    expect(saved.map(({ name }) => name)).toEqual(['board', 'desk'])
  })

  it('renames: the former name is gone', async () => {
    const machines = withChosen('board')
    machines.edit()
    machines.draft = { ...machines.draft!, name: 'desk' }
    await machines.save()
    expect(saved.map(({ name }) => name)).toEqual(['desk'])
    expect(setup().machineId).toBe('desk')
  })

  it('does not save over another machine, or what is wrong', async () => {
    const machines = withChosen('i386')
    machines.edit()
    for (const wrong of [{ name: 'Board' }, { name: 'desk', nrCpus: '0' }, { name: '' }]) {
      machines.draft = { ...machines.draft!, ...wrong }
      await machines.save()
      expect(machines.draft).toBeDefined()
    }
    expect(saved).toEqual([board])
  })

  it('shows why saving was refused, and keeps what was typed', async () => {
    lab.methods.saveMachine = () => Promise.resolve({ kind: 'refused', reason: 'The journal is full.' })
    const machines = withChosen('i386')
    machines.edit()
    await machines.save()
    expect(machines.refusal).toBe('The journal is full.')
    expect(machines.draft).toMatchObject({ name: 'i386 copy' })
  })

  it('that is closed gives back what was typed, and says nothing when nothing was', () => {
    const machines = withChosen('board')
    machines.edit()
    machines.close()
    expect(lastToast()).toBeUndefined()
    machines.edit()
    machines.draft = { ...machines.draft!, nrCpus: '7' }
    machines.close()
    expect(machines.draft).toBeUndefined()
    lastToast()?.action?.run()
    expect(machines.draft).toMatchObject({ name: 'board', nrCpus: '7' })
    expect(machines.title).toBe('Edit board')
  })
})

describe('an import', () => {
  it('fills the editor with the machine, its name and its assumptions, and saves nothing', async () => {
    const machines = withChosen('i386')
    await machines.importFrom('kernel-config')
    expect(machines.draft).toMatchObject({ name: 'x86_64 6.1', nrCpus: '3', description: 'Read.' })
    expect(machines.assumptions).toEqual(['One.', 'Two.'])
    expect(saved).toEqual([board])
  })

  it('keeps the name of the saved machine that is edited, and takes no name that is taken', async () => {
    const machines = withChosen('board')
    machines.edit()
    await machines.importFrom('kernel-config')
    expect(machines.draft?.name).toBe('board')
    lab.methods.importMachine = () => Promise.resolve({ kind: 'done', value: { ...imported, name: 'Board' } })
    machines.editCopy()
    await machines.importFrom('machine-file')
    expect(machines.draft?.name).toBe('Board copy')
    lab.methods.importMachine = () => Promise.resolve({ kind: 'done', value: imported })
    await machines.importFrom('kernel-config')
    expect(machines.draft?.name).toBe('x86_64 6.1')
    machines.draft = { ...machines.draft!, name: 'desk' }
    await machines.importFrom('machine-file')
    expect(machines.draft.name).toBe('desk')
  })

  it('that is refused or declined leaves what was typed', async () => {
    const machines = withChosen('i386')
    machines.edit()
    const before = machines.draft
    lab.methods.importMachine = () => Promise.resolve({ kind: 'refused', reason: 'x: line 2.' })
    await machines.importFrom('kernel-config')
    expect(machines.refusal).toBe('x: line 2.')
    expect(machines.draft).toEqual(before)
    lab.methods.importMachine = () => Promise.resolve({ kind: 'declined' })
    await machines.importFrom('kernel-config')
    expect(machines.refusal).toBeUndefined()
    expect(machines.draft).toEqual(before)
  })
})

describe('the chosen machine', () => {
  it('is deleted, and comes back with Undo', async () => {
    const machines = withChosen('board')
    await machines.remove()
    expect(saved).toEqual([])
    expect(setup().machineId).toBe('x86_64')
    lastToast()?.action?.run()
    await vi.waitFor(() => expect(setup().machineId).toBe('board'))
    expect(saved).toEqual([board])
  })

  it('is not deleted when it is a preset', async () => {
    await withChosen('i386').remove()
    expect(setup().machineId).toBe('i386')
    expect(saved).toEqual([board])
  })

  it('is exported, or the reason why not is told', async () => {
    const machines = withChosen('board')
    await machines.exportChosen()
    expect(lastToast()?.text).toBe('Exported /tmp/board.json')
    lab.methods.exportMachine = () => Promise.resolve({ kind: 'refused', reason: 'The disk is full.' })
    await expect(machines.exportChosen()).rejects.toThrow('The disk is full.')
  })

  it('is none where its name stands for none any more', async () => {
    const machines = withChosen('gone')
    expect(machines.chosen).toBeUndefined()
    machines.edit()
    await machines.remove()
    await machines.exportChosen()
    expect(machines.draft).toBeUndefined()
  })
})
