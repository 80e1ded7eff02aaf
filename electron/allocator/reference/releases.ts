import type { ReferenceModel } from './model.ts'

/** Nick Piggin's original, db64fe02258f. */
const v2_6_28: ReferenceModel = {
  newBlockAt: 'head',
  afterNewBlock: 'search-again',
  search: 'first-fit',
  slotPlacement: 'aligned',
  dirtyTracking: 'bitmap',
  zeroPages: 'no-check',
  addressSpace: 'gap-first-fit',
  treePadding: 'always',
  nodes: false,
  poolDecay: 'none-below-four',
  drainOrder: 'ascending',
  thresholdDrain: 'at-once',
  fragmentPurge: false,
  aliasesVisit: 'listed',
  fragmentThreshold: 1,
  lazyFactor: 1,
}
const v3_2: ReferenceModel = { ...v2_6_28, addressSpace: 'next-fit', fragmentPurge: true }
/** Linux 4.0: slots are no longer aligned (3fcd76e8028e), a map of 0 pages is noticed. */
const before: ReferenceModel = { ...v3_2, slotPlacement: 'bump', zeroPages: 'bug' }
/** 68ac546f26 */
const p1: ReferenceModel = { ...before, newBlockAt: 'tail' }
/** cf725ce274ba */
const p2: ReferenceModel = { ...p1, afterNewBlock: 'occupy' }
/** Linux 4.1: 7d61bfe8fddb. */
const p3: ReferenceModel = { ...p2, dirtyTracking: 'range' }
/** Freed areas on a list whose head is the last one. */
const v4_10: ReferenceModel = { ...p3, drainOrder: 'last-first' }
/** 68ad4a330433. 5.10 has two locks where 5.2 has one, which one task does not notice. */
const v5_2: ReferenceModel = { ...v4_10, addressSpace: 'free-tree' }
const v6_1: ReferenceModel = { ...v5_2, treePadding: 'aligned', drainOrder: 'merged', thresholdDrain: 'worker' }
/** 062eacf57ad9, and a threshold for fragments. */
const v6_5: ReferenceModel = { ...v6_1, aliasesVisit: 'all-blocks', fragmentThreshold: 0.25 }
/** 72210662c5a2 (6.9); a map of 0 pages fails without a BUG. */
const v6_12: ReferenceModel = {
  ...v6_5,
  nodes: true,
  poolDecay: 'all-below-four',
  drainOrder: 'descending',
  zeroPages: 'warn',
}
const v6_19: ReferenceModel = { ...v6_12, poolDecay: 'none-below-four' }

/** Every release that the golden cases know, by its tag there. */
export const REFERENCE_RELEASES = {
  'v2.6.28': v2_6_28,
  'v3.2': v3_2,
  before,
  p1,
  p2,
  p3,
  'v4.10': v4_10,
  'v5.2': v5_2,
  'v5.10': v5_2,
  'v6.1': v6_1,
  'v6.5': v6_5,
  'v6.8': v6_5,
  'v6.12': v6_12,
  'v6.19': v6_19,
} as const satisfies Record<string, ReferenceModel>

export type ReferenceRelease = keyof typeof REFERENCE_RELEASES
