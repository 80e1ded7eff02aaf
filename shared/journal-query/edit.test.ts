import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { completionsAt, type QueryNames } from './complete.ts'
import { chosenValue, quotedIfNeeded, withChoice, withoutChoice } from './edit.ts'
import { parseQuery } from './parse.ts'

describe('a choice', () => {
  it.each([
    ['', 'model=v4.1'],
    ['tail', 'tail model=v4.1'],
    ['model=v4.0 tail', 'tail model=v4.1'],
    ['a OR b', '(a OR b) model=v4.1'],
    ['(a OR b)', '(a OR b) model=v4.1'],
    ['model:v4 seed>1', 'model:v4 seed>1 model=v4.1'],
    ['a AND NOT model=v4.0', 'a NOT model=v4.0 model=v4.1'],
    ['"open', '"open'],
  ])('in "%s" gives "%s"', (query, expected) => {
    expect(withChoice(query, 'model', 'v4.1')).toBe(expected)
  })

  it('is taken back', () => {
    expect(withoutChoice('tail model=v4.1 seed=1', 'model')).toBe('tail seed=1')
    expect(withoutChoice('star:yes tail', 'starred')).toBe('tail')
    expect(withoutChoice('a OR model=v4.1', 'model')).toBe('a OR model=v4.1')
  })

  it('is known by its field, however it was typed', () => {
    expect(chosenValue('tail MODEL=v4.1', 'model')).toBe('v4.1')
    expect(chosenValue('star:yes', 'starred')).toBe('yes')
    expect(chosenValue('model:v4.1', 'model')).toBeUndefined()
    expect(chosenValue('a OR model=v4.1', 'model')).toBeUndefined()
  })

  it('of any value is read as that value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), (tag) => {
        expect(chosenValue(withChoice('a OR b', 'tag', tag), 'tag')).toBe(tag)
        expect(parseQuery(quotedIfNeeded(tag)).ok).toBe(true)
      }),
    )
  })
})

describe('completions', () => {
  const names: QueryNames = {
    scenarios: ['exhaust', 'My scenario'],
    models: ['v4.0', 'v4.1'],
    machines: ['x86_64'],
    tags: ['mm list', 'mmap'],
    parameters: ['iters'],
  }
  const at = (typed: string): [number, string[]] => {
    const { from, options } = completionsAt(typed, typed.length, names)
    return [from, options.map(({ text }) => text)]
  }

  it('are names of fields', () => {
    expect(at('mo')).toEqual([0, ['model:']])
    expect(at('tail OR MA')).toEqual([8, ['machine:', 'maps:']])
    expect(at('-ta')).toEqual([1, ['tag:']])
    expect(at('(par')).toEqual([1, ['param.', 'param.iters:']])
    expect(at('tail ')).toEqual([5, []])
  })

  it('are values of the field', () => {
    expect(at('model=')).toEqual([6, ['v4.0 ', 'v4.1 ']])
    expect(at('x model : 4.1')).toEqual([10, ['v4.1 ']])
    expect(at('tag:mm')).toEqual([4, ['"mm list" ', 'mmap ']])
    expect(at('tag:"mm l')).toEqual([4, ['"mm list" ']])
    expect(at('star:')).toEqual([5, ['yes ', 'no ']])
    expect(at('status:f')).toEqual([7, ['finished ', 'failed ']])
    expect(at('seed:')).toEqual([5, []])
  })

  it('are of the word before the caret alone', () => {
    expect(completionsAt('mo tail', 2, names)).toMatchObject({ from: 0, options: [{ text: 'model:' }] })
  })
})
