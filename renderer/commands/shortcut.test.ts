import { describe, expect, it } from 'vitest'
import { isSingleKey, matchesShortcut } from './shortcut.ts'

function key(
  name: string,
  held: Partial<Record<'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey', true>> = {},
): KeyboardEvent {
  return { key: name, ctrlKey: false, shiftKey: false, altKey: false, metaKey: false, ...held } as KeyboardEvent
}

describe('a shortcut', () => {
  it.each([
    ['Ctrl+K', key('k', { ctrlKey: true })],
    ['Ctrl+Shift+L', key('L', { ctrlKey: true, shiftKey: true })],
    ['Ctrl+Enter', key('Enter', { ctrlKey: true })],
    ['Ctrl+,', key(',', { ctrlKey: true })],
    ['Esc', key('Escape')],
    ['Shift+F6', key('F6', { shiftKey: true })],
    ['P', key('p')],
    ['?', key('?', { shiftKey: true })],
    ['/', key('/')],
  ])('%s is met', (shortcut, event) => {
    expect(matchesShortcut(shortcut, event)).toBe(true)
  })

  it.each([
    ['Ctrl+K', key('k')],
    ['K', key('k', { ctrlKey: true })],
    ['Ctrl+L', key('L', { ctrlKey: true, shiftKey: true })],
    ['P', key('P', { shiftKey: true })],
    ['F6', key('F6', { shiftKey: true })],
    ['Ctrl+1', key('1', { ctrlKey: true, altKey: true })],
  ])('%s is not met by another key', (shortcut, event) => {
    expect(matchesShortcut(shortcut, event)).toBe(false)
  })

  it('is a single key when it is one sign long', () => {
    const shortcuts = ['P', '?', '/', 'Shift+R', 'F6', 'Ctrl+K', 'Esc', 'Delete']
    expect(shortcuts.map(isSingleKey)).toEqual([true, true, true, true, false, false, false, false])
  })
})
