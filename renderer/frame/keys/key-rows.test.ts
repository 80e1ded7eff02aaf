import { describe, expect, it } from 'vitest'
import { keyGroups, withKey, withoutChange } from './key-rows.ts'

describe('the list of shortcuts', () => {
  it('has the place that is shown first, and what is searched for by title, place and key', () => {
    expect(keyGroups('', {}, 'replay').map(({ title }) => title)).toEqual([
      ...['Replay', 'Everywhere', 'Bench', 'Compare', 'Sweep', 'Journal', 'Reports'],
    ])
    const ids = (words: string) => keyGroups(words, {}, 'bench').flatMap(({ rows }) => rows.map(({ id }) => id))
    expect(ids('journal star')).toEqual(['star'])
    expect(ids('ctrl+k')).toContain('palette')
    expect(ids('no such thing')).toEqual([])
  })

  it('says which keys were changed', () => {
    const rows = keyGroups('', { star: 'X', run: 'Ctrl+Enter', tag: '' }, 'journal').flatMap((group) => group.rows)
    const changed = rows.filter((row) => row.changed)
    expect(changed.map(({ id, key }) => [id, key])).toEqual([
      ['star', 'X'],
      ['tag', undefined],
    ])
  })
})

describe('a change', () => {
  it('takes the key from those that had it, and goes away when it is as before', () => {
    const changes = withKey({}, 'star', 'T', ['tag'])
    expect(changes).toEqual({ star: 'T', tag: '' })
    expect(withoutChange(changes, 'star')).toEqual({ tag: '' })
    expect(withKey(changes, 'tag', 'T', ['star'])).toEqual({ star: '' })
  })
})
