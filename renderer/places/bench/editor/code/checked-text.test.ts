import { undo, undoDepth } from '@codemirror/commands'
import { EditorState, type TransactionSpec } from '@codemirror/state'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkScenario } from '../../../../../electron/scenario/c/check-scenario.ts'
import { loadGrammar } from '../../../../../electron/scenario/c/syntax/parse.ts'
import type { Fix, ScenarioCheck } from '../../../../../shared/scenario-check.ts'
import { checkTransaction, fixableAt, fixTransaction, lastCheck, presentOffset } from './checked-text.ts'
import { scenarioExtensions } from './extensions.ts'

const extensions = scenarioExtensions()
const editor = (doc: string): EditorState => EditorState.create({ doc, extensions })
const after = (state: EditorState, spec: TransactionSpec): EditorState => state.update(spec).state
const check = (state: EditorState): EditorState =>
  after(state, checkTransaction(state, checkScenario(state.doc.toString())))

function undone(state: EditorState): EditorState {
  let result = state
  undo({ state, dispatch: (transaction) => (result = transaction.state) })
  return result
}

const diagnosed = (from: number, to: number, fix?: Fix): ScenarioCheck => ({
  diagnostics: [
    {
      from,
      to,
      line: 1,
      column: 1,
      endLine: 1,
      endColumn: 1,
      severity: 'error',
      message: 'wrong',
      ...(fix && { fix }),
    },
  ],
  parameters: [],
  usesSeed: false,
  outline: [],
})

beforeAll(loadGrammar)

describe('what the checker says', () => {
  it('moves along with the text that is typed since', () => {
    const checked = after(editor('int a;\nint b;\n'), checkTransaction(editor('int a;\nint b;\n'), diagnosed(11, 12)))
    const typed = after(checked, { changes: { from: 0, insert: '/* new */\n' } })
    expect(presentOffset(typed, 11, -1)).toBe(21)
    const inside = after(typed, { changes: { from: 22, insert: 'bb' } })
    expect([presentOffset(inside, 11, -1), presentOffset(inside, 12, 1)]).toEqual([21, 24])
  })

  it('stands for the text that was checked last', () => {
    let state = after(editor('a'), checkTransaction(editor('a'), diagnosed(0, 1)))
    state = after(state, { changes: { from: 0, insert: 'xx' } })
    state = after(state, checkTransaction(state, diagnosed(1, 2)))
    expect(presentOffset(state, 1, -1)).toBe(1)
    expect(lastCheck(state)?.diagnostics[0]?.from).toBe(1)
  })
})

describe('a fix', () => {
  const fix: Fix = {
    title: 'Rename',
    edits: [
      { from: 0, to: 0, insert: 'int b;\n' },
      { from: 4, to: 5, insert: 'b' },
    ],
  }

  it('is one step of undo, and fits text that was typed since', () => {
    const checked = after(editor('use a;'), checkTransaction(editor('use a;'), diagnosed(4, 5, fix)))
    const typed = after(checked, { changes: { from: 3, insert: 'd' } })
    const fixed = after(typed, fixTransaction(typed, fix))
    expect(fixed.doc.toString()).toBe('int b;\nused b;')
    expect(undone(fixed).doc.toString()).toBe('used a;')
  })

  it('is found at the cursor, and anywhere on the line of the problem', () => {
    const state = after(editor('use a;\nnext'), checkTransaction(editor('use a;\nnext'), diagnosed(4, 5, fix)))
    expect(fixableAt(state, 5)?.fix).toBe(fix)
    expect(fixableAt(state, 0)?.fix).toBe(fix)
    expect(fixableAt(state, 9)).toBeUndefined()
  })
})

describe('the loop of a commit message', () => {
  const pasted = `while (iters) {
	/* Map/unmap big chunk */
	vaddr = vm_map_ram(pages, 16, -1, PAGE_KERNEL);
	vm_unmap_ram(vaddr, 16);

	for (i = 0; i < (VMAP_BBMAP_BITS - 16) / 8 - 1; i++) {
		vaddr = vm_map_ram(pages, 8, -1, PAGE_KERNEL);
		vm_unmap_ram(vaddr, 8);
	}
}
`

  it('becomes a scenario by the fixes that are offered, and comes back by undo', () => {
    let state = check(editor(pasted))
    const titles: string[] = []
    for (let rounds = 0; rounds < 10; rounds += 1) {
      const fix = lastCheck(state)?.diagnostics.find((diagnostic) => diagnostic.fix)?.fix
      if (fix === undefined) break
      titles.push(fix.title)
      state = check(after(state, fixTransaction(state, fix)))
    }
    expect(titles).toEqual(['Make iters a parameter', 'Declare void *vaddr', 'Declare int i', 'Count down: iters--'])
    expect(lastCheck(state)?.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(lastCheck(state)?.outline[0]?.counts).toEqual({ maps: 126_000, unmaps: 126_000, slots: 1_016_000 })
    while (undoDepth(state) > 0) state = undone(state)
    expect(state.doc.toString()).toBe(pasted)
  })
})
