import { describe, expect, it } from 'vitest'
import { elapsedMs, isRunning, startedStopwatch, stoppedStopwatch, toggled } from './stopwatch.ts'

describe('a stopwatch', () => {
  it('counts the time while it runs and nothing else', () => {
    const started = startedStopwatch(1000)
    expect(elapsedMs(started, 1500)).toBe(500)
    const stopped = toggled(started, false, 1500)
    expect([isRunning(stopped), elapsedMs(stopped, 9000)]).toEqual([false, 500])
    const again = toggled(stopped, true, 9000)
    expect([isRunning(again), elapsedMs(again, 9100)]).toEqual([true, 600])
  })

  it('stays as it is when it does already what is asked', () => {
    const started = startedStopwatch(1000)
    expect(toggled(started, true, 5000)).toBe(started)
    const stopped = stoppedStopwatch(70)
    expect(toggled(stopped, false, 5000)).toBe(stopped)
  })

  it('never runs backwards', () => {
    expect(elapsedMs(startedStopwatch(1000, 40), 900)).toBe(40)
  })
})
