import type { CheckedParameter, Fix } from '../../../../../shared/scenario-check.ts'

/** What other parts of the Bench ask of the editor that shows the open scenario. Offsets are those of the last check. */
export interface CodeEditing {
  focus(): void
  /** Puts the cursor to a stretch of the text, in view and with the focus. */
  select(from: number, to: number): void
  selectAll(): void
  applyFix(fix: Fix): void
  /** Applies the fix of the problem at the cursor; says so when there is none. */
  applyFixAtCursor(): void
  /** Goes to the next or previous problem and says it; answers false when there is none. */
  goToProblem(step: 1 | -1): boolean
  /** Makes a value the default of a parameter; edits of one gesture are one step of undo. */
  setDefault(parameter: CheckedParameter, value: number, gesture: number): void
  /** Replaces the whole text, as one step of undo. */
  replaceText(text: string): void
  search(): void
  help(): void
}
