const WORD_BITS = 32
const WORD_SHIFT = 5
const WORD_MASK = 31
const SETS_SHIFT = 3

/** Sets there are; the words of all of them stand side by side. */
export const SETS_MAX = 1 << SETS_SHIFT

/**
 * Sets of positions in [0, capacity), each holding all of the next one: what is in set n is in sets 0 to n. Kept as bits, with
 * a summary bit for each word above them and so on up to one word, so that the lowest member of a set at or after a position
 * is found in a few steps, whatever the size.
 */
export class NestedSets {
  /** From the bits up; word w of set s is at w * SETS_MAX + s. */
  readonly #levels: Uint32Array[] = []

  constructor(capacity: number) {
    for (let words = Math.ceil(capacity / WORD_BITS); ; words = Math.ceil(words / WORD_BITS)) {
      this.#levels.push(new Uint32Array(words << SETS_SHIFT))
      if (words === 1) return
    }
  }

  /** Adds a position to the sets 0 to `last`. */
  add(position: number, last: number): void {
    let sets = (2 << last) - 1
    let index = position
    for (let height = 0; sets !== 0 && height < this.#levels.length; height += 1) {
      // The words above know already of those that are not empty
      sets = addTo(this.#levels[height] as Uint32Array, index, sets)
      index >>>= WORD_SHIFT
    }
  }

  /** Takes a position out of the sets `first` to `last`. */
  remove(position: number, first: number, last: number): void {
    let sets = (2 << last) - (1 << first)
    let index = position
    for (let height = 0; sets !== 0 && height < this.#levels.length; height += 1) {
      sets = removeFrom(this.#levels[height] as Uint32Array, index, sets)
      index >>>= WORD_SHIFT
    }
  }

  /** The lowest member of a set at or after `position`, or -1. */
  firstFrom(set: number, position: number): number {
    const levels = this.#levels
    let index = position
    for (let height = 0; height < levels.length; height += 1) {
      const level = levels[height] as Uint32Array
      const word = index >>> WORD_SHIFT
      const place = (word << SETS_SHIFT) | set
      if (place >= level.length) return -1
      const found = ((level[place] as number) >>> (index & WORD_MASK)) << (index & WORD_MASK)
      if (found !== 0) return this.#lowestBelow(set, height, (word << WORD_SHIFT) | lowestBit(found))
      index = word + 1
    }
    return -1
  }

  /** The 32 positions from 32 * `word` on, as bits: those in set 0. */
  wordOfAll(word: number): number {
    return (this.#levels[0] as Uint32Array)[word << SETS_SHIFT] as number
  }

  /** Sets of another capacity with every member moved up by `shift`, a multiple of 32. */
  moved(capacity: number, shift: number): NestedSets {
    const moved = new NestedSets(capacity)
    moved.#levels[0]?.set(this.#levels[0] as Uint32Array, (shift >>> WORD_SHIFT) << SETS_SHIFT)
    moved.#summarize()
    return moved
  }

  get state(): readonly Uint32Array[] {
    return this.#levels
  }

  /** Takes in the state of sets of the same capacity. */
  set state(levels: readonly Uint32Array[]) {
    levels.forEach((words, height) => this.#levels[height]?.set(words))
  }

  /** Follows the lowest members down from a member at `height`. */
  #lowestBelow(set: number, height: number, member: number): number {
    let index = member
    for (let below = height - 1; below >= 0; below -= 1) {
      const bits = (this.#levels[below] as Uint32Array)[(index << SETS_SHIFT) | set] as number
      index = (index << WORD_SHIFT) | lowestBit(bits)
    }
    return index
  }

  /** Makes the levels above the lowest. */
  #summarize(): void {
    for (let height = 1; height < this.#levels.length; height += 1) {
      const level = this.#levels[height] as Uint32Array
      ;(this.#levels[height - 1] as Uint32Array).forEach((bits, place) => {
        if (bits !== 0) addTo(level, place >>> SETS_SHIFT, 1 << (place & (SETS_MAX - 1)))
      })
    }
  }
}

/** Adds to those of 8 sets that are a bit of `sets`, and answers those whose word was empty before. */
function addTo(level: Uint32Array, index: number, sets: number): number {
  const words = (index >>> WORD_SHIFT) << SETS_SHIFT
  const bit = 1 << (index & WORD_MASK)
  let wereEmpty = 0
  for (let left = sets; left !== 0; left &= left - 1) {
    const set = lowestBit(left)
    const before = level[words | set] as number
    level[words | set] = before | bit
    if (before === 0) wereEmpty |= 1 << set
  }
  return wereEmpty
}

/** Takes out of those of 8 sets that are a bit of `sets`, and answers those whose word is empty now. */
function removeFrom(level: Uint32Array, index: number, sets: number): number {
  const words = (index >>> WORD_SHIFT) << SETS_SHIFT
  const bit = 1 << (index & WORD_MASK)
  let areEmpty = 0
  for (let left = sets; left !== 0; left &= left - 1) {
    const set = lowestBit(left)
    const after = (level[words | set] as number) & ~bit
    level[words | set] = after
    if (after === 0) areEmpty |= 1 << set
  }
  return areEmpty
}

function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits)
}
