/** The pages that one TLB flush has to cover, grown by what is noted. */
export class FlushSpan {
  #startPage = Infinity
  #endPage = -Infinity

  note(startPage: number, endPage: number): void {
    if (startPage < this.#startPage) this.#startPage = startPage
    if (endPage > this.#endPage) this.#endPage = endPage
  }

  /** 0 when nothing was noted: no flush. */
  get pages(): number {
    return Math.max(0, this.#endPage - this.#startPage)
  }
}
