import { describe, expect, it } from 'vitest'
import type { EventStrip } from '../../../shared/replay.ts'
import { eventMarks } from './event-marks.ts'

const size = { width: 100, height: 10, operations: 1000, valueMax: 1 }

describe('the event strip', () => {
  it('has a mark where something happened, and one for what stands too close', () => {
    const allocated = Uint32Array.from([1, 0, 2, 3, 0, 0, 0, 0, 0, 4])
    const none = new Uint32Array(10)
    const strip = {
      operationsPerBucket: 100,
      counts: { allocated, freed: none, flushed: none, failed: none },
    } satisfies EventStrip
    expect(eventMarks(strip, 'allocated', size)).toEqual([
      { x: 10, count: 1 },
      { x: 30, count: 2 },
      { x: 40, count: 3 },
      { x: 100, count: 4 },
    ])
    expect(eventMarks(strip, 'allocated', { ...size, width: 10 })).toEqual([
      { x: 1, count: 3 },
      { x: 4, count: 3 },
      { x: 10, count: 4 },
    ])
  })
})
