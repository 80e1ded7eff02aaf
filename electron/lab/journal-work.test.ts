import { existsSync, readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { MARKED_MAX, type JournalWorkProgress } from '../../shared/journal.ts'
import { Journal } from '../journal/index.ts'
import { newExperiment, newJournalPath, newResult } from '../journal/journal.fixture.ts'
import { JournalWork } from './journal-work.ts'

const opened: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const close of opened.splice(0).toReversed()) await close()
})

function journalWith(experiments: number): Journal {
  const journal = Journal.open(newJournalPath(), { labVersion: '0.1.0' })
  for (let made = 0; made < experiments; made += 1) {
    const { runIds } = journal.startExperiment(newExperiment({ title: `Experiment ${made}` }))
    for (const id of runIds) journal.finishRun(id, newResult())
  }
  opened.push(() => journal.close())
  return journal
}

function workOn(journal: Journal): { readonly work: JournalWork; readonly told: (JournalWorkProgress | undefined)[] } {
  const told: (JournalWorkProgress | undefined)[] = []
  const workerUrl = new URL('journal-worker.ts', import.meta.url)
  const work = new JournalWork({ journal, workerUrl, onProgress: (progress) => told.push(progress) })
  opened.push(() => work.close())
  return { work, told }
}

const filesBeside = ({ path }: Journal): string[] =>
  readdirSync(dirname(path)).filter((name) => name.includes('backup'))
const starred = (journal: Journal): number => journal.findExperiments('starred:yes').experimentIds.length

describe('work on the journal', () => {
  it('checks and backs up the file on a thread, and keeps when', async () => {
    const journal = journalWith(2)
    const { work, told } = workOn(journal)
    expect(await work.check()).toEqual({ kind: 'done', value: undefined })
    expect(journal.fileFacts().lastCheck).toMatchObject({ problems: '' })
    expect(await work.backUp()).toEqual({ kind: 'done', value: undefined })
    expect(existsSync(journal.fileFacts().lastBackup?.path ?? '')).toBe(true)
    expect(told.filter((one) => one === undefined)).toHaveLength(2)
    expect(told[0]).toEqual({ kind: 'check', done: 0, total: undefined })
  })

  it('leaves nothing of what was cancelled', async () => {
    const journal = journalWith(2)
    const { work } = workOn(journal)
    const checked = work.check()
    work.cancel()
    expect(await checked).toEqual({ kind: 'declined' })
    const backedUp = work.backUp()
    work.cancel()
    expect(await backedUp).toEqual({ kind: 'declined' })
    // Asked after them, answered after them
    expect(await work.countMerge(journalWith(1).path)).toMatchObject({ kind: 'done' })
    expect(journal.fileFacts()).not.toHaveProperty('lastCheck')
    expect(journal.fileFacts()).not.toHaveProperty('lastBackup')
    expect(filesBeside(journal)).toEqual([])
  })

  it('counts and merges another journal, with progress', async () => {
    const journal = journalWith(1)
    const other = journalWith(50)
    const { work, told } = workOn(journal)
    expect(await work.countMerge(other.path)).toMatchObject({ value: { experiments: 50, left: 0 } })
    expect(await work.merge(other.path)).toMatchObject({ value: { experiments: 50, left: 0 } })
    expect(journal.totals().experiments).toBe(51)
    expect(told.some((one) => one?.kind === 'merge' && one.total === 100)).toBe(true)
    expect(await work.countMerge(journal.path)).toMatchObject({ kind: 'refused' })
    expect(await work.merge('/nowhere/journal.sqlite')).toMatchObject({
      reason: expect.stringContaining('There is no file') as string,
    })
  })

  it('ends a merge that is cancelled, and says what is left', async () => {
    const journal = journalWith(1)
    const { work } = workOn(journal)
    const merging = work.merge(journalWith(400).path)
    work.cancel()
    const answer = await merging
    if (answer.kind !== 'done') throw new Error('a merge says what it did')
    expect(answer.value.left).toBeGreaterThan(0)
    expect(journal.totals().experiments).toBe(1 + answer.value.experiments)
  })

  it('changes many experiments in slices, and takes all of it back', async () => {
    const journal = journalWith(450)
    const { work, told } = workOn(journal)
    const ids = journal.findExperiments('').experimentIds
    const changed = await work.changeMarks(ids, { starred: true })
    if (changed.kind !== 'done') throw new Error('nobody cancelled this')
    expect(changed.value).toHaveLength(450)
    expect(starred(journal)).toBe(450)
    expect(told.filter((one) => one?.total === 450).map((one) => one?.done)).toEqual([200, 400, 450])
    await work.restoreMarks(changed.value)
    expect(starred(journal)).toBe(0)
  })

  it('leaves everything as it was when a change is cancelled or refused on the way', async () => {
    const journal = journalWith(450)
    const { work } = workOn(journal)
    const ids = journal.findExperiments('').experimentIds
    const changing = work.changeMarks(ids, { starred: true })
    await Promise.resolve()
    expect(starred(journal)).toBeGreaterThan(0)
    work.cancel()
    expect(await changing).toEqual({ kind: 'declined' })
    expect(starred(journal)).toBe(0)
    journal.startExperiment(newExperiment({ title: 'Running' }))
    const all = journal.findExperiments('').experimentIds.toReversed()
    await expect(work.changeMarks(all, { trashed: true })).rejects.toThrow('Running')
    expect(journal.trashContents().experiments).toBe(0)
    expect(() => work.changeMarks(new Array<number>(MARKED_MAX + 1).fill(1), {})).toThrow('MARKED_MAX')
  })

  it('empties the trash in slices, and says what was deleted when it is cancelled', async () => {
    const journal = journalWith(120)
    const { work } = workOn(journal)
    await work.changeMarks(journal.findExperiments('').experimentIds, { trashed: true })
    const emptying = work.emptyTrash()
    work.cancel()
    expect(await emptying).toEqual({ kind: 'done', value: 50 })
    expect(await work.emptyTrash()).toEqual({ kind: 'done', value: 70 })
    expect(journal.totals().experiments).toBe(0)
  })

  it('does one thing at a time', async () => {
    const journal = journalWith(2)
    const { work } = workOn(journal)
    const checked = work.check()
    await expect(work.backUp()).rejects.toThrow('The journal is being worked on')
    expect(await checked).toMatchObject({ kind: 'done' })
  })
})
