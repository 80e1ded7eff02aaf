import { EVENT_BUCKETS_MAX, STRIP_EVENTS, type EventStrip, type StripEvent } from '../../../shared/replay.ts'

/** Counts events over the operations of a run, in buckets that become wider as the run becomes longer. */
export class EventCounter {
  #operationsPerBucket = 1
  readonly #counts: Readonly<Record<StripEvent, Uint32Array>>

  constructor() {
    this.#counts = Object.fromEntries(
      STRIP_EVENTS.map((event) => [event, new Uint32Array(EVENT_BUCKETS_MAX)]),
    ) as Record<StripEvent, Uint32Array>
  }

  /** `operation` counts from 1. */
  add(event: StripEvent, operation: number, times: number): void {
    while (operation > this.#operationsPerBucket * EVENT_BUCKETS_MAX) this.#widen()
    const bucket = Math.floor((operation - 1) / this.#operationsPerBucket)
    const counts = this.#counts[event]
    counts[bucket] = (counts[bucket] as number) + times
  }

  /** All buckets of a run with so many operations. */
  strip(operations: number): EventStrip {
    while (operations > this.#operationsPerBucket * EVENT_BUCKETS_MAX) this.#widen()
    const buckets = Math.ceil(operations / this.#operationsPerBucket)
    const counts = STRIP_EVENTS.map((event) => [event, this.#counts[event].slice(0, buckets)])
    return {
      operationsPerBucket: this.#operationsPerBucket,
      counts: Object.fromEntries(counts) as EventStrip['counts'],
    }
  }

  /** Puts two buckets into one. */
  #widen(): void {
    this.#operationsPerBucket *= 2
    for (const counts of Object.values(this.#counts)) {
      for (let bucket = 0; bucket < EVENT_BUCKETS_MAX / 2; bucket += 1) {
        counts[bucket] = (counts[2 * bucket] as number) + (counts[2 * bucket + 1] as number)
      }
      counts.fill(0, EVENT_BUCKETS_MAX / 2)
    }
  }
}
