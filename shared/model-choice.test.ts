import { describe, expect, it } from 'vitest'
import { KERNEL_MODELS } from '../electron/allocator/models.ts'
import { choiceOf, distinctModels, experimentalNote, modelKey, modelOf, policyName } from './model-choice.ts'
import { customModelProblem, MODEL_NAME_MAX, type CustomModel } from './policy.ts'

const bestFit: CustomModel = { name: 'mine', base: 'v4.0', choices: { search: 'best-fit', lazyFactor: 2 } }
const worstFit: CustomModel = { name: 'mine', base: 'v4.0', choices: { search: 'worst-fit' } }

describe('the model of a run', () => {
  it('is a release by its id or an alias', () => {
    expect(modelOf({ modelId: 'v4.1' }, KERNEL_MODELS)).toBe(KERNEL_MODELS.find(({ id }) => id === 'v4.1'))
    expect(modelOf({ modelId: 'p3' }, KERNEL_MODELS).id).toBe('v4.1')
  })

  it("is the run's own definition, whatever else has its name", () => {
    expect(modelOf(choiceOf(bestFit), KERNEL_MODELS)).toMatchObject({ id: 'mine', base: 'v4.0', search: 'best-fit' })
    expect(modelOf(choiceOf(worstFit), KERNEL_MODELS)).toMatchObject({ id: 'mine', search: 'worst-fit' })
  })

  it('is none for an unknown id', () => {
    expect(() => modelOf({ modelId: 'mine' }, KERNEL_MODELS)).toThrow(new RangeError('There is no kernel model mine.'))
  })

  it('is marked when it is experimental', () => {
    expect(experimentalNote(choiceOf(worstFit))).toBe('experimental (v4.0 with search worst-fit)')
    expect(experimentalNote({ modelId: 'v4.0' })).toBeUndefined()
  })
})

describe('models of several runs', () => {
  it('are the same with the same name and definition, in whatever order it was written', () => {
    const turned = { ...bestFit, choices: { lazyFactor: 2, search: 'best-fit' } as const }
    expect(modelKey(choiceOf(turned))).toBe(modelKey(choiceOf(bestFit)))
    const others = [worstFit, { ...bestFit, name: 'other' }, { ...bestFit, base: 'v4.1' }].map(choiceOf)
    expect(new Set([choiceOf(bestFit), ...others, { modelId: 'mine' }].map(modelKey)).size).toBe(5)
  })

  it('are named once each, in order of first appearance', () => {
    const [first, second, third] = [{ modelId: 'v4.1' }, choiceOf(bestFit), choiceOf(worstFit)]
    expect(distinctModels([first, second, first, third, second])).toEqual([first, second, third])
  })
})

describe('the name of a model that nobody named', () => {
  it('says what it is', () => {
    expect(policyName('v4.0', { search: 'best-fit' })).toBe('v4.0 best-fit')
    expect(policyName('v4.0', { newBlockAt: 'tail', afterNewBlock: 'occupy', lazyFactor: 0.5 })).toBe(
      'v4.0 tail+occupy+lazy0.5',
    )
    expect(policyName('v6.19', { purgeThreshold: 0, nodePools: 'off' })).toBe('v6.19 purge0+no-pools')
  })

  it('can be used, however much is chosen', () => {
    const choices = { newBlockAt: 'head', afterNewBlock: 'search-again', search: 'worst-fit' } as const
    const name = policyName('v6.19', { ...choices, purgeThreshold: 0.123456789, lazyFactor: 1.5 })
    expect(name.length).toBeLessThanOrEqual(MODEL_NAME_MAX)
    expect(customModelProblem({ name, base: 'v6.19', choices }, KERNEL_MODELS)).toBeUndefined()
  })
})
