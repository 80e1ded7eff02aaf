import { describe, expect, it } from 'vitest'
import { reactive } from 'vue'
import { KERNEL_MODELS } from '../../../electron/allocator/models.ts'
import type { Catalog } from '../../../shared/contract.ts'
import { MACHINE_PRESETS } from '../../../shared/machine.ts'
import { choiceOf } from '../../../shared/model-choice.ts'
import { kernelModelOf, type CustomModel } from '../../../shared/policy.ts'
import { benchModels, modelsOfRuns, unusableModels, withModel, withoutModel, withSavedModel } from './bench-models.ts'
import { runsOf, DEFAULT_SETUP, type BenchSetup } from './setup.ts'
import { setupOf } from './experiment.ts'

const mine: CustomModel = { name: 'mine', base: 'v4.0', choices: { search: 'best-fit' } }
const changed: CustomModel = { ...mine, choices: { search: 'worst-fit' } }
const later: CustomModel = { name: 'later', base: 'v9.9', choices: { search: 'best-fit' } }

function catalogWith(...customModels: readonly CustomModel[]): Catalog {
  const usable = customModels.filter(({ base }) => base !== 'v9.9')
  const parameters = [{ name: 'iters', help: '', min: 1, max: 10_000, default: 1000 }]
  return {
    scenarios: [{ id: 'exhaust', title: 'Exhaust', description: '', parameters, usesSeed: false, source: '' }],
    models: [...KERNEL_MODELS, ...usable.map((custom) => kernelModelOf(custom, KERNEL_MODELS))],
    customModels,
    machines: MACHINE_PRESETS,
    savedMachines: [],
  }
}

const setup = (change: Partial<BenchSetup>): BenchSetup => ({ ...structuredClone(DEFAULT_SETUP), ...change })
const customsOf = (given: BenchSetup, catalog: Catalog) =>
  benchModels(given, catalog)
    .slice(KERNEL_MODELS.length)
    .map(({ choice, origin }) => [choice.custom, origin])

describe('the models of the Bench', () => {
  it('are the releases, and then the saved ones that can be made', () => {
    const models = benchModels(setup({}), catalogWith(mine, later))
    expect(models.slice(0, KERNEL_MODELS.length).map(({ choice }) => choice)).toEqual(
      KERNEL_MODELS.map(({ id }) => ({ modelId: id })),
    )
    expect(models.slice(KERNEL_MODELS.length)).toMatchObject([
      { choice: { modelId: 'mine', custom: mine }, model: { id: 'mine', base: 'v4.0' }, origin: 'saved' },
    ])
    expect(unusableModels(catalogWith(mine, later))).toMatchObject([
      { name: 'later', problem: expect.stringContaining('there is no release v9.9') as string },
    ])
  })

  it('put that of an opened run before a saved one of its name, until it is unticked', () => {
    const catalog = catalogWith(mine)
    const opened = setup({ modelIds: ['v4.0', 'mine'], customModels: [changed] })
    expect(customsOf(opened, catalog)).toEqual([[changed, 'run']])
    const unticked = withModel(opened, catalog, 'mine', false)
    expect(unticked.modelIds).toEqual(['v4.0'])
    expect(customsOf(unticked, catalog)).toEqual([[mine, 'saved']])
    expect(withModel(unticked, catalog, 'mine', true).modelIds).toEqual(['v4.0', 'mine'])
  })

  it('keep that of an opened run while nothing of its name is saved', () => {
    const opened = setup({ modelIds: ['mine'], customModels: [changed] })
    expect(customsOf(withModel(opened, catalogWith(), 'mine', false), catalogWith())).toEqual([[changed, 'run']])
  })

  it('have a saved model ticked, also under a new name', () => {
    expect(withSavedModel(setup({ modelIds: ['v4.0'] }), mine).modelIds).toEqual(['v4.0', 'mine'])
    const renamed = withSavedModel(
      setup({ modelIds: ['mine'], customModels: [changed] }),
      { ...mine, name: 'ours' },
      'mine',
    )
    expect(renamed).toMatchObject({ modelIds: ['ours'], customModels: [] })
    expect(withoutModel(renamed, 'OURS').modelIds).toEqual([])
  })
})

describe('runs under custom models', () => {
  const none = new Map()

  it('carry the whole definition', () => {
    const runs = runsOf(setup({ modelIds: ['v4.0', 'mine'] }), catalogWith(mine), none)
    expect(runs.map(({ modelId, custom }) => [modelId, custom])).toEqual([
      ['v4.0', undefined],
      ['mine', mine],
    ])
    expect(runs[0]).not.toHaveProperty('custom')
  })

  it('can be sent to the other side of the window', () => {
    const watched = reactive(setup({ modelIds: ['mine'], customModels: [changed] }))
    expect(structuredClone(runsOf(watched, catalogWith(), none))).toMatchObject([{ custom: changed }])
  })

  it('are none for a model that is gone', () => {
    expect(runsOf(setup({ modelIds: ['mine'] }), catalogWith(), none)).toEqual([])
  })

  it.each([
    ['saved like that', [mine]],
    ['changed since', [changed]],
    ['deleted since', []],
  ])('are planned again as they were when their model is %s', (_, saved) => {
    const runs = runsOf(setup({ modelIds: ['v4.0', 'mine'] }), catalogWith(mine), none)
    const again = setupOf(runs, catalogWith(...saved), none)
    expect(again).toBeDefined()
    expect(runsOf(again!, catalogWith(...saved), none)).toEqual(runs)
  })

  it('bring along what is not saved just like that', () => {
    const choices = [{ modelId: 'v4.0' }, choiceOf(mine), choiceOf(mine)]
    expect(modelsOfRuns(choices, catalogWith(mine))).toEqual([])
    expect(modelsOfRuns(choices, catalogWith(changed))).toEqual([mine])
  })
})
