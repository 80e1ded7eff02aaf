import { describe, expect, it } from 'vitest'
import { clashesOf, COMMAND_IDS, keyOf } from './command-catalog.ts'

describe('the catalogue of commands', () => {
  it('gives no key to two commands that act in the same place', () => {
    const clashes = COMMAND_IDS.flatMap((id) => {
      const key = keyOf(id, {})
      return key === undefined ? [] : clashesOf(id, key, {}).map((other) => `${id} and ${other}: ${key}`)
    })
    expect(clashes).toEqual([])
  })

  it('finds who else would answer to a key', () => {
    expect(clashesOf('star', 'T', {})).toEqual(['tag'])
    expect(clashesOf('star', 'T', { tag: '' })).toEqual([])
    expect(clashesOf('star', 'K', {})).toEqual([])
    expect(clashesOf('star', 'Ctrl+K', {})).toEqual(['palette'])
    expect(clashesOf('palette', 'S', {})).toEqual(['star'])
    expect(clashesOf('cancel-sweep', 'Esc', {})).toEqual([])
  })
})
