import { describe, expect, it } from 'vitest'
import { COMMAND_IDS, keyOf } from '../../shared/command-catalog.ts'
import { keyProblem, shortcutFrom } from './capture.ts'
import { matchesShortcut } from './shortcut.ts'

function press(key: string, more: Partial<KeyboardEvent> = {}): KeyboardEvent {
  return { key, ctrlKey: false, shiftKey: false, altKey: false, metaKey: false, ...more } as KeyboardEvent
}

describe('a captured key', () => {
  it.each([
    [press('k', { ctrlKey: true }), 'Ctrl+K'],
    [press('L', { ctrlKey: true, shiftKey: true }), 'Ctrl+Shift+L'],
    [press('p'), 'P'],
    [press('P', { shiftKey: true }), 'Shift+P'],
    [press('?', { shiftKey: true }), '?'],
    [press('ArrowLeft', { altKey: true }), 'Alt+Left'],
    [press(' '), 'Space'],
    [press('+', { ctrlKey: true }), 'Ctrl+Plus'],
    [press('F6', { shiftKey: true }), 'Shift+F6'],
    [press('Escape'), 'Esc'],
  ])('is named so that the same press means it: %#', (event, shortcut) => {
    expect(shortcutFrom(event)).toBe(shortcut)
    expect(matchesShortcut(shortcut, event)).toBe(true)
  })

  it('is not there while only Ctrl and the like are held', () => {
    expect(['Control', 'Shift', 'Alt', 'Meta', 'Dead'].map((key) => shortcutFrom(press(key)))).toEqual(
      Array.from({ length: 5 }, () => undefined),
    )
  })

  it('is refused where the window itself needs it, and no default is', () => {
    expect(keyProblem('Tab')).toBe(
      'Tab moves between the parts of the window and cannot be a shortcut. Press another key.',
    )
    const defaults = COMMAND_IDS.map((id) => keyOf(id, {})).filter((key) => key !== undefined && key !== 'Esc')
    expect(defaults.filter((key) => key !== undefined && keyProblem(key) !== undefined)).toEqual([])
  })
})
