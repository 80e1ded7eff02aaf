import { describe, expect, it } from 'vitest'
import { BOOKMARKS_MAX } from '../../shared/journal.ts'
import { Journal } from './index.ts'
import { merged, newExperiment, newJournalPath, newResult } from './journal.fixture.ts'

/** One experiment of two finished runs, 1 and 2. */
function openFilled(title = 'One') {
  let timeMs = 100
  const path = newJournalPath()
  const journal = Journal.open(path, { labVersion: '0.1.0', now: () => ++timeMs })
  const { runIds } = journal.startExperiment(newExperiment({ title }))
  for (const id of runIds) journal.finishRun(id, newResult())
  return { journal, path }
}

describe('bookmarks', () => {
  it('are kept with a note, found by their runs in the order of operations, changed and deleted', () => {
    const { journal } = openFilled()
    const late = journal.keepBookmark({ runId: 1, operation: 900, note: '  the last hole ' })
    const early = journal.keepBookmark({ runId: 1, operation: 255, note: '' })
    journal.keepBookmark({ runId: 2, operation: 300, note: 'other' })
    expect(late.note).toBe('the last hole')
    expect(journal.bookmarks([1]).map(({ operation }) => operation)).toEqual([255, 900])
    expect(journal.bookmarks([2, 1]).map(({ operation }) => operation)).toEqual([255, 300, 900])
    expect(journal.bookmarks([])).toEqual([])
    expect(journal.keepBookmark({ ...early, note: 'they part' })).toEqual({ ...early, note: 'they part' })
    expect(journal.bookmarks([1])[0]).toEqual({ ...early, note: 'they part' })
    journal.deleteBookmark(early.id)
    journal.deleteBookmark(early.id)
    expect(journal.bookmarks([1])).toEqual([late])
    journal.close()
  })

  it('are refused without a run, with too long a note, and beyond their number', () => {
    const { journal } = openFilled()
    const refused = (bookmark: Parameters<Journal['keepBookmark']>[0]) => () => journal.keepBookmark(bookmark)
    expect(refused({ runId: 9, operation: 1, note: '' })).toThrow('There is no run 9 to keep a moment of.')
    expect(refused({ runId: 1, operation: 1, note: 'x'.repeat(501) })).toThrow('(BOOKMARK_NOTE_LENGTH_MAX)')
    for (let operation = 0; operation < BOOKMARKS_MAX; operation += 1) {
      journal.keepBookmark({ runId: 1, operation, note: '' })
    }
    expect(refused({ runId: 1, operation: BOOKMARKS_MAX, note: '' })).toThrow('(BOOKMARKS_MAX). Delete one of them.')
    expect(journal.keepBookmark({ runId: 1, operation: 7, note: 'still' }).note).toBe('still')
    journal.close()
  })

  it('go with their runs: into another journal, and out of the trash for ever', () => {
    const there = openFilled('There')
    there.journal.keepBookmark({ runId: 2, operation: 5, note: 'kept' })
    there.journal.close()
    const { journal } = openFilled()
    journal.startExperiment(newExperiment({ title: 'Two' }))
    merged(journal, there.path)
    const runs = journal.listExperiments({ search: '', limit: 9 }).flatMap((one) => one.runs.map(({ id }) => id))
    expect(journal.bookmarks(runs)).toMatchObject([{ operation: 5, note: 'kept' }])
    const [{ runId } = { runId: 0 }] = journal.bookmarks(runs)
    const experimentId = journal.openRun(runId)?.experimentId ?? 0
    journal.changeMarks([experimentId], { trashed: true })
    journal.emptyTrash(100)
    expect(journal.bookmarks(runs)).toEqual([])
    journal.close()
  })
})
