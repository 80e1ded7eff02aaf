import type { EventStrip, StripEvent } from '../../../shared/replay.ts'
import { xOf, type TimelineSize } from './timeline.ts'

/** One event, or several that stand too close to be told apart. */
export interface EventMark {
  readonly x: number
  readonly count: number
}

/** Marks nearer to each other than this are one. */
const MARK_PX = 3

/** Where the events of a kind stand on the timeline, at the end of their bucket. */
export function eventMarks(strip: EventStrip, kind: StripEvent, size: TimelineSize): readonly EventMark[] {
  const marks: EventMark[] = []
  strip.counts[kind].forEach((count, bucket) => {
    if (count === 0) return
    const x = xOf(Math.min(size.operations, (bucket + 1) * strip.operationsPerBucket), size)
    const last = marks.at(-1)
    if (last !== undefined && x - last.x < MARK_PX) marks[marks.length - 1] = { x: last.x, count: last.count + count }
    else marks.push({ x, count })
  })
  return marks
}
