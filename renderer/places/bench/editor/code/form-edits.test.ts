import { undo } from '@codemirror/commands'
import { EditorState, Transaction, type TransactionSpec } from '@codemirror/state'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkScenario } from '../../../../../electron/scenario/c/check-scenario.ts'
import { loadGrammar } from '../../../../../electron/scenario/c/syntax/parse.ts'
import { checkTransaction, lastCheck } from './checked-text.ts'
import { scenarioExtensions } from './extensions.ts'
import { defaultEdit } from './form-edits.ts'

const SOURCE = `static int iters = 1000; /* 1..1000000: rounds */
static int low = -8; /* -9..9 */

void scenario(void)
{
	while (iters--)
		vm_unmap_ram(vm_map_ram(pages, 9 + low, -1, PAGE_KERNEL), 9 + low);
}
`

const extensions = scenarioExtensions()

function after(state: EditorState, spec: TransactionSpec | undefined, timeMs: number): EditorState {
  if (spec === undefined) return state
  const time = Transaction.time.of(timeMs)
  return state.update({ ...spec, annotations: [spec.annotations ?? [], time].flat() }).state
}

const checked = (doc: string): EditorState => {
  const state = EditorState.create({ doc, extensions })
  return state.update(checkTransaction(state, checkScenario(doc))).state
}

function undone(state: EditorState): EditorState {
  let result = state
  undo({ state, dispatch: (transaction) => (result = transaction.state) })
  return result
}

function set(state: EditorState, name: string, value: number, gesture: number, timeMs = 0): EditorState {
  const parameter = lastCheck(state)?.parameters.find((candidate) => candidate.name === name)
  if (parameter === undefined) throw new Error(`There is no parameter ${name}.`)
  return after(state, defaultEdit(state, parameter, value, gesture), timeMs)
}

beforeAll(loadGrammar)

describe('a value of the form', () => {
  it('becomes the default in the text', () => {
    const state = set(set(checked(SOURCE), 'low', 3, 1), 'iters', 20_000, 2)
    expect(state.doc.toString()).toBe(SOURCE.replace('-8', '3').replace('1000;', '20000;'))
  })

  it('finds the default in text that was typed since the last check', () => {
    let state = after(checked(SOURCE), { changes: { from: 0, insert: '/* mine */\n' } }, 0)
    state = after(state, { changes: { from: state.doc.toString().indexOf('1000;'), insert: '7' } }, 1000)
    expect(set(state, 'iters', 5, 1).doc.toString()).toBe(`/* mine */\n${SOURCE.replace('1000;', '5;')}`)
  })

  it('that the text has already changes nothing', () => {
    const state = checked(SOURCE)
    expect(set(state, 'iters', 1000, 1)).toBe(state)
  })

  it('is one step of undo for each gesture, however long it takes', () => {
    let state = checked(SOURCE)
    for (const value of [1, 2, 3]) state = set(state, 'iters', value, 1, value * 10_000)
    for (const value of [4, 5]) state = set(state, 'low', value, 2, 31_000 + value)
    state = undone(state)
    expect(state.doc.toString()).toBe(SOURCE.replace('1000;', '3;'))
    expect(undone(state).doc.toString()).toBe(SOURCE)
  })

  it('declares a parameter that the text only uses, once', () => {
    const bare = 'while (iters--)\n\tvm_unmap_aliases();\n'
    let state = checked(bare)
    for (const value of [5, 6]) state = set(state, 'iters', value, 1, value)
    expect(state.doc.toString()).toBe(`static int iters = 6; /* 1..1000000: iters */\n\n${bare}`)
    expect(undone(state).doc.toString()).toBe(bare)
  })
})

describe('typing', () => {
  const type = (state: EditorState, text: string, timeMs: number): EditorState =>
    after(state, { changes: { from: state.doc.length, insert: text }, userEvent: 'input.type' }, timeMs)

  it('is undone word by word as ever: a pause begins a new step', () => {
    let state = EditorState.create({ extensions })
    state = type(type(type(state, 'a', 1000), 'b', 1400), 'c', 2000)
    state = undone(state)
    expect(state.doc.toString()).toBe('ab')
    expect(undone(state).doc.toString()).toBe('')
  })

  it('after a gesture is a step of its own', () => {
    const dragged = set(checked(SOURCE), 'iters', 5, 1, 1000)
    expect(undone(type(dragged, '/', 1001)).doc.toString()).toBe(dragged.doc.toString())
  })
})
