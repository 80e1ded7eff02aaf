import { redo, undo, undoDepth } from '@codemirror/commands'
import type { EditorState } from '@codemirror/state'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { installFakeLab } from '../../../../testing/fake-lab.ts'
import { changeTo, EditorStates } from './editor-states.ts'
import { scenarioExtensions } from './extensions.ts'

const extensions = scenarioExtensions()

const typed = (state: EditorState, insert: string): EditorState =>
  state.update({ changes: { from: state.doc.length, insert }, userEvent: 'input.paste' }).state

const cut = (state: EditorState, length: number): EditorState =>
  state.update({ changes: { from: 0, to: length }, userEvent: 'input.cut' }).state

function done(command: typeof undo, state: EditorState): EditorState {
  let result = state
  command({ state, dispatch: (transaction) => (result = transaction.state) })
  return result
}

beforeEach(() => {
  installFakeLab({})
})
afterEach(() => vi.unstubAllGlobals())

/** Edits a scenario step by step in one session, and stores it. */
function session(ref: string, steps: readonly string[]): string {
  const states = new EditorStates(extensions)
  let state = states.stateOf(ref, '')
  for (const step of steps) states.keep(ref, (state = typed(state, step)))
  states.store()
  return state.doc.toString()
}

describe('undo', () => {
  it('goes on after a restart, backwards and forwards', () => {
    const text = session('draft:1', ['one\n', 'two\n', 'three\n'])
    let state = new EditorStates(extensions).stateOf('draft:1', text)
    state = done(undo, done(undo, state))
    expect(state.doc.toString()).toBe('one\n')
    expect(done(redo, state).doc.toString()).toBe('one\ntwo\n')
  })

  it('does not go on for a text that was changed elsewhere, or after damage', () => {
    session('draft:1', ['one'])
    expect(undoDepth(new EditorStates(extensions).stateOf('draft:1', 'two'))).toBe(0)
    localStorage.setItem('scenario-undo:draft:1', '{"text"')
    expect(undoDepth(new EditorStates(extensions).stateOf('draft:1', 'one'))).toBe(0)
  })

  it('that would take too much room loses its oldest steps', () => {
    // A step holds how to take it back: all that was cut, and only the place of what was pasted
    const states = new EditorStates(extensions)
    let state = typed(states.stateOf('draft:1', ''), 'x'.repeat(200_000))
    for (const length of [30_000, 60_000, 70_000]) state = cut(state, length)
    states.keep('draft:1', state)
    states.store()
    const again = new EditorStates(extensions).stateOf('draft:1', state.doc.toString())
    expect([again.doc.length, undoDepth(again)]).toEqual([40_000, 1])
    expect(done(undo, again).doc.length).toBe(110_000)
  })

  it('is kept for the scenarios edited last', () => {
    for (let number = 1; number <= 25; number += 1) session(`draft:${number}`, ['text'])
    const depth = (number: number): number => undoDepth(new EditorStates(extensions).stateOf(`draft:${number}`, 'text'))
    expect([1, 5, 6, 25].map(depth)).toEqual([0, 0, 1, 1])
  })

  it('goes with a scenario that gets another reference, and is forgotten with it', () => {
    const states = new EditorStates(extensions)
    states.keep('draft:1', typed(states.stateOf('draft:1', ''), 'mine'))
    states.rename('draft:1', 'saved:7')
    states.store()
    const later = new EditorStates(extensions)
    expect(undoDepth(later.stateOf('saved:7', 'mine'))).toBe(1)
    later.forget('saved:7')
    expect(undoDepth(new EditorStates(extensions).stateOf('saved:7', 'mine'))).toBe(0)
  })
})

describe('a text that was changed elsewhere', () => {
  it('is one more step of undo', () => {
    const states = new EditorStates(extensions)
    states.keep('exhaust', typed(states.stateOf('exhaust', 'iters = 1000;'), '\n'))
    const changed = states.stateOf('exhaust', 'iters = 20;\n')
    expect(done(undo, changed).doc.toString()).toBe('iters = 1000;\n')
  })

  it('differs by one stretch', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 12, unit: fc.constantFrom('a', 'b') }),
        fc.string({ maxLength: 12 }),
        (before, after) => {
          const states = new EditorStates([])
          const change = changeTo(before, after)
          const state = states.stateOf('x', before)
          expect(change === undefined ? before : state.update({ changes: change }).state.doc.toString()).toBe(after)
        },
      ),
    )
  })
})
