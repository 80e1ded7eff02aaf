import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { MACHINE_PRESETS, type Machine } from '../../shared/machine.ts'
import type { ScenarioCheck } from '../../shared/scenario-check.ts'
import { installFakeLab } from '../testing/fake-lab.ts'
import { CHECK_DELAY_MS, useChecksStore } from './checks.ts'

const [machine, other] = MACHINE_PRESETS.map((preset) => preset.machine) as [Machine, Machine, ...Machine[]]

/** Checks that were asked for and not answered, oldest first. */
let open: { source: string; answer: () => Promise<void> }[] = []

const checkOf = (source: string): ScenarioCheck => ({
  diagnostics: [{ from: 0, to: 1, line: 1, column: 1, endLine: 1, endColumn: 2, severity: 'error', message: source }],
  parameters: [],
  usesSeed: false,
  outline: [],
})

beforeEach(() => {
  vi.useFakeTimers()
  open = []
  installFakeLab({
    checkScenario: (source) =>
      new Promise((resolve) => {
        const answer = async () => {
          resolve(checkOf(source))
          await vi.advanceTimersByTimeAsync(0)
        }
        open.push({ source, answer })
      }),
  })
  setActivePinia(createPinia())
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const ask = (...texts: readonly [ref: string, text: string, on?: typeof machine][]): void =>
  useChecksStore().ask(texts.map(([ref, text, on = machine]) => ({ ref, text, machine: on })))
const wait = (): Promise<unknown> => vi.advanceTimersByTimeAsync(CHECK_DELAY_MS)
const said = (ref: string): string | undefined => useChecksStore().answers.get(ref)?.check.diagnostics[0]?.message

describe('a check', () => {
  it('is of the last text of a burst', async () => {
    for (const text of ['a', 'ab', 'abc']) ask(['x', text])
    await wait()
    expect(open.map(({ source }) => source)).toEqual(['abc'])
    await open[0]!.answer()
    expect(said('x')).toBe('abc')
  })

  it('is never of a text that was changed since: the newer one is checked next, and its answer wins', async () => {
    ask(['x', 'old'])
    await wait()
    ask(['x', 'new'])
    await wait()
    await open[0]!.answer()
    expect(said('x')).toBeUndefined()
    expect(open.map(({ source }) => source)).toEqual(['old', 'new'])
    await open[1]!.answer()
    expect(said('x')).toBe('new')
  })

  it('comes first for the first text, and is made once for each', async () => {
    ask(['x', 'one'], ['y', 'two'])
    await wait()
    await open[0]!.answer()
    expect([said('x'), said('y')]).toEqual(['one', undefined])
    await open[1]!.answer()
    ask(['y', 'two'], ['x', 'one'])
    await wait()
    expect(open).toHaveLength(2)
    expect([said('x'), said('y')]).toEqual(['one', 'two'])
  })

  it('is made again for another machine', async () => {
    ask(['x', 'one'])
    await wait()
    await open[0]!.answer()
    ask(['x', 'one', other])
    await wait()
    expect(open).toHaveLength(2)
  })

  it('is forgotten with its scenario, and goes on under another reference', async () => {
    ask(['x', 'one'])
    await wait()
    await open[0]!.answer()
    useChecksStore().refer('x', 'y')
    ask(['y', 'one'])
    expect([said('x'), said('y')]).toEqual([undefined, 'one'])
    await wait()
    expect(open).toHaveLength(1)
  })
})
