import Database from 'better-sqlite3'
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Journal, JournalError } from './index.ts'
import { newExperiment, newJournalPath, newResult, newRun } from './journal.fixture.ts'

function openWith(path: string, titles: readonly string[]): Journal {
  let timeMs = Math.trunc(performance.now() * 1000)
  const journal = Journal.open(path, { labVersion: '0.1.0', now: () => ++timeMs })
  for (const title of titles) {
    const { runIds } = journal.startExperiment(newExperiment({ title }))
    for (const id of runIds) journal.finishRun(id, newResult())
  }
  return journal
}

const titlesOf = (journal: Journal): string[] =>
  journal.listExperiments({ search: '', limit: 99 }).map(({ title }) => title)

describe('merging', () => {
  it('takes over everything of what is not here, once', () => {
    const otherPath = newJournalPath()
    const other = openWith(otherPath, ['Theirs', 'Binned'])
    other.recordCheck(1, { result: newResult({ digest: '1111111111111111' }) })
    other.setTags(1, ['mm', 'old'])
    other.setTags(1, ['mm'])
    other.setStarred(1, true)
    other.writeNote(1, 'one')
    other.writeNote(1, 'see #2 and #99', 'open')
    other.changeMarks([2], { trashed: true })
    const theirs = other.openExperiment(1)!
    other.close()
    const bytes = readFileSync(otherPath)

    const ours = openWith(newJournalPath(), ['Ours'])
    const counts = { experiments: 1, runs: 2, known: 0, underWay: 0, trashed: 1 }
    expect(ours.merge(otherPath, { dryRun: true })).toEqual({ dryRun: true, ...counts })
    expect(titlesOf(ours)).toEqual(['Ours'])
    expect(ours.merge(otherPath, { dryRun: false })).toMatchObject({ dryRun: false, experiments: 1, runs: 2 })
    expect(readFileSync(otherPath).equals(bytes)).toBe(true)
    const found = ours.openExperiment(2)!
    expect(found.note.map(({ text }) => text)).toEqual(['see #4 and #99', 'one'])
    expect(found).toMatchObject({ title: 'Theirs', tags: ['mm'], starred: true, createdAtMs: theirs.createdAtMs })
    const asTheirs = found.records.map((record, position) => ({
      ...record,
      id: theirs.runs[position]!.id,
      experimentId: 1,
      ...(record.checks && { checks: record.checks.map((check) => ({ ...check, runId: theirs.runs[position]!.id })) }),
    }))
    expect(asTheirs).toEqual(theirs.records)
    expect(ours.listExperiments({ search: 'theirs tag=mm param.iters:1000', limit: 9 })).toHaveLength(1)
    expect(ours.merge(otherPath, { dryRun: false })).toMatchObject({ experiments: 0, runs: 0, known: 1 })
    expect(titlesOf(ours)).toEqual(['Theirs', 'Ours'])
    expect(ours.checkFile().lastCheck?.problems).toBe('')
    ours.close()
  })

  it('knows the experiments of a copy, and those of copies of an older file', () => {
    const path = newJournalPath()
    openWith(path, ['A', 'B']).close()
    const copy = newJournalPath()
    copyFileSync(path, copy)
    const ours = openWith(path, ['New here'])
    const theirs = openWith(copy, ['New there'])
    theirs.writeNote(3, 'as #2 and #5')
    theirs.close()
    expect(ours.merge(copy, { dryRun: false })).toMatchObject({ experiments: 1, known: 2 })
    expect(titlesOf(ours)).toEqual(['New there', 'New here', 'B', 'A'])
    expect(ours.openExperiment(4)?.note[0]?.text).toBe('as #2 and #7')
    ours.close()
    const file = new Database(copy)
    file.exec("UPDATE experiment SET uuid = 'another ' || id")
    file.close()
    const again = Journal.open(path, { labVersion: '0.1.0' })
    expect(again.merge(copy, { dryRun: true })).toMatchObject({ experiments: 0, known: 3 })
    again.close()
  })

  it('leaves out what is under way there', () => {
    const otherPath = newJournalPath()
    const other = openWith(otherPath, ['Done'])
    other.startExperiment(newExperiment({ title: 'Now', runs: [newRun('v4.0')] }))
    const ours = openWith(newJournalPath(), [])
    expect(ours.merge(otherPath, { dryRun: false })).toMatchObject({ experiments: 1, underWay: 1 })
    expect(titlesOf(ours)).toEqual(['Done'])
    other.close()
    ours.close()
  })

  it('refuses what is no other journal, and changes nothing', () => {
    const ours = openWith(newJournalPath(), ['Ours'])
    const text = newJournalPath()
    writeFileSync(text, 'no journal')
    const missing = newJournalPath()
    for (const [path, message] of [
      [text, /not an SQLite database/],
      [missing, /There is no file/],
      [ours.path, /is the open journal itself/],
    ] as const) {
      expect(() => ours.merge(path, { dryRun: false })).toThrow(message)
      expect(() => ours.merge(path, { dryRun: false })).toThrow(JournalError)
    }
    expect(existsSync(missing)).toBe(false)
    expect(titlesOf(ours)).toEqual(['Ours'])
    ours.close()
  })
})

describe('the file', () => {
  it('says when it was looked after', () => {
    const path = newJournalPath()
    const journal = openWith(path, ['A'])
    expect(journal.fileFacts()).toMatchObject({ path })
    expect(journal.fileFacts().bytes).toBeGreaterThan(1000)
    expect(journal.fileFacts()).not.toHaveProperty('lastCheck')
    expect(journal.checkFile().lastCheck).toMatchObject({ problems: '' })
    const { lastBackup } = journal.backUp()
    const copy = Journal.open(lastBackup!.path, { labVersion: '0.1.0' })
    expect(titlesOf(copy)).toEqual(['A'])
    copy.close()
    journal.close()
  })

  it('says what a check found', () => {
    const path = newJournalPath()
    const journal = openWith(path, ['A'])
    const file = new Database(path)
    file.pragma('foreign_keys = OFF')
    file.exec("INSERT INTO tag (experiment_id, name, added_at_ms) VALUES (77, 'stray', 1)")
    file.close()
    expect(journal.checkFile().lastCheck?.problems).toMatch(/^row \d+ of tag refers to nothing in experiment$/)
    journal.close()
  })
})
