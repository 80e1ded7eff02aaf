import { describe, expect, it } from 'vitest'
import { Journal, JournalError } from './index.ts'
import { newExperiment, newJournalPath, newResult } from './journal.fixture.ts'

/** Experiments 1 to 3, of two finished runs each. */
function openFilled() {
  let timeMs = 100
  const journal = Journal.open(newJournalPath(), { labVersion: '0.1.0', now: () => ++timeMs })
  for (const title of ['One', 'Two', 'Three']) {
    const { runIds } = journal.startExperiment(newExperiment({ title }))
    for (const id of runIds) journal.finishRun(id, newResult())
  }
  const found = (search: string) => journal.listExperiments({ search, limit: 9 }).map(({ id }) => id)
  return { journal, found }
}

describe('marks', () => {
  it('are changed for many at once and brought back as they were', () => {
    const { journal, found } = openFilled()
    journal.setStarred(2, true)
    journal.setTags(2, ['b', 'a'])
    const before = journal.changeMarks([1, 2, 99], { starred: true, addTag: 'A', archived: true })
    expect(before).toEqual([
      { id: 1, starred: false, tags: [] },
      { id: 2, starred: true, tags: ['b', 'a'] },
    ])
    expect(found('')).toEqual([3])
    expect(found('archived:yes starred:yes tag=a')).toEqual([2, 1])
    expect(journal.openExperiment(1)).toMatchObject({ tags: ['A'], starred: true })
    expect(journal.openExperiment(2)?.tags).toEqual(['b', 'a'])
    journal.restoreMarks(before)
    expect(found('')).toEqual([3, 2, 1])
    expect(found('starred:yes')).toEqual([2])
    expect(found('tag:a')).toEqual([2])
    journal.close()
  })

  it('take a tag away whatever its case', () => {
    const { journal, found } = openFilled()
    journal.setTags(1, ['Review', 'mm'])
    const before = journal.changeMarks([1, 2, 3], { removeTag: 'review' })
    expect(found('tag:review')).toEqual([])
    expect(journal.openExperiment(1)?.tags).toEqual(['mm'])
    journal.restoreMarks(before)
    expect(found('review')).toEqual([1])
    journal.close()
  })

  it('are refused for all when one cannot have them', () => {
    const { journal, found } = openFilled()
    journal.setTags(
      2,
      Array.from({ length: 32 }, (_, i) => `tag ${i}`),
    )
    const act = () => journal.changeMarks([1, 2, 3], { addTag: 'more' })
    expect(act).toThrow(/"Two" cannot be tagged, so nothing was changed: .*TAGS_MAX/)
    expect(act).toThrow(JournalError)
    expect(found('tag:more')).toEqual([])
    journal.close()
  })
})

describe('the trash', () => {
  it('keeps what is in it until it is emptied, out of lists and totals', () => {
    const { journal, found } = openFilled()
    const before = journal.changeMarks([1, 3], { trashed: true })
    expect(found('')).toEqual([2])
    expect(found('trashed:yes')).toEqual([3, 1])
    expect(journal.totals()).toEqual({ experiments: 1, runs: 2 })
    expect(journal.trashContents()).toEqual({ experiments: 2, runs: 4, titles: ['Three', 'One'] })
    expect(journal.openExperiment(3)?.trashedAtMs).toBeGreaterThan(100)
    journal.restoreMarks(before.filter(({ id }) => id === 1))
    expect(found('')).toEqual([2, 1])
    expect(journal.emptyTrash(100)).toBe(1)
    expect(journal.openExperiment(3)).toBeUndefined()
    expect(journal.openRun(5)).toBeUndefined()
    expect(found('trashed:yes OR archived:yes')).toEqual([])
    expect(found('param.iters:1000')).toEqual([2, 1])
    expect(journal.trashContents()).toEqual({ experiments: 0, runs: 0, titles: [] })
    journal.restoreMarks(before)
    expect(found('')).toEqual([2, 1])
    journal.close()
  })

  it('shows what was archived before', () => {
    const { journal, found } = openFilled()
    journal.changeMarks([1], { archived: true })
    journal.changeMarks([1], { trashed: true })
    expect(found('trashed:yes')).toEqual([1])
    expect(found('archived:yes')).toEqual([])
    journal.close()
  })

  it('takes nothing that is under way', () => {
    const { journal, found } = openFilled()
    journal.startExperiment(newExperiment({ title: 'Now' }))
    expect(() => journal.changeMarks([1, 4], { trashed: true })).toThrow(/"Now" is under way/)
    expect(found('')).toEqual([4, 3, 2, 1])
    journal.close()
  })
})
