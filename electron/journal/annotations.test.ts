import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { Journal, JournalError } from './index.ts'
import { newExperiment, newJournalPath } from './journal.fixture.ts'

function openWithExperiment() {
  let timeMs = 0
  const path = newJournalPath()
  const journal = Journal.open(path, { labVersion: '0.1.0', now: () => ++timeMs })
  const { experimentId: id } = journal.startExperiment(newExperiment())
  return { path, journal, id, experiment: () => journal.openExperiment(id)! }
}

describe('a note', () => {
  it('keeps every version, newest first', () => {
    const { journal, id, experiment } = openWithExperiment()
    expect(experiment().note).toEqual([])
    journal.writeNote(id, 'one')
    journal.writeNote(id, 'two')
    journal.writeNote(id, '')
    const versions = experiment().note
    expect(versions.map((version) => version.text)).toEqual(['', 'two', 'one'])
    expect(versions[0]!.writtenAtMs).toBeGreaterThan(versions[1]!.writtenAtMs)
    journal.close()
  })

  it('has no new version when nothing changed', () => {
    const { journal, id, experiment } = openWithExperiment()
    journal.writeNote(id, '')
    journal.writeNote(id, 'one')
    journal.writeNote(id, 'one')
    expect(experiment().note).toHaveLength(1)
    journal.close()
  })

  it('is not overwritten through the file either', () => {
    const { path, journal, id } = openWithExperiment()
    journal.writeNote(id, 'one')
    const file = new Database(path)
    expect(() => file.exec("UPDATE note SET text = 'two'")).toThrow(/never changed/)
    expect(() => file.exec('DELETE FROM note')).toThrow(/never deleted/)
    file.close()
    journal.close()
  })

  it('has one version for each stretch of editing', () => {
    const { path, journal, id, experiment } = openWithExperiment()
    journal.writeNote(id, 'a', 'first')
    journal.writeNote(id, 'ab', 'first')
    journal.writeNote(id, 'abc', 'first')
    journal.writeNote(id, 'abcd', 'second')
    expect(experiment().note.map(({ text }) => text)).toEqual(['abcd', 'abc'])
    journal.writeNote(id, 'abc', 'first')
    expect(experiment().note.map(({ text }) => text)).toEqual(['abc', 'abcd', 'abc'])
    const file = new Database(path)
    expect(() => file.exec("UPDATE note SET text = 'x' WHERE version = 1")).toThrow(/never changed/)
    expect(() => file.exec("UPDATE note SET text = 'x', stretch = 'other' WHERE version = 3")).toThrow(/never changed/)
    file.close()
    journal.close()
  })

  it('leads to other experiments, which say so', () => {
    const { journal, id, experiment } = openWithExperiment()
    const other = journal.startExperiment(newExperiment({ title: 'Other' }))
    const third = journal.startExperiment(newExperiment({ title: 'Third' })).experimentId
    expect(experiment()).not.toHaveProperty('backlinks')
    journal.writeNote(other.experimentId, 'As in #1.')
    journal.writeNote(third, 'See [[the 2015 VM_MAP_RAM patch]] and [[other]], not `#1`.')
    expect(experiment().backlinks).toEqual([
      { id: third, title: 'Third' },
      { id: other.experimentId, title: 'Other' },
    ])
    journal.writeNote(other.experimentId, 'As in #11.')
    expect(experiment().backlinks).toEqual([{ id: third, title: 'Third' }])
    expect(journal.experimentTitled(' OTHER ')).toBe(other.experimentId)
    expect(journal.experimentTitled('none')).toBeUndefined()
    expect(journal.openExperiment(id)?.backlinks).toHaveLength(1)
    journal.close()
  })

  it('has a limit', () => {
    const { journal, id, experiment } = openWithExperiment()
    expect(() => journal.writeNote(id, 'x'.repeat(100_001))).toThrow(/at most 100000 .*NOTE_LENGTH_MAX/)
    journal.writeNote(id, 'x'.repeat(100_000))
    expect(experiment().note[0]?.text).toHaveLength(100_000)
    journal.close()
  })
})

describe('tags', () => {
  it('are replaced, trimmed and kept once whatever their case', () => {
    const { journal, id, experiment } = openWithExperiment()
    journal.setTags(id, ['xfs', ' Leak ', 'leak', 'v4'])
    expect(experiment().tags).toEqual(['xfs', 'Leak', 'v4'])
    journal.setTags(id, ['v4', 'erofs', 'xfs'])
    expect(experiment().tags).toEqual(['xfs', 'v4', 'erofs'])
    expect(journal.listExperiments({ search: '', limit: 1 })[0]?.tags).toEqual(['xfs', 'v4', 'erofs'])
    journal.setTags(id, [])
    expect(experiment().tags).toEqual([])
    journal.close()
  })

  it('keep their history in the file', () => {
    const { path, journal, id } = openWithExperiment()
    journal.setTags(id, ['xfs'])
    journal.setTags(id, [])
    journal.setTags(id, ['xfs'])
    journal.close()
    const file = new Database(path, { readonly: true })
    const rows = file.prepare('SELECT name, removed_at_ms IS NULL AS current FROM tag ORDER BY rowid').all()
    expect(rows).toEqual([
      { name: 'xfs', current: 0 },
      { name: 'xfs', current: 1 },
    ])
    file.close()
  })

  it('have limits, and are refused whole', () => {
    const { journal, id, experiment } = openWithExperiment()
    journal.setTags(id, ['kept'])
    const many = Array.from({ length: 33 }, (_, i) => `tag ${i}`)
    expect(() => journal.setTags(id, many)).toThrow(/at most 32 tags \(TAGS_MAX\); these are 33/)
    expect(() => journal.setTags(id, ['ok', 'x'.repeat(41)])).toThrow(/at most 40 .*TAG_LENGTH_MAX/)
    expect(() => journal.setTags(id, ['ok', ' '])).toThrow(/tag is empty/)
    expect(experiment().tags).toEqual(['kept'])
    journal.setTags(id, many.slice(1))
    expect(experiment().tags).toHaveLength(32)
    journal.close()
  })
})

describe('title and star', () => {
  it('can be changed', () => {
    const { journal, id, experiment } = openWithExperiment()
    journal.renameExperiment(id, '  New title ')
    journal.setStarred(id, true)
    expect(experiment()).toMatchObject({ title: 'New title', starred: true })
    journal.setStarred(id, false)
    expect(experiment().starred).toBe(false)
    expect(() => journal.renameExperiment(id, '')).toThrow(/needs a title/)
    expect(() => journal.renameExperiment(id, 'x'.repeat(201))).toThrow(/TITLE_LENGTH_MAX/)
    journal.close()
  })

  it('of an experiment that does not exist are refused', () => {
    const { journal } = openWithExperiment()
    for (const act of [
      () => journal.renameExperiment(9, 'x'),
      () => journal.setStarred(9, true),
      () => journal.writeNote(9, 'x'),
      () => journal.setTags(9, ['x']),
    ]) {
      expect(act).toThrow(/no experiment 9/)
      expect(act).toThrow(JournalError)
    }
    journal.close()
  })
})
