const WORD_BITS = 32
const WORD_SHIFT = 5
const WORD_MASK = 31

/**
 * A set of positions in [0, capacity), as bits with a summary bit for each word above them and so on up to one word: the
 * lowest member at or after a position is found in a few steps, whatever the size.
 */
export class BitLevels {
  readonly #levels: Uint32Array[] = []

  constructor(capacity: number) {
    for (let words = Math.ceil(capacity / WORD_BITS); ; words = Math.ceil(words / WORD_BITS)) {
      this.#levels.push(new Uint32Array(words))
      if (words === 1) return
    }
  }

  add(position: number): void {
    let index = position
    for (const level of this.#levels) {
      const word = index >>> WORD_SHIFT
      const before = level[word] as number
      level[word] = before | (1 << (index & WORD_MASK))
      // The words above know already that this one is not empty
      if (before !== 0) return
      index = word
    }
  }

  remove(position: number): void {
    let index = position
    for (const level of this.#levels) {
      const word = index >>> WORD_SHIFT
      const left = (level[word] as number) & ~(1 << (index & WORD_MASK))
      level[word] = left
      if (left !== 0) return
      index = word
    }
  }

  /** The lowest member at or after `position`, or -1. */
  firstFrom(position: number): number {
    const levels = this.#levels
    let index = position
    for (let height = 0; height < levels.length; height += 1) {
      const level = levels[height] as Uint32Array
      const word = index >>> WORD_SHIFT
      if (word >= level.length) return -1
      const found = ((level[word] as number) >>> (index & WORD_MASK)) << (index & WORD_MASK)
      if (found !== 0) return this.#lowestBelow(height, word, found)
      index = word + 1
    }
    return -1
  }

  /** A set of another capacity with every member moved up by `shift`, a multiple of 32. */
  moved(capacity: number, shift: number): BitLevels {
    const moved = new BitLevels(capacity)
    moved.words.set(this.words, shift / WORD_BITS)
    moved.#summarize()
    return moved
  }

  get state(): readonly Uint32Array[] {
    return this.#levels
  }

  /** Takes in the state of a set of the same capacity. */
  set state(levels: readonly Uint32Array[]) {
    levels.forEach((words, height) => this.#levels[height]?.set(words))
  }

  /** Words of the lowest level, for counting. */
  get words(): Uint32Array {
    return this.#levels[0] as Uint32Array
  }

  /** Follows the lowest members down from a word at `height` whose bits are `bits`. */
  #lowestBelow(height: number, word: number, bits: number): number {
    let index = word * WORD_BITS + lowestBit(bits)
    for (let below = height - 1; below >= 0; below -= 1) {
      index = index * WORD_BITS + lowestBit((this.#levels[below] as Uint32Array)[index] as number)
    }
    return index
  }

  /** Makes the levels above the lowest. */
  #summarize(): void {
    for (let height = 1; height < this.#levels.length; height += 1) {
      const level = this.#levels[height] as Uint32Array
      ;(this.#levels[height - 1] as Uint32Array).forEach((word, index) => {
        const above = index >>> WORD_SHIFT
        if (word !== 0) level[above] = (level[above] as number) | (1 << (index & WORD_MASK))
      })
    }
  }
}

function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits)
}
