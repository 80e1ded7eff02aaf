import type { Shortcut } from '../../shared/command-catalog.ts'

/** Keys that are shown under another name than the browser's. */
export const KEY_NAMES: Readonly<Record<string, string>> = {
  Esc: 'Escape',
  Space: ' ',
  Enter: 'Enter',
  Delete: 'Delete',
  Left: 'ArrowLeft',
  Right: 'ArrowRight',
  Up: 'ArrowUp',
  Down: 'ArrowDown',
  Plus: '+',
}

export const onMac = navigator.userAgent.includes('Mac')

export function matchesShortcut(shortcut: Shortcut, event: KeyboardEvent): boolean {
  const parts = shortcut.split('+')
  const key = parts.pop() ?? ''
  const wanted = KEY_NAMES[key] ?? key
  const ctrl = onMac ? event.metaKey : event.ctrlKey
  if (parts.includes('Ctrl') !== ctrl || parts.includes('Alt') !== event.altKey) return false
  // `?` and other signs are typed with Shift on some keyboards and without on others
  const letter = /^[A-Za-z0-9]$/.test(key) || key.length > 1
  if (letter && parts.includes('Shift') !== event.shiftKey) return false
  return event.key.toLowerCase() === wanted.toLowerCase()
}

/** True for a single letter or sign, capital or not, which acts outside text fields only and can be switched off. */
export function isSingleKey(shortcut: Shortcut): boolean {
  return /^(Shift\+)?.$/.test(shortcut)
}

/** True for a key that edits where letters are text, so that it acts outside text fields only. */
export function isEditingKey(shortcut: Shortcut): boolean {
  return EDITING_KEYS.includes(shortcut)
}

const EDITING_KEYS = ['Delete', 'Backspace', 'Ctrl+Z', 'Ctrl+Shift+Z', 'Ctrl+Y', 'Ctrl+A', 'Ctrl+C', 'Ctrl+V', 'Ctrl+X']
const MOVING_KEYS = ['Left', 'Right', 'Up', 'Down', 'Home', 'End', 'PageUp', 'PageDown', 'Space']

/** True for a key that moves or types within a text field, and acts as a shortcut outside of them only. */
export function isMovingKey(shortcut: Shortcut): boolean {
  const parts = shortcut.split('+')
  return MOVING_KEYS.includes(parts.at(-1) ?? '') && !parts.includes('Ctrl') && !parts.includes('Alt')
}

/** As shown on a key hint. */
export function displayShortcut(shortcut: Shortcut): string {
  const named = shortcut.replace('Enter', '↵').replace('Left', '←').replace('Right', '→')
  return onMac ? named.replace('Ctrl+', '⌘').replace('Shift+', '⇧').replace('Alt+', '⌥') : named.replaceAll('+', ' ')
}

/** True on what Space presses. */
export function isPressable(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button, summary, a[href], input, [role="option"]') !== null
}

/** True where letters are text. */
export function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range'].includes(target.type)
}
