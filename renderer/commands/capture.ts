import type { Shortcut } from '../../shared/command-catalog.ts'
import { KEY_NAMES, onMac } from './shortcut.ts'

const MODIFIERS = ['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'NumLock', 'Fn', 'OS']
const NAMES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(KEY_NAMES).map(([shown, key]) => [key, shown]),
)

/** The shortcut that was pressed; `undefined` while only keys like Ctrl are held. */
export function shortcutFrom(event: KeyboardEvent): Shortcut | undefined {
  const { key, altKey, shiftKey } = event
  if (MODIFIERS.includes(key) || key === 'Dead' || key === 'Unidentified') return undefined
  const name = NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key)
  const ctrl = onMac ? event.metaKey : event.ctrlKey
  // Shift is part of a sign such as `?`
  const shift = shiftKey && (/^[A-Z0-9]$/.test(name) || name.length > 1)
  return [ctrl && 'Ctrl', altKey && 'Alt', shift && 'Shift', name].filter((part) => part !== false).join('+')
}

const TAKEN: Readonly<Record<string, string>> = {
  Tab: 'moves between the parts of the window',
  'Shift+Tab': 'moves between the parts of the window',
  Enter: 'presses what has the focus',
  Up: 'moves within lists',
  Down: 'moves within lists',
  Esc: 'closes dialogs and cancels',
  'Ctrl+Q': 'ends the lab',
  'Ctrl+W': 'closes the window',
  'Ctrl+C': 'copies text',
  'Ctrl+V': 'pastes text',
  'Ctrl+X': 'cuts text',
  'Ctrl+A': 'selects all',
}

/** Why a key cannot be a command's; `undefined` when it can. */
export function keyProblem(key: Shortcut): string | undefined {
  const taken = TAKEN[key]
  return taken === undefined ? undefined : `${key} ${taken} and cannot be a shortcut. Press another key.`
}
