/** A quantity of a run, and its extremes since the sampler's point was begun. */
export class Gauge {
  /** True when a value lasts until the next one comes; false when it belongs to one operation alone. */
  readonly lasts: boolean
  current = 0
  /** Above `highest` while nothing came, for a quantity that does not last. */
  lowest = 0
  highest = 0

  constructor(lasts: boolean) {
    this.lasts = lasts
    this.begin()
  }

  set(value: number): void {
    this.current = value
    if (value < this.lowest) this.lowest = value
    if (value > this.highest) this.highest = value
  }

  /** Adds `amount` >= 0 to a value that lasts. */
  rise(amount: number): void {
    const value = this.current + amount
    this.current = value
    if (value > this.highest) this.highest = value
  }

  /** Takes `amount` >= 0 from a value that lasts. */
  fall(amount: number): void {
    const value = this.current - amount
    this.current = value
    if (value < this.lowest) this.lowest = value
  }

  /** Begins a point: what lasts is there from its beginning. */
  begin(): void {
    this.lowest = this.lasts ? this.current : Infinity
    this.highest = this.lasts ? this.current : -Infinity
  }
}
