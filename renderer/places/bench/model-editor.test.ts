import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { KERNEL_MODELS } from '../../../electron/allocator/models.ts'
import type { Catalog, LabApi, SaveModelRequest } from '../../../shared/contract.ts'
import { MACHINE_PRESETS } from '../../../shared/machine.ts'
import { kernelModelOf, type CustomModel } from '../../../shared/policy.ts'
import { useAppStore } from '../../stores/app.ts'
import { useBenchStore } from '../../stores/bench.ts'
import { useToastsStore } from '../../stores/toasts.ts'
import { installFakeLab } from '../../testing/fake-lab.ts'
import { useModelEditor } from './model-editor.ts'

const mine: CustomModel = { name: 'mine', base: 'v4.0', choices: { search: 'best-fit' } }

/** What is saved in the fake lab, and what it was asked to save and to copy. */
let saved: CustomModel[] = []
let requests: SaveModelRequest[] = []
let copied = ''

const catalog = (): Catalog => ({
  scenarios: [],
  models: [...KERNEL_MODELS, ...saved.map((custom) => kernelModelOf(custom, KERNEL_MODELS))],
  customModels: [...saved],
  machines: MACHINE_PRESETS,
  savedMachines: [],
})

const methods: Partial<LabApi> = {
  catalog: () => Promise.resolve(catalog()),
  saveModel: (request) => {
    requests.push(request)
    if (saved.length > 1) return Promise.resolve({ kind: 'refused', reason: 'There is no room.' })
    saved = saved.filter(({ name }) => name !== request.formerName && name !== request.model.name)
    saved.push(request.model)
    return Promise.resolve({ kind: 'done', value: request.model })
  },
  deleteModel: (name) => {
    saved = saved.filter((custom) => custom.name !== name)
    return Promise.resolve()
  },
  copyText: (text) => {
    copied = text
    return Promise.resolve()
  },
}

beforeEach(async () => {
  saved = []
  requests = []
  installFakeLab(methods)
  setActivePinia(createPinia())
  await useAppStore().readCatalog()
})
afterEach(() => vi.unstubAllGlobals())

const ticked = (): readonly string[] => useBenchStore().setup.modelIds

describe('the editor of kernel models', () => {
  it('begins with the release that the lab began with', () => {
    const editor = useModelEditor()
    editor.open()
    expect(editor.edited.value).toEqual({ form: { name: '', base: 'v4.0', choices: {} }, savedName: undefined })
  })

  it('saves a new model, ticks it and closes', async () => {
    const editor = useModelEditor()
    editor.open()
    await editor.save(mine, undefined)
    expect(requests).toEqual([{ model: mine }])
    expect(useAppStore().catalog.customModels).toEqual([mine])
    expect(ticked()).toEqual(['v4.0', 'v4.1', 'mine'])
    expect(editor.edited.value).toBeUndefined()
  })

  it('saves in place of the former name', async () => {
    const editor = useModelEditor()
    await editor.save(mine, undefined)
    editor.open('mine')
    expect(editor.edited.value).toMatchObject({ form: mine, savedName: 'mine' })
    await editor.save({ ...mine, name: 'ours' }, 'mine')
    expect(saved.map(({ name }) => name)).toEqual(['ours'])
    expect(ticked()).toEqual(['v4.0', 'v4.1', 'ours'])
  })

  it('opens the model of an opened run as a new one', () => {
    useBenchStore().setup.customModels = [mine]
    const editor = useModelEditor()
    editor.open('mine')
    expect(editor.edited.value).toMatchObject({ form: mine, savedName: undefined })
  })

  it('stays open and says why when saving is refused', async () => {
    const editor = useModelEditor()
    await editor.save(mine, undefined)
    await editor.save({ ...mine, name: 'second' }, undefined)
    editor.open()
    await editor.save({ ...mine, name: 'third' }, undefined)
    expect(editor.refusal.value).toBe('There is no room.')
    expect(editor.edited.value).toBeDefined()
  })

  it.each([true, false])('deletes a model, which can be undone; ticked: %s', async (on) => {
    const editor = useModelEditor()
    await editor.save(mine, undefined)
    if (!on) useBenchStore().setup.modelIds = ['v4.0']
    const before = ticked()
    await editor.remove('mine')
    expect(saved).toEqual([])
    expect(ticked()).not.toContain('mine')
    useToastsStore().toasts.at(-1)!.action!.run()
    await vi.waitFor(() => expect(useAppStore().catalog.customModels).toEqual([mine]))
    await vi.waitFor(() => expect(ticked()).toEqual(before))
  })

  it('copies a model as the file that the command line reads', async () => {
    await useModelEditor().copy(mine)
    expect(JSON.parse(copied)).toEqual({ name: 'mine', base: 'v4.0', search: 'best-fit' })
  })
})
