import { describe, expect, it } from 'vitest'
import { commandFor } from './keyboard.ts'
import type { Command } from './registry.ts'

const command = (id: string, shortcut: string, enabled = true): Command => ({
  id,
  title: id,
  shortcut,
  enabled: () => enabled,
  run: () => undefined,
})
const press = (key: string, more: Partial<KeyboardEvent> = {}): KeyboardEvent =>
  ({ key, ctrlKey: false, shiftKey: false, altKey: false, metaKey: false, repeat: false, ...more }) as KeyboardEvent

const offered = [
  command('off', 'Ctrl+E', false),
  command('on', 'Ctrl+E'),
  command('report', 'P'),
  command('run', 'Ctrl+Enter'),
]
const everywhere = { singleKeys: true, inTextField: false }

describe('a key', () => {
  it('means the first command that is enabled', () => {
    expect(commandFor(press('e', { ctrlKey: true }), offered, everywhere)?.id).toBe('on')
    expect(commandFor(press('x'), offered, everywhere)).toBeUndefined()
  })

  it('that is a letter acts outside text fields only, and can be switched off', () => {
    expect(commandFor(press('p'), offered, everywhere)?.id).toBe('report')
    expect(commandFor(press('p'), offered, { ...everywhere, inTextField: true })).toBeUndefined()
    expect(commandFor(press('p'), offered, { ...everywhere, singleKeys: false })).toBeUndefined()
    const chord = press('Enter', { ctrlKey: true })
    expect(commandFor(chord, offered, { singleKeys: false, inTextField: true })?.id).toBe('run')
  })

  it('that is held down means its command once', () => {
    expect(commandFor(press('Enter', { ctrlKey: true, repeat: true }), offered, everywhere)).toBeUndefined()
  })

  it('that something else has used means nothing more', () => {
    expect(commandFor(press('p', { defaultPrevented: true }), offered, everywhere)).toBeUndefined()
    expect(commandFor(press('p', { isComposing: true }), offered, everywhere)).toBeUndefined()
  })
})
