import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KERNEL_MODELS } from '../electron/allocator/models.ts'
import {
  asDifference,
  choicesOf,
  customModelProblem,
  describeChoices,
  describePolicy,
  differencesFrom,
  isPolicyChoices,
  kernelModelOf,
  LAZY_FACTOR_MAX,
  LAZY_FACTOR_MIN,
  MODEL_NAME_MAX,
  type CustomModel,
  type PolicyChoices,
} from './policy.ts'

const release = (id: string) => KERNEL_MODELS.find((model) => model.id === id)!
const model = (change: Partial<CustomModel> = {}): CustomModel => ({
  name: 'mine',
  base: 'v4.0',
  choices: { search: 'best-fit' },
  ...change,
})
const problemOf = (change: Partial<CustomModel>) => customModelProblem(model(change), KERNEL_MODELS)

const anyChoices: fc.Arbitrary<PolicyChoices> = fc.record(
  {
    newBlockAt: fc.constantFrom('head', 'tail'),
    afterNewBlock: fc.constantFrom('search-again', 'occupy'),
    search: fc.constantFrom('first-fit', 'best-fit', 'worst-fit', 'next-fit'),
    purgeThreshold: fc.double({ min: 0, max: 1, noNaN: true }),
    lazyFactor: fc.double({ min: LAZY_FACTOR_MIN, max: LAZY_FACTOR_MAX, noNaN: true }),
    nodePools: fc.constantFrom('on', 'off'),
  },
  { requiredKeys: [] },
)
const anyModel = fc
  .record({ base: fc.constantFrom(...KERNEL_MODELS.map(({ id }) => id)), choices: anyChoices })
  .map(model)
  .filter((custom) => customModelProblem(custom, KERNEL_MODELS) === undefined)

describe('a custom model', () => {
  it('is its release with the chosen switches, under its own name and marked by its base', () => {
    const { description, ...switches } = kernelModelOf(model(), KERNEL_MODELS)
    const { description: ofRelease, ...own } = release('v4.0')
    expect(switches).toEqual({ ...own, id: 'mine', aliases: [], base: 'v4.0', search: 'best-fit' })
    expect(description).toBe('Experimental: v4.0 with search best-fit.')
    expect(description).not.toBe(ofRelease)
  })

  it('has the chosen values, and those of its base for the rest', () => {
    fc.assert(
      fc.property(anyModel, (custom) => {
        const made = choicesOf(kernelModelOf(custom, KERNEL_MODELS))
        expect(made).toEqual({ ...choicesOf(release(custom.base)), ...custom.choices })
      }),
    )
  })

  it('is the same without what its base does anyway', () => {
    fc.assert(
      fc.property(anyModel, (custom) => {
        const essential = asDifference(custom, KERNEL_MODELS)
        const { description } = kernelModelOf(essential, KERNEL_MODELS)
        expect(kernelModelOf(essential, KERNEL_MODELS)).toEqual({
          ...kernelModelOf(custom, KERNEL_MODELS),
          description,
        })
        for (const choice of Object.keys(essential.choices)) expect(custom.choices).toHaveProperty(choice)
        expect(asDifference(essential, KERNEL_MODELS)).toEqual(essential)
      }),
    )
  })

  it('gets the pools of the latest release where its base has none, and keeps those of a base that has', () => {
    const pools = (base: string, nodePools: 'on' | 'off') =>
      kernelModelOf(model({ base, choices: { search: 'next-fit', nodePools } }), KERNEL_MODELS).nodePools
    expect([pools('v4.0', 'on'), pools('v6.12', 'on'), pools('v6.19', 'off')]).toEqual(['keeping', 'decaying', 'none'])
  })

  it('can be made whatever its name: a run outlives the names of releases to come', () => {
    expect(kernelModelOf(model({ name: 'v4.0' }), KERNEL_MODELS)).toMatchObject({ id: 'v4.0', base: 'v4.0' })
  })

  it('is refused with the reason when it cannot be made', () => {
    const refused = model({ base: 'v9.9' })
    expect(() => kernelModelOf(refused, KERNEL_MODELS)).toThrow(RangeError)
    expect(() => kernelModelOf(refused, KERNEL_MODELS)).toThrow(/^Kernel model refused: there is no release v9\.9;/)
  })
})

describe('a name', () => {
  it.each(['mine', 'v4.0 best-fit', 'Tail+occupy_2', 'a'.repeat(MODEL_NAME_MAX)])('may be "%s"', (name) => {
    expect(problemOf({ name })).toBeUndefined()
  })

  it.each([
    ['', 'is not a letter and then at most 39 letters'],
    ['a'.repeat(MODEL_NAME_MAX + 1), 'is not a letter and then'],
    ['2nd', 'is not a letter and then'],
    ['two  spaces', 'is not a letter and then'],
    ['space at the end ', 'is not a letter and then'],
    ['<b>', 'is not a letter and then'],
    ['line\nend', 'is not a letter and then'],
    ['v4.1', 'v4.1 is the name of a release; choose another'],
    ['V4.1', 'V4.1 is the name of a release; choose another'],
    ['p3', 'p3 is the name of a release; choose another'],
    ['v7.0', 'v7.0 reads like the name of a release; choose another'],
    ['v4.0+mine', 'v4.0+mine reads like the name of a release; choose another'],
  ])('may not be "%s"', (name, problem) => {
    expect(problemOf({ name })).toContain(problem)
  })
})

describe('choices', () => {
  const bad = (choices: object) => problemOf({ choices: choices })

  it.each([
    [{}, 'it chooses nothing different from v4.0'],
    [{ search: 'first-fit', newBlockAt: 'head' }, 'it chooses nothing different from v4.0'],
    [{ search: 'fastest' }, 'search is fastest; accepted are first-fit, best-fit, worst-fit, next-fit'],
    [{ newBlockAt: 'middle' }, 'newBlockAt is middle; accepted are head, tail'],
    [{ nodePools: true }, 'nodePools is true; accepted are on, off'],
    [{ purgeThreshold: 1.01 }, 'purgeThreshold is 1.01; accepted are numbers from 0 to 1'],
    [{ purgeThreshold: '0.5' }, 'purgeThreshold is 0.5; accepted are numbers from 0 to 1'],
    [{ lazyFactor: 0 }, 'lazyFactor is 0; accepted are numbers from 0.001 to 1000'],
    [{ lazyFactor: NaN }, 'lazyFactor is NaN; accepted are numbers from 0.001 to 1000'],
    [{ search: 'best-fit', colour: 'blue' }, 'there is no choice colour'],
  ])('%j are refused', (choices, problem) => {
    expect(bad(choices)).toBe(problem)
  })

  it('of a purge threshold mean nothing where fragments are never purged', () => {
    expect(problemOf({ base: 'v2.6.28', choices: { purgeThreshold: 0.5 } })).toBe(
      'v2.6.28 never purges fragments, so a purge threshold means nothing there',
    )
  })

  it('that a release makes itself are no difference from it', () => {
    for (const { id } of KERNEL_MODELS) expect(differencesFrom(release(id), choicesOf(release(id)))).toEqual({})
  })

  it('are described by what they change', () => {
    expect(describeChoices({ search: 'best-fit', lazyFactor: 0.5 })).toBe('search best-fit, lazy limit × 0.5')
    expect(
      describeChoices({ newBlockAt: 'tail', afterNewBlock: 'occupy', purgeThreshold: 0.29, nodePools: 'off' }),
    ).toBe('new block at the TAIL, a new block is used at once, fragments purged below 29 % free, node pools off')
    expect(describeChoices({ afterNewBlock: 'search-again', purgeThreshold: 0 })).toBe(
      'search again after a new block, fragments purged below 0 % free',
    )
    expect(describePolicy(model())).toBe('v4.0 with search best-fit')
  })

  it('that differ are described differently', () => {
    fc.assert(
      fc.property(anyChoices, anyChoices, (left, right) => {
        fc.pre(JSON.stringify(Object.entries(left).sort()) !== JSON.stringify(Object.entries(right).sort()))
        // What differs after the twelfth digit is read as the same number
        fc.pre(
          Math.abs((left.purgeThreshold ?? 0) - (right.purgeThreshold ?? 0)) > 1e-9 ||
            left.purgeThreshold === right.purgeThreshold,
        )
        expect(describeChoices(left)).not.toBe(describeChoices(right))
      }),
    )
  })

  it.each([
    [{}, true],
    [{ search: 'best-fit', lazyFactor: 2 }, true],
    [{ search: 'x'.repeat(41) }, false],
    [[], false],
    [null, false],
    ['tail', false],
    [{ search: {} }, false],
    [{ lazyFactor: Infinity }, false],
    [Object.fromEntries(Array.from({ length: 41 }, (_, i) => [i, i])), false],
  ])('are read from elsewhere when they have their form: %j', (value, accepted) => {
    expect(isPolicyChoices(value)).toBe(accepted)
  })
})
