import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MACHINE_PRESETS } from '../../shared/machine.ts'
import type { RequestSink, RequestSource } from '../../shared/requests.ts'
import { Allocator } from '../allocator/allocator.ts'
import type { BlockFreeCause } from '../allocator/events.ts'
import { findKernelModel } from '../allocator/models.ts'
import { Checkpoint, EndOfRun, type CheckpointOptions } from './checkpoint.ts'
import { EventDigest } from './digest.ts'
import { MapCounts } from './map-counts.ts'
import { PacedSink } from './paced-sink.ts'
import { RunGauges } from './run-gauges.ts'
import { RunListener } from './run-listener.ts'
import { Sampler } from './sampler.ts'

const { machine } = MACHINE_PRESETS[0]!

/** An allocator whose every call takes as long as a test says, on a clock of its own. */
class SlowTarget implements RequestSink {
  nowMs = 0
  costMs = 0
  readonly calls: string[] = []

  #call(name: string, ...args: readonly number[]): number {
    this.nowMs += this.costMs
    this.calls.push([name, ...args].join(' '))
    return this.calls.length
  }

  setCpu(cpu: number): void {
    this.#call('cpu', cpu)
  }

  mapRam(pages: number): number {
    return this.#call('map', pages)
  }

  unmapRam(startPage: number, pages: number): void {
    this.#call('unmap', startPage, pages)
  }

  vmap(pages: number): number {
    return this.#call('vmap', pages)
  }

  vunmap(startPage: number): void {
    this.#call('vunmap', startPage)
  }

  unmapAliases(): void {
    this.#call('aliases')
  }
}

interface Look {
  readonly operations: number
  readonly atMs: number
}

function paced(target: SlowTarget, options: Partial<CheckpointOptions> = {}) {
  const looks: Look[] = []
  const checkpoint = new Checkpoint(new Sampler(new RunGauges(machine).byName), {
    clock: () => target.nowMs,
    cancelled: () => false,
    onProgress: (operations) => looks.push({ operations, atMs: target.nowMs }),
    ...options,
  })
  return { sink: new PacedSink(target, checkpoint), checkpoint, looks }
}

/** From one look to the next. */
function steps(looks: readonly Look[]): { operations: number; elapsedMs: number }[] {
  return looks.slice(1).map(({ operations, atMs }, i) => ({
    operations: operations - (looks[i]?.operations ?? 0),
    elapsedMs: atMs - (looks[i]?.atMs ?? 0),
  }))
}

describe('a paced sink', () => {
  it('passes every call and every answer on, and counts all but changes of CPU', () => {
    const target = new SlowTarget()
    const { sink, checkpoint } = paced(target)
    sink.setCpu(3)
    expect(sink.mapRam(16)).toBe(2)
    sink.unmapRam(2, 16)
    expect(sink.vmap(5)).toBe(4)
    sink.vunmap(4)
    sink.unmapAliases()
    sink.stop()
    expect(target.calls).toEqual(['cpu 3', 'map 16', 'unmap 2 16', 'vmap 5', 'vunmap 4', 'aliases'])
    expect(checkpoint.operations).toBe(5)
  })

  it('looks often enough, whatever operations cost, and never waits more than twice as long as before', () => {
    const costs = fc.array(
      fc.record({ costUs: fc.double({ min: 0.02, max: 6, noNaN: true }), count: fc.nat(30_000) }),
      {
        maxLength: 8,
      },
    )
    fc.assert(
      fc.property(costs, (phases) => {
        const target = new SlowTarget()
        const { sink, looks } = paced(target)
        for (const { costUs, count } of phases) {
          target.costMs = costUs / 1000
          for (let done = 0; done < count; done += 1) sink.unmapRam(0, 1)
          target.calls.length = 0
        }
        const made = steps(looks)
        expect(made.every(({ elapsedMs }) => elapsedMs < 50)).toBe(true)
        expect(made.every(({ operations }, i) => i === 0 || operations <= 2 * (made[i - 1]?.operations ?? 0))).toBe(
          true,
        )
      }),
      { numRuns: 30 },
    )
  })

  it('gets used to operations of milliseconds, and back', () => {
    const target = new SlowTarget()
    const { sink, looks } = paced(target)
    target.costMs = 2
    for (let done = 0; done < 2000; done += 1) sink.mapRam(1)
    expect(steps(looks).at(-1)).toEqual({ operations: 2, elapsedMs: 4 })
    target.costMs = 0.0001
    for (let done = 0; done < 100_000; done += 1) sink.mapRam(1)
    expect(steps(looks).at(-1)?.operations).toBe(8192)
  })

  it('looks after each vm_unmap_aliases, and in a stream of nothing but changes of CPU', () => {
    const target = new SlowTarget()
    const { sink, looks } = paced(target)
    for (let done = 0; done < 5; done += 1) sink.unmapAliases()
    expect(looks.map(({ operations }) => operations)).toEqual([1, 2, 3, 4, 5])
    const moving = paced(target, { cancelled: () => true })
    expect(() => {
      for (;;) moving.sink.setCpu(0)
    }).toThrow(EndOfRun)
  })

  it('looks after a call that turned out to be slow', () => {
    const target = new SlowTarget()
    const { sink, checkpoint, looks } = paced(target)
    for (let done = 0; done < 10; done += 1) sink.mapRam(1)
    sink.lookSoon()
    expect(looks).toEqual([])
    sink.mapRam(1)
    expect(looks).toMatchObject([{ operations: 11 }])
    sink.stop()
    expect(checkpoint.operations).toBe(11)
  })
})

describe('a purge of many blocks', () => {
  const watched = (cancelled: () => boolean): RunListener => {
    const { sink } = paced(new SlowTarget(), { cancelled })
    return new RunListener(new EventDigest(), new RunGauges(machine), new MapCounts(machine), sink)
  }
  const free = (listener: RunListener, blocks: number, cause: BlockFreeCause): void => {
    for (let index = 0; index < blocks; index += 1) listener.blockFreed(index, cause)
  }

  it('is interrupted when the run is cancelled; single blocks are not', () => {
    const listener = watched(() => true)
    free(listener, 10_000, 'full-and-unmapped')
    free(listener, 100, 'fragment-purge')
    expect(() => free(listener, 10_000, 'fragment-purge')).toThrow(EndOfRun)
  })

  it('goes on otherwise, asking now and then', () => {
    let asked = 0
    const listener = watched(() => {
      asked += 1
      return false
    })
    free(listener, 100_000, 'fragment-purge')
    expect(asked).toBe(24)
  })
})

/** As many blocks on the free list, none of which can be purged: each has a live slot and a hole. */
function crowded(modelId: string, blocks: number): Allocator {
  const allocator = new Allocator(machine, findKernelModel(modelId)!)
  for (let block = 0; block < blocks; block += 1) {
    allocator.mapRam(64)
    for (let done = 0; done < 15; done += 1) allocator.unmapRam(allocator.mapRam(64), 64)
  }
  return allocator
}

describe.each(['v4.0', 'v6.5'])('cancelling under %s with 100,000 blocks', (modelId) => {
  const BLOCKS = 100_000
  const endless: readonly (readonly [string, RequestSource['issue']])[] = [
    [
      'vm_unmap_aliases',
      (sink) => {
        for (;;) sink.unmapAliases()
      },
    ],
    [
      'pairs',
      (sink) => {
        for (;;) sink.unmapRam(sink.mapRam(8), 8)
      },
    ],
  ]

  it.each(endless)('ends an endless stream of %s at once', (_, issue) => {
    const allocator = crowded(modelId, BLOCKS)
    expect(allocator.liveBlocks).toBeGreaterThanOrEqual(BLOCKS)
    const cancelledMs = performance.now() + 100
    let longestMs = 0
    let lastMs = performance.now()
    const gauges = new RunGauges(machine)
    const checkpoint = new Checkpoint(new Sampler(gauges.byName), {
      clock: () => performance.now(),
      cancelled: () => performance.now() > cancelledMs,
      onProgress: () => {
        longestMs = Math.max(longestMs, performance.now() - lastMs)
        lastMs = performance.now()
      },
    })
    const sink = new PacedSink(allocator, checkpoint)
    allocator.listener = new RunListener(new EventDigest(), gauges, new MapCounts(machine), sink)
    expect(() => issue(sink)).toThrow(EndOfRun)
    // A few milliseconds when measured. Room for a busy machine, not for 65,536 calls that visit 100,000 blocks each
    expect(performance.now() - cancelledMs).toBeLessThan(400)
    expect(longestMs).toBeLessThan(400)
  })
})
