import type { OutlineCounts } from '../../../../shared/scenario-check.ts'

/** What a stretch of a program asks of the allocator. NaN is "depends on the run", and stays NaN in sums and products. */
export interface Tally {
  readonly operations: number
  readonly maps: number
  readonly unmaps: number
  readonly slots: number
}

export const NOTHING: Tally = { operations: 0, maps: 0, unmaps: 0, slots: 0 }
export const UNKNOWN: Tally = { operations: NaN, maps: NaN, unmaps: NaN, slots: NaN }

export function plus(left: Tally, right: Tally): Tally {
  return combined(left, right, (a, b) => a + b)
}

export function times(tally: Tally, factor: number): Tally {
  // 0 passes ask for nothing, whatever one pass may ask for
  if (factor === 0) return NOTHING
  return combined(tally, tally, (a) => a * factor)
}

/** What is known of either of two ways that a run may take. */
export function either(left: Tally, right: Tally): Tally {
  return combined(left, right, (a, b) => (a === b ? a : NaN))
}

function combined(left: Tally, right: Tally, how: (a: number, b: number) => number): Tally {
  return {
    operations: how(left.operations, right.operations),
    maps: how(left.maps, right.maps),
    unmaps: how(left.unmaps, right.unmaps),
    slots: how(left.slots, right.slots),
  }
}

export function known(count: number): number | undefined {
  return Number.isNaN(count) ? undefined : count
}

export function outlineCounts({ maps, unmaps, slots }: Tally): OutlineCounts {
  return { maps: known(maps), unmaps: known(unmaps), slots: known(slots) }
}
