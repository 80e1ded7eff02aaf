import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createNoteDrafts } from './note-drafts.ts'

/** A journal whose answers wait until they are let through. */
function journal() {
  const stored: Record<number, string> = {}
  let refusal: string | undefined
  const drafts = createNoteDrafts((id, text) => {
    if (refusal !== undefined) return Promise.reject(new Error(refusal))
    stored[id] = text
    return Promise.resolve()
  })
  return {
    drafts,
    stored,
    refuse: (reason: string | undefined) => {
      refusal = reason
    },
  }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('a note', () => {
  it('shows what the journal has until something is typed', () => {
    const { drafts } = journal()
    expect(drafts.textOf(1, 'stored')).toBe('stored')
    expect(drafts.stateOf(1)).toEqual({ kind: 'saved' })
    drafts.edit(1, 'typed')
    expect(drafts.textOf(1, 'stored')).toBe('typed')
    expect(drafts.stateOf(1)).toEqual({ kind: 'unsaved' })
  })

  it('is saved once typing pauses', async () => {
    const { drafts, stored } = journal()
    drafts.edit(1, 'a')
    await vi.advanceTimersByTimeAsync(1500)
    drafts.edit(1, 'ab')
    await vi.advanceTimersByTimeAsync(1500)
    expect(stored).toEqual({})
    await vi.advanceTimersByTimeAsync(600)
    expect(stored).toEqual({ 1: 'ab' })
    expect(drafts.stateOf(1)).toEqual({ kind: 'saved' })
  })

  it('stays as typed while an older answer is under way', async () => {
    const { drafts } = journal()
    drafts.edit(1, 'first')
    await drafts.save(1)
    drafts.edit(1, 'first and second')
    drafts.settle(1)
    expect(drafts.textOf(1, 'first')).toBe('first and second')
    expect(drafts.stateOf(1)).toEqual({ kind: 'unsaved' })
  })

  it('gives way to the journal once its text is there, so that changes from elsewhere show', async () => {
    const { drafts } = journal()
    drafts.edit(1, 'mine')
    await drafts.save(1)
    expect(drafts.textOf(1, 'old')).toBe('mine')
    drafts.settle(1)
    expect(drafts.textOf(1, 'from another window')).toBe('from another window')
  })

  it('keeps its text and says why when it cannot be saved, and is saved when it can be again', async () => {
    const { drafts, stored, refuse } = journal()
    refuse("Error invoking remote method 'lab:writeNote': SqliteError: disk is full")
    drafts.edit(1, 'typed')
    await drafts.save(1)
    drafts.settle(1)
    expect(drafts.stateOf(1)).toEqual({ kind: 'failed', reason: 'disk is full' })
    expect(drafts.textOf(1, '')).toBe('typed')
    refuse(undefined)
    await drafts.save(1)
    expect(stored).toEqual({ 1: 'typed' })
    expect(drafts.stateOf(1)).toEqual({ kind: 'saved' })
  })

  it('of one experiment does not touch that of another; all are saved on leaving', async () => {
    const { drafts, stored } = journal()
    drafts.edit(1, 'one')
    drafts.edit(2, 'two')
    expect(drafts.textOf(1, '')).toBe('one')
    void drafts.saveAll()
    await vi.advanceTimersByTimeAsync(0)
    expect(stored).toEqual({ 1: 'one', 2: 'two' })
  })

  it('is of one stretch until it is left or typing pauses for long', async () => {
    const stretches: string[] = []
    const drafts = createNoteDrafts((_, text, stretch) => {
      stretches.push(`${text} ${stretch}`)
      return Promise.resolve()
    })
    for (const text of ['a', 'ab']) {
      drafts.edit(1, text)
      await drafts.save(1)
    }
    await drafts.leave(1)
    drafts.edit(1, 'abc')
    await drafts.save(1)
    await vi.advanceTimersByTimeAsync(31 * 60_000)
    drafts.edit(1, 'abcd')
    await drafts.save(1)
    const names = stretches.map((line) => line.split(' ')[1])
    expect(names[0]).toBe(names[1])
    expect(new Set(names).size).toBe(3)
  })

  it('can be emptied', async () => {
    const { drafts, stored } = journal()
    drafts.edit(1, '')
    expect(drafts.textOf(1, 'stored')).toBe('')
    await drafts.save(1)
    expect(stored).toEqual({ 1: '' })
  })
})
