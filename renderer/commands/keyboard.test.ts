import { afterEach, describe, expect, it } from 'vitest'
import { commandFor } from './keyboard.ts'
import type { CommandId } from '../../shared/command-catalog.ts'
import { changeKeys, type Command } from './registry.ts'

const command = (id: CommandId, enabled = true): Command => ({ id, enabled: () => enabled, run: () => undefined })
const press = (key: string, more: Partial<KeyboardEvent> = {}): KeyboardEvent =>
  ({ key, ctrlKey: false, shiftKey: false, altKey: false, metaKey: false, repeat: false, ...more }) as KeyboardEvent

const idle = command('export-report', false)
const offered = [idle, command('export-report'), command('report'), command('run')]
const everywhere = { singleKeys: true, inTextField: false, onPressable: false }

afterEach(() => {
  changeKeys({})
})

describe('a key', () => {
  it('means the first command that is enabled', () => {
    const meant = commandFor(press('e', { ctrlKey: true }), offered, everywhere)
    expect(meant?.id).toBe('export-report')
    expect(meant).not.toBe(idle)
    expect(commandFor(press('x'), offered, everywhere)).toBeUndefined()
  })

  it('that is a letter acts outside text fields only, and can be switched off', () => {
    expect(commandFor(press('p'), offered, everywhere)?.id).toBe('report')
    expect(commandFor(press('p'), offered, { ...everywhere, inTextField: true })).toBeUndefined()
    expect(commandFor(press('p'), offered, { ...everywhere, singleKeys: false })).toBeUndefined()
    const chord = press('Enter', { ctrlKey: true })
    expect(commandFor(chord, offered, { ...everywhere, singleKeys: false, inTextField: true })?.id).toBe('run')
  })

  it('means first what has the focus, where two have it', () => {
    const both = [command('guide'), command('scenario-help')]
    expect(commandFor(press('F1'), both, everywhere)?.id).toBe('scenario-help')
    const outside = [command('guide'), command('scenario-help', false)]
    expect(commandFor(press('F1'), outside, everywhere)?.id).toBe('guide')
  })

  it('that is held down means its command once', () => {
    expect(commandFor(press('Enter', { ctrlKey: true, repeat: true }), offered, everywhere)).toBeUndefined()
  })

  it('that is held down goes on where that is wanted', () => {
    const held = press('ArrowRight', { repeat: true })
    expect(commandFor(held, [command('replay-forward')], everywhere)?.id).toBe('replay-forward')
  })

  it('that moves within a text field is left to it, and Space to what it presses', () => {
    const moving = [command('replay-forward'), command('replay-next-event'), command('replay-play')]
    const keys = [press('ArrowRight'), press('ArrowRight', { shiftKey: true }), press(' ')]
    const meant = (context: typeof everywhere) => keys.map((key) => commandFor(key, moving, context)?.id)
    expect(meant(everywhere)).toEqual(['replay-forward', 'replay-next-event', 'replay-play'])
    expect(meant({ ...everywhere, inTextField: true })).toEqual([undefined, undefined, undefined])
    expect(meant({ ...everywhere, onPressable: true })).toEqual(['replay-forward', 'replay-next-event', undefined])
  })

  it('that something else has used means nothing more', () => {
    expect(commandFor(press('p', { defaultPrevented: true }), offered, everywhere)).toBeUndefined()
    expect(commandFor(press('p', { isComposing: true }), offered, everywhere)).toBeUndefined()
  })

  it('can be changed and taken away, and is then held to the same rules', () => {
    changeKeys({ run: 'Z', report: '' })
    expect(commandFor(press('z'), offered, everywhere)?.id).toBe('run')
    expect(commandFor(press('z'), offered, { ...everywhere, inTextField: true })).toBeUndefined()
    expect(commandFor(press('Enter', { ctrlKey: true }), offered, everywhere)).toBeUndefined()
    expect(commandFor(press('p'), offered, everywhere)).toBeUndefined()
    changeKeys({})
    expect(commandFor(press('p'), offered, everywhere)?.id).toBe('report')
  })
})
