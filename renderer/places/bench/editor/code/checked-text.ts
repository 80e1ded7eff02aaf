import { isolateHistory } from '@codemirror/commands'
import { setDiagnostics, type Diagnostic as Mark } from '@codemirror/lint'
import {
  ChangeSet,
  StateEffect,
  StateField,
  type ChangeDesc,
  type EditorState,
  type TransactionSpec,
} from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import type { Diagnostic, Fix, ScenarioCheck } from '../../../../../shared/scenario-check.ts'

interface CheckedText {
  /** `undefined` until a text was checked. */
  readonly check: ScenarioCheck | undefined
  /** What has been changed since: the check speaks of the text before. */
  readonly changes: ChangeDesc
}

const checked = StateEffect.define<ScenarioCheck>()

/** What the checker said last, and how its offsets lead to the present text. */
const checkedText = StateField.define<CheckedText>({
  create: ({ doc }) => ({ check: undefined, changes: ChangeSet.empty(doc.length).desc }),
  update(value, transaction) {
    const effect = transaction.effects.find((candidate) => candidate.is(checked))
    if (effect !== undefined) return { check: effect.value, changes: ChangeSet.empty(transaction.newDoc.length).desc }
    if (!transaction.docChanged) return value
    return { ...value, changes: value.changes.composeDesc(transaction.changes.desc) }
  },
})

export const checkedTextField = checkedText.extension

/** Shows what the checker says of exactly the text of `state`. */
export function checkTransaction(state: EditorState, check: ScenarioCheck): TransactionSpec {
  const marks = setDiagnostics(state, check.diagnostics.map(markOf))
  return { effects: [marks.effects ?? [], checked.of(check)].flat() }
}

function markOf(diagnostic: Diagnostic): Mark {
  const { from, to, severity, message, fix } = diagnostic
  const actions = fix && [{ name: fix.title, apply: (view: EditorView) => applyFix(view, fix) }]
  return { from, to, severity, message, ...(actions && { actions }) }
}

export function lastCheck(state: EditorState): ScenarioCheck | undefined {
  return state.field(checkedText, false)?.check
}

/** Where an offset of the checked text is now; text typed there stands before it (`-1`) or after it (`1`). */
export function presentOffset(state: EditorState, offset: number, side: -1 | 1): number {
  const changes = state.field(checkedText, false)?.changes
  if (changes === undefined || offset > changes.length) return Math.min(offset, state.doc.length)
  return changes.mapPos(offset, side)
}

/** Carries out a fix of the last check, as one step of undo. */
export function fixTransaction(state: EditorState, { title, edits }: Fix): TransactionSpec {
  const changes = edits.map(({ from, to, insert }) => {
    const start = presentOffset(state, from, -1)
    return { from: start, to: Math.max(start, presentOffset(state, to, 1)), insert }
  })
  return {
    changes,
    annotations: isolateHistory.of('full'),
    userEvent: 'input.fix',
    effects: EditorView.announce.of(`${title}: done`),
  }
}

export function applyFix(view: EditorView, fix: Fix): void {
  view.dispatch(fixTransaction(view.state, fix))
}

/** The problem at the cursor that has a fix; errors first, then the one that begins last. */
export function fixableAt(state: EditorState, offset: number): Diagnostic | undefined {
  const here = (lastCheck(state)?.diagnostics ?? []).filter(
    ({ from, to, fix }) =>
      fix !== undefined && presentOffset(state, from, -1) <= offset && offset <= presentOffset(state, to, 1),
  )
  return here.toSorted(bySeverity).at(0) ?? fixableOnLine(state, offset)
}

/** With the cursor beside the problem, the one fixable problem of its line is meant. */
function fixableOnLine(state: EditorState, offset: number): Diagnostic | undefined {
  const line = state.doc.lineAt(offset)
  const onLine = (lastCheck(state)?.diagnostics ?? []).filter(({ from, fix }) => {
    const start = presentOffset(state, from, -1)
    return fix !== undefined && line.from <= start && start <= line.to
  })
  return onLine.toSorted(bySeverity).at(0)
}

function bySeverity(left: Diagnostic, right: Diagnostic): number {
  return Number(right.severity === 'error') - Number(left.severity === 'error') || right.from - left.from
}
