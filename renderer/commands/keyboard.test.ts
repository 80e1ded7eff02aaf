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
const everywhere = { singleKeys: true, inTextField: false, onPressable: false }

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
    expect(commandFor(chord, offered, { ...everywhere, singleKeys: false, inTextField: true })?.id).toBe('run')
  })

  it('that is held down means its command once', () => {
    expect(commandFor(press('Enter', { ctrlKey: true, repeat: true }), offered, everywhere)).toBeUndefined()
  })

  it('that is held down goes on where that is wanted', () => {
    const step = { ...command('step', 'Right'), repeats: true }
    const held = press('ArrowRight', { repeat: true })
    expect(commandFor(held, [step], everywhere)?.id).toBe('step')
  })

  it('that moves within a text field is left to it, and Space to what it presses', () => {
    const moving = [command('step', 'Right'), command('event', 'Shift+Right'), command('play', 'Space')]
    const keys = [press('ArrowRight'), press('ArrowRight', { shiftKey: true }), press(' ')]
    const meant = (context: typeof everywhere) => keys.map((key) => commandFor(key, moving, context)?.id)
    expect(meant(everywhere)).toEqual(['step', 'event', 'play'])
    expect(meant({ ...everywhere, inTextField: true })).toEqual([undefined, undefined, undefined])
    expect(meant({ ...everywhere, onPressable: true })).toEqual(['step', 'event', undefined])
  })

  it('that something else has used means nothing more', () => {
    expect(commandFor(press('p', { defaultPrevented: true }), offered, everywhere)).toBeUndefined()
    expect(commandFor(press('p', { isComposing: true }), offered, everywhere)).toBeUndefined()
  })
})
