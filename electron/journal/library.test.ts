import { describe, expect, it } from 'vitest'
import { LIBRARY_ITEMS_MAX } from '../../shared/journal.ts'
import { Journal, JournalError } from './index.ts'
import { newJournalPath } from './journal.fixture.ts'

const bestFit = { base: 'v4.0', choices: { search: 'best-fit' } } as const
const tail = { base: 'v4.0', choices: { newBlockAt: 'tail' } } as const

/** A journal whose clock ticks once a look. */
function open(path = newJournalPath()): Journal {
  let nowMs = 0
  return Journal.open(path, { labVersion: '0.1.0', now: () => ++nowMs })
}

const namesOf = (journal: Journal): string[] => journal.savedItems('model').map(({ name }) => name)

describe('what is saved by name', () => {
  it('is there again after the journal was closed, in order of its names', () => {
    const path = newJournalPath()
    const journal = open(path)
    journal.saveItem({ kind: 'model', name: 'second', definition: tail })
    journal.saveItem({ kind: 'model', name: 'First', definition: bestFit })
    journal.close()
    const again = open(path)
    expect(again.savedItems('model')).toMatchObject([
      { name: 'First', definition: bestFit },
      { name: 'second', definition: tail },
    ])
    again.close()
  })

  it('is of its kind: a model and a machine may have one name', () => {
    const journal = open()
    const machine = { wordBits: 32, nrCpus: 1, vmallocStartPage: 0xf8000, vmallocPages: 256, bbmapBits: 64 } as const
    const definition = { description: 'Small.', machine }
    journal.saveItem({ kind: 'model', name: 'mine', definition: bestFit })
    journal.saveItem({ kind: 'machine', name: 'mine', definition })
    expect(journal.savedItems('machine')).toMatchObject([{ name: 'mine', definition }])
    journal.deleteItem('machine', 'mine')
    expect(namesOf(journal)).toEqual(['mine'])
    journal.close()
  })

  it('takes the place of what has its name, whatever the case', () => {
    const journal = open()
    journal.saveItem({ kind: 'model', name: 'mine', definition: bestFit })
    const [before] = journal.savedItems('model')
    journal.saveItem({ kind: 'model', name: 'Mine', definition: tail })
    const [after, ...others] = journal.savedItems('model')
    expect(others).toEqual([])
    expect(after).toMatchObject({ name: 'Mine', definition: tail })
    expect(after!.updatedAtMs).toBeGreaterThan(before!.updatedAtMs)
    journal.close()
  })

  it('is renamed by being saved in place of its former name', () => {
    const journal = open()
    journal.saveItem({ kind: 'model', name: 'mine', definition: bestFit })
    journal.saveItem({ kind: 'model', name: 'yours', definition: tail })
    journal.saveItem({ kind: 'model', name: 'ours', definition: bestFit, formerName: 'mine' })
    expect(namesOf(journal)).toEqual(['ours', 'yours'])
    journal.close()
  })

  it('goes when it is deleted', () => {
    const journal = open()
    journal.saveItem({ kind: 'model', name: 'mine', definition: bestFit })
    expect(journal.deleteItem('model', 'MINE')).toBe(true)
    expect(journal.deleteItem('model', 'mine')).toBe(false)
    expect(namesOf(journal)).toEqual([])
    journal.close()
  })

  it('is bounded, and what is refused changes nothing', () => {
    const journal = open()
    for (let i = 0; i < LIBRARY_ITEMS_MAX; i++) {
      journal.saveItem({ kind: 'model', name: `model ${i}`, definition: bestFit })
    }
    const before = namesOf(journal)
    const oneMore = (): void => journal.saveItem({ kind: 'model', name: 'one more', definition: bestFit })
    expect(oneMore).toThrow(/holds 200 saved models, as many as it may \(LIBRARY_ITEMS_MAX\)\. Delete one first/)
    expect(oneMore).toThrow(JournalError)
    expect(namesOf(journal)).toEqual(before)
    journal.saveItem({ kind: 'model', name: 'model 7', definition: tail })
    journal.saveItem({ kind: 'model', name: 'another name', definition: tail, formerName: 'model 8' })
    expect(namesOf(journal)).toHaveLength(LIBRARY_ITEMS_MAX)
    journal.close()
  })
})
