import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { useFailuresStore } from './failures.ts'
import { useToastsStore } from './toasts.ts'
import { UNDO_STEPS_MAX, useUndoStore } from './undo.ts'

let undone: string[]
const offer = (name: string): void =>
  useUndoStore().offer(`${name} done.`, () => {
    undone.push(name)
    return Promise.resolve()
  })

beforeEach(() => {
  setActivePinia(createPinia())
  undone = []
})

describe('changes', () => {
  it('are taken back from the last one on', async () => {
    offer('a')
    offer('b')
    for (let i = 0; i < 3; i += 1) await useUndoStore().undoLast()
    expect(undone).toEqual(['b', 'a'])
  })

  it('are taken back once, by their toast or by key', async () => {
    offer('a')
    offer('b')
    const [first] = useToastsStore().toasts
    expect(first?.text).toBe('a done.')
    first?.action?.run()
    first?.action?.run()
    await useUndoStore().undoLast()
    await useUndoStore().undoLast()
    expect(undone).toEqual(['a', 'b'])
  })

  it('are kept up to a number', async () => {
    for (let i = 0; i <= UNDO_STEPS_MAX; i += 1) offer(String(i))
    for (let i = 0; i <= UNDO_STEPS_MAX; i += 1) await useUndoStore().undoLast()
    expect(undone).toHaveLength(UNDO_STEPS_MAX)
    expect(undone.at(-1)).toBe('1')
  })

  it('that cannot be taken back say why', async () => {
    useUndoStore().offer('Done.', () => Promise.reject(new Error('The disk is full.')))
    await useUndoStore().undoLast()
    expect(useFailuresStore().reason).toBe('The disk is full.')
  })
})
