import Database from 'better-sqlite3'
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Journal, JournalError } from './index.ts'
import { merged, newExperiment, newJournalPath, newResult, newRun } from './journal.fixture.ts'

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
    const counts = {
      ...{ experiments: 1, runs: 2, furtherRuns: 0, sweeps: 0, saved: 0 },
      ...{ known: 0, underWay: 0, trashed: 1, noRoom: 0 },
    }
    expect(ours.countMerge(otherPath)).toEqual({ ...counts, left: 0 })
    expect(titlesOf(ours)).toEqual(['Ours'])
    expect(merged(ours, otherPath)).toMatchObject({ experiments: 1, runs: 2 })
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
    expect(merged(ours, otherPath)).toMatchObject({ experiments: 0, runs: 0, known: 1 })
    expect(titlesOf(ours)).toEqual(['Theirs', 'Ours'])
    ours.checkFile()
    expect(ours.fileFacts().lastCheck?.problems).toBe('')
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
    expect(merged(ours, copy)).toMatchObject({ experiments: 1, known: 2 })
    expect(titlesOf(ours)).toEqual(['New there', 'New here', 'B', 'A'])
    expect(ours.openExperiment(4)?.note[0]?.text).toBe('as #2 and #7')
    ours.close()
    const file = new Database(copy)
    file.exec("UPDATE experiment SET uuid = 'another ' || id")
    file.close()
    const again = Journal.open(path, { labVersion: '0.1.0' })
    expect(again.countMerge(copy)).toMatchObject({ experiments: 0, known: 3 })
    again.close()
  })

  it('can be cancelled: what was taken is whole, and the rest can be taken later', () => {
    const otherPath = newJournalPath()
    const titles = Array.from({ length: 600 }, (_, i) => `Theirs ${i}`)
    const other = openWith(otherPath, titles)
    other.writeNote(1, 'see #2')
    other.close()
    const ours = openWith(newJournalPath(), [])
    const first = merged(ours, otherPath, () => true)
    expect(first.experiments).toBeGreaterThan(0)
    expect(first.experiments + first.left).toBe(600)
    expect(first.left).toBeGreaterThan(0)
    expect(ours.totals()).toMatchObject({ experiments: first.experiments, runs: first.runs })
    expect(ours.openExperiment(1)?.note[0]?.text).toBe('see #2')
    expect(ours.listExperiments({ search: '"Theirs 0"', limit: 9 })).toHaveLength(1)
    expect(merged(ours, otherPath)).toMatchObject({ experiments: first.left, left: 0, known: first.experiments })
    expect(titlesOf(ours)).toHaveLength(99)
    expect(ours.totals().experiments).toBe(600)
    ours.close()
  })

  it('tells how far it is, in steps that let others write in between', () => {
    const otherPath = newJournalPath()
    openWith(
      otherPath,
      Array.from({ length: 200 }, (_, i) => `Theirs ${i}`),
    ).close()
    const ours = openWith(newJournalPath(), [])
    const aside = Journal.open(ours.path, { labVersion: '0.1.0' })
    const told: number[] = []
    for (const { done, total } of ours.merge(otherPath, () => false)) {
      aside.startExperiment(newExperiment({ title: `Meanwhile ${told.length}` }))
      told.push(done / total)
    }
    expect(told.length).toBeGreaterThan(2)
    expect(told).toEqual(told.toSorted((one, next) => one - next))
    expect(told.at(-1)).toBe(1)
    expect(ours.totals().experiments).toBe(200 + told.length)
    aside.close()
    ours.close()
  })

  it('leaves out what is under way there', () => {
    const otherPath = newJournalPath()
    const other = openWith(otherPath, ['Done'])
    other.startExperiment(newExperiment({ title: 'Now', runs: [newRun('v4.0')] }))
    const ours = openWith(newJournalPath(), [])
    expect(merged(ours, otherPath)).toMatchObject({ experiments: 1, underWay: 1 })
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
      expect(() => merged(ours, path)).toThrow(message)
      expect(() => merged(ours, path)).toThrow(JournalError)
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
    expect(journal.checkFile()).toBe(true)
    expect(journal.fileFacts().lastCheck).toMatchObject({ problems: '' })
    expect(journal.backUp()).toBe(true)
    const { lastBackup } = journal.fileFacts()
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
    journal.checkFile()
    expect(journal.fileFacts().lastCheck?.problems).toMatch(/^row \d+ of tag refers to nothing in experiment$/)
    journal.close()
  })
})
