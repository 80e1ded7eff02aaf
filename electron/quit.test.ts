import { EventEmitter } from 'node:events'
import type { App } from 'electron'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ENDING_MS_MAX, quitAfter } from './quit.ts'

/** An app that quits the way Electron's does: `will-quit` once its windows are closed, and the end unless somebody prevented it. */
class FakeApp extends EventEmitter {
  hasQuit = false

  quit(): void {
    const event = new Event('will-quit', { cancelable: true })
    this.emit('will-quit', event)
    this.hasQuit = !event.defaultPrevented
  }
}

/** A promise that the test fulfils. */
function pending(): { promise: Promise<void>; fulfil: () => void } {
  let fulfil = (): void => undefined
  const promise = new Promise<void>((resolve) => (fulfil = resolve))
  return { promise, fulfil: () => fulfil() }
}

/** The app with an ending that the test controls. */
function appWith(end: () => Promise<void>, onDefect: (error: unknown) => void = vi.fn()): FakeApp {
  const app = new FakeApp()
  quitAfter(app as unknown as App, end, onDefect)
  return app
}

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

it('quits when the ending is through', async () => {
  const { promise, fulfil } = pending()
  const app = appWith(() => promise)
  app.quit()
  expect(app.hasQuit).toBe(false)
  fulfil()
  await vi.advanceTimersByTimeAsync(0)
  expect(app.hasQuit).toBe(true)
})

it('ends once, and does not quit earlier when asked again', async () => {
  const { promise, fulfil } = pending()
  const end = vi.fn(() => promise)
  const app = appWith(end)
  app.quit()
  app.quit()
  await vi.advanceTimersByTimeAsync(0)
  expect(app.hasQuit).toBe(false)
  fulfil()
  await vi.advanceTimersByTimeAsync(0)
  expect(app.hasQuit).toBe(true)
  expect(end).toHaveBeenCalledTimes(1)
})

it('tells of an ending that fails, and quits', async () => {
  const onDefect = vi.fn()
  const app = appWith(() => Promise.reject(new Error('disk full')), onDefect)
  app.quit()
  await vi.advanceTimersByTimeAsync(0)
  expect(onDefect).toHaveBeenCalledWith(new Error('disk full'))
  expect(app.hasQuit).toBe(true)
})

it('does not wait for ever', async () => {
  const app = appWith(() => new Promise(() => undefined))
  app.quit()
  await vi.advanceTimersByTimeAsync(ENDING_MS_MAX - 1)
  expect(app.hasQuit).toBe(false)
  await vi.advanceTimersByTimeAsync(2)
  expect(app.hasQuit).toBe(true)
})
