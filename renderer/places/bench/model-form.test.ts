import { describe, expect, it } from 'vitest'
import { KERNEL_MODELS } from '../../../electron/allocator/models.ts'
import { choicesOf } from '../../../shared/policy.ts'
import { LISTED_CHOICES, optionsOf, resultOf, withChoice, type ModelForm } from './model-form.ts'

const empty: ModelForm = { name: '', base: 'v4.0', choices: {} }
const result = (form: ModelForm, taken: readonly string[] = []) => resultOf(form, KERNEL_MODELS, taken)

describe('the form of a kernel model', () => {
  it('asks for a difference first', () => {
    expect(result(empty)).toMatchObject({ problem: 'Choose at least one difference from v4.0.', summary: '' })
    expect(result({ ...empty, choices: { search: 'first-fit' } }).problem).toContain('at least one difference')
  })

  it('says what it will be, under a name that says it too', () => {
    const form = withChoice(withChoice(empty, 'search', 'best-fit'), 'lazyFactor', 0.5)
    expect(result(form)).toMatchObject({
      custom: { name: 'v4.0 best-fit+lazy0.5', base: 'v4.0', choices: { search: 'best-fit', lazyFactor: 0.5 } },
      summary: 'v4.0 best-fit+lazy0.5: v4.0 with search best-fit, lazy limit × 0.5.',
      problem: undefined,
      nameProblem: undefined,
    })
    expect(result({ ...form, name: ' mine ' }).custom.name).toBe('mine')
  })

  it('suggests a name that is free', () => {
    const form = withChoice(empty, 'search', 'best-fit')
    expect(result(form, ['V4.0 best-fit', 'v4.0 best-fit 2']).suggestion).toBe('v4.0 best-fit 3')
  })

  it('says at the name what is wrong with the name', () => {
    const named = (name: string) => result({ ...withChoice(empty, 'search', 'best-fit'), name })
    expect(named('v4.1')).toMatchObject({
      nameProblem: 'v4.1 is the name of a release; choose another.',
      problem: undefined,
    })
    expect(named('2nd').nameProblem).toMatch(/^The name "2nd" is not a letter and then at most 39 letters/)
  })

  it('says what else is wrong', () => {
    expect(result({ name: '', base: 'v2.6.28', choices: { purgeThreshold: 0.5 } }).problem).toBe(
      'v2.6.28 never purges fragments, so a purge threshold means nothing there.',
    )
  })

  it('forgets a choice that goes back to the base', () => {
    const form = withChoice(withChoice(empty, 'search', 'best-fit'), 'lazyFactor', 0.5)
    expect(withChoice(form, 'search', '').choices).toEqual({ lazyFactor: 0.5 })
    expect(withChoice(form, 'lazyFactor', undefined).choices).toEqual({ search: 'best-fit' })
  })

  it('offers what the base does first, and what it does not', () => {
    for (const release of KERNEL_MODELS) {
      for (const { choice } of LISTED_CHOICES) {
        const [own, ...others] = optionsOf(choice, release)
        expect(own).toMatchObject({ value: '', title: expect.stringContaining(`As in ${release.id}: `) as string })
        expect(others.map(({ value }) => value)).not.toContain(choicesOf(release)[choice])
        expect(others.length).toBeGreaterThan(0)
      }
    }
    expect(
      optionsOf(
        'newBlockAt',
        KERNEL_MODELS.find(({ id }) => id === 'v4.0')!,
      ),
    ).toEqual([
      { value: '', title: 'As in v4.0: HEAD' },
      { value: 'tail', title: 'TAIL' },
    ])
  })
})
