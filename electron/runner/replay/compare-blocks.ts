import type { AlignedBlock, BlockComparison, BlockStanding } from '../../../shared/replay.ts'
import type { BlockLog } from './block-log.ts'
import type { Playback } from './playback.ts'

/** A replay at its present moment. */
interface Shown {
  readonly playback: Playback
  readonly blocks: BlockLog
}

export interface ComparedPart {
  /** Blocks that are the same on both sides are left out. */
  readonly onlyDifferent: boolean
  /** Position of the first row, from 0 on, and how many at most. */
  readonly from: number
  readonly count: number
}

/**
 * The live blocks of two sides, the same block beside itself: the how many-th that each side allocated, as models are compared
 * everywhere in Replay. In the order in which they were allocated.
 */
export function compareBlocks(
  left: Shown,
  right: Shown,
  { onlyDifferent, from, count }: ComparedPart,
): BlockComparison {
  const sides = [new StandingBlocks(left), new StandingBlocks(right)] as const
  const ordinals = [...new Set([...sides[0].live.keys(), ...sides[1].live.keys()])].sort((one, other) => one - other)
  const rows: AlignedBlock[] = []
  let different = 0
  let place = 0
  for (const ordinal of ordinals) {
    const row = { ordinal, sides: [sides[0].standing(ordinal), sides[1].standing(ordinal)] } as const
    const isSame = areSame(...row.sides)
    if (!isSame) different += 1
    if (isSame && onlyDifferent) continue
    if (place >= from && place < from + count) rows.push(row)
    place += 1
  }
  return {
    ...{ same: ordinals.length - different, different, rows },
    notKept: Math.max(sides[0].notKept, sides[1].notKept),
  }
}

/** Where a block stands in the address space and on its list is not compared: it follows from what happened to others. */
function areSame(left: BlockStanding, right: BlockStanding): boolean {
  if (left.kind !== 'live' || right.kind !== 'live') return left.kind === right.kind
  return left.cpu === right.cpu && left.freeSlots === right.freeSlots && left.dirtySlots === right.dirtySlots
}

/** The blocks of one side by their ordinals. */
class StandingBlocks {
  readonly live = new Map<number, BlockStanding>()
  /** Live blocks that were allocated when there were too many to keep note of. */
  readonly notKept: number
  readonly #allocated: number

  constructor({ playback: { allocator, operation }, blocks: log }: Shown) {
    this.#allocated = log.allocatedBy(operation)
    const positions = new Map<number, number>()
    for (let cpu = 0; cpu < allocator.machine.nrCpus; cpu += 1) {
      let position = 0
      for (const [index] of allocator.freeList(cpu)) positions.set(index, (position += 1))
    }
    const blocks = [...allocator.view.blocks()]
    const ordinals = log.ordinals(
      operation,
      blocks.map(({ index }) => index),
    )
    let notKept = 0
    blocks.forEach(({ index, cpu, freeSlots, dirtySlots }, place) => {
      const ordinal = ordinals[place] ?? 0
      const listPosition = positions.get(index)
      if (ordinal === 0) notKept += 1
      else this.live.set(ordinal, { kind: 'live', index, cpu, freeSlots, dirtySlots, listPosition })
    })
    this.notKept = notKept
  }

  standing(ordinal: number): BlockStanding {
    return this.live.get(ordinal) ?? { kind: ordinal <= this.#allocated ? 'freed' : 'not-allocated' }
  }
}
