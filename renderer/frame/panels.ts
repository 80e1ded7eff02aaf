/** Moves the focus to the next or previous panel (F6): every element marked `data-panel`, in reading order. */
export function focusPanel(step: 1 | -1): void {
  const panels = [...document.querySelectorAll<HTMLElement>('[data-panel]')]
  if (panels.length === 0) return
  const current = panels.findIndex((panel) => panel.contains(document.activeElement))
  // With nothing focused, the first panel comes next and the last one before
  const from = current === -1 && step === -1 ? 0 : current
  const next = panels[(from + step + panels.length) % panels.length]
  const first = next?.querySelector<HTMLElement>(
    'button:not(:disabled):not([tabindex="-1"]), input, select, textarea, [tabindex="0"]',
  )
  ;(first ?? next)?.focus()
}
