import { mersenne } from 'pure-rand/generator/mersenne'
import { PairStream } from './pair-stream.ts'

/** Maps of 1 + x mod `pagesMax` pages, where x is the next 32-bit output of MT19937 after init_genrand(seed). */
export class RandomPairs extends PairStream {
  readonly operationsTotal: number
  readonly #random: ReturnType<typeof mersenne>
  readonly #pagesMax: number
  #pairsLeft: number

  constructor(pairs: number, pagesMax: number, seed: number) {
    super()
    this.operationsTotal = 2 * pairs
    this.#random = mersenne(seed)
    this.#pagesMax = pagesMax
    this.#pairsLeft = pairs
  }

  protected nextPages(): number {
    if (this.#pairsLeft === 0) return 0
    this.#pairsLeft -= 1
    // The generator answers signed 32-bit numbers
    return 1 + ((this.#random.next() >>> 0) % this.#pagesMax)
  }
}
