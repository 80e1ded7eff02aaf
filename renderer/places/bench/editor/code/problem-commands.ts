import { nextDiagnostic, previousDiagnostic } from '@codemirror/lint'
import { EditorView } from '@codemirror/view'
import { applyFix, fixableAt, lastCheck, presentOffset } from './checked-text.ts'
import { problemWords } from '../problem-words.ts'

/** Selects the next or previous problem, shows its message below the line and says it. */
export function goToProblem(view: EditorView, step: 1 | -1): boolean {
  const problems = lastCheck(view.state)?.diagnostics ?? []
  if (problems.length === 0) return false
  view.focus()
  const moved = step === 1 ? nextDiagnostic(view) : previousDiagnostic(view)
  const { from } = view.state.selection.main
  const here = problems.find((problem) => presentOffset(view.state, problem.from, -1) === from)
  if (here !== undefined) view.dispatch({ effects: EditorView.announce.of(problemWords(here)) })
  return moved || here !== undefined
}

export function applyFixAtCursor(view: EditorView): void {
  const problem = fixableAt(view.state, view.state.selection.main.head)
  if (problem?.fix !== undefined) applyFix(view, problem.fix)
  else view.dispatch({ effects: EditorView.announce.of('No problem in this line has a fix.') })
}
