/** The allocator contradicts itself: a defect of the lab, never of a scenario. */
export class ContradictionError extends Error {
  override readonly name = 'ContradictionError'

  constructor(what: string) {
    super(`The allocator contradicts itself: ${what}. Please report the scenario that led here.`)
  }
}
