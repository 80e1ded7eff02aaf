/** What the choices on the left let shortcuts do. */
export interface OptionsHandle {
  readonly focusRuns: () => void
}
