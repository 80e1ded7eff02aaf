import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { WATCH_INTERVAL_MS, watchJournal } from './journal-watch.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const totals = { experiments: 1, runs: 6 }

/** A watch over a journal whose version and window the test sets. */
function watch(): {
  state: { version: number; visible: boolean; broken: boolean }
  told: unknown[]
  defects: unknown[]
  stop: () => void
} {
  const state = { version: 1, visible: true, broken: false }
  const told: unknown[] = []
  const defects: unknown[] = []
  const stop = watchJournal({
    journal: {
      dataVersion: () => {
        if (state.broken) throw new Error('the disk is gone')
        return state.version
      },
      totals: () => totals,
    },
    isShown: () => state.visible,
    tell: (_name, payload) => told.push(payload),
    onDefect: (error) => defects.push(error),
  })
  return { state, told, defects, stop }
}

it('tells of a change once', () => {
  const { state, told, stop } = watch()
  vi.advanceTimersByTime(3 * WATCH_INTERVAL_MS)
  expect(told).toEqual([])
  state.version = 2
  vi.advanceTimersByTime(3 * WATCH_INTERVAL_MS)
  expect(told).toEqual([totals])
  stop()
})

it('rests while the window is hidden and catches up when it is shown', () => {
  const { state, told, stop } = watch()
  state.visible = false
  state.version = 2
  vi.advanceTimersByTime(3 * WATCH_INTERVAL_MS)
  expect(told).toEqual([])
  state.visible = true
  vi.advanceTimersByTime(WATCH_INTERVAL_MS)
  expect(told).toEqual([totals])
  stop()
})

it('says once that the journal cannot be read', () => {
  const { state, told, defects } = watch()
  state.broken = true
  vi.advanceTimersByTime(5 * WATCH_INTERVAL_MS)
  expect(defects).toEqual([new Error('the disk is gone')])
  expect(told).toEqual([])
})

it('ends when it is stopped', () => {
  const { state, told, stop } = watch()
  stop()
  state.version = 2
  vi.advanceTimersByTime(3 * WATCH_INTERVAL_MS)
  expect(told).toEqual([])
})
