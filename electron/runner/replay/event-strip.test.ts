import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatTrace } from '../../../scripts/agreement/requests.ts'
import { randomCase } from '../../../scripts/fuzzing/case.ts'
import { EVENT_BUCKETS_MAX, STRIP_EVENTS, type ReplayedOperation, type StripEvent } from '../../../shared/replay.ts'
import { EventCounter } from './event-strip.ts'
import { CHOICES, open, traceSpec, workloadSpec } from './replay.fixture.ts'

/** How often each thing happened in an operation. */
function happened({ kind, startPage, events }: ReplayedOperation): Record<StripEvent, number> {
  const count = (wanted: string): number => events.filter((event) => event.kind === wanted).length
  return {
    allocated: count('block-allocated'),
    freed: count('block-freed'),
    flushed: events.filter((event) => event.kind === 'purge' && event.flushedPages > 0).length,
    failed: Number((kind === 'map' || kind === 'vmap') && startPage === undefined),
  }
}

describe('the strip of events', () => {
  it('counts in each span what its operations did', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.constantFrom(...CHOICES), (seed, choice) => {
        const { machine, requests } = randomCase(seed)
        const { spec, openTrace } = traceSpec(formatTrace(requests.slice(0, 500)), machine, choice)
        const replay = open(spec, { openTrace })
        const { operationsPerBucket, counts } = replay.events
        expect(operationsPerBucket).toBe(1)
        for (let operation = 1; operation <= replay.operations; operation += 1) {
          const expected = happened(replay.seek(operation).last!)
          for (const event of STRIP_EVENTS) expect(counts[event][operation - 1]).toBe(expected[event])
        }
      }),
      { numRuns: 60 },
    )
  })

  it('has as many buckets for a long run as for a short one', () => {
    const { events, operations } = open(workloadSpec('exhaust', 1000, 'v4.1'))
    expect(events.operationsPerBucket).toBe(64)
    expect(events.counts.allocated).toHaveLength(Math.ceil(operations / 64))
    const sums = STRIP_EVENTS.map((event) => events.counts[event].reduce((sum, times) => sum + times, 0))
    expect(sums).toEqual([993, 992, 110, 0])
  })

  it('puts every event where its operation is, however wide the buckets become', () => {
    const operation = fc.integer({ min: 1, max: 40 * EVENT_BUCKETS_MAX })
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 100 }), (operations) => {
        const counter = new EventCounter()
        for (const made of operations) counter.add('freed', made, 2)
        const { operationsPerBucket, counts } = counter.strip(40 * EVENT_BUCKETS_MAX)
        expect(operationsPerBucket).toBe(64)
        const expected = new Uint32Array((40 * EVENT_BUCKETS_MAX) / 64)
        for (const made of operations) expected[Math.floor((made - 1) / 64)]! += 2
        expect(counts.freed).toEqual(expected)
      }),
    )
  })
})
