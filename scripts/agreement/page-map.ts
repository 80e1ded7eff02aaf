/** Something that cannot be, whatever the model: the message names the values. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError'
}

/** What a page of the vmalloc space is used for, a bit each. */
export const PAGE = {
  free: 1,
  /** Freed, not drained. */
  pending: 2,
  /** Of a plain area, or of a block that is being freed. */
  area: 4,
  /** A slot never handed out. */
  unused: 8,
  live: 16,
  /** A slot handed out and given back. */
  dirty: 32,
} as const

/** Beyond this a byte a page is too much; machines under test are far smaller. */
const PAGES_MAX = 2 ** 24

/** The use of every page of a small vmalloc space, so that no page can have two uses. */
export class PageMap {
  readonly #uses: Uint8Array

  /** @throws {RangeError} when the space is too large to be held page by page. */
  constructor(pages: number) {
    if (pages > PAGES_MAX)
      throw new RangeError(`${pages} pages are too many to check; accepted are up to ${PAGES_MAX}.`)
    this.#uses = new Uint8Array(pages).fill(PAGE.free)
  }

  /** Gives pages another use. @throws {InvariantError} for a page outside the space, or used for none of `from`. */
  change(startPage: number, pages: number, from: number, to: number): void {
    for (let page = startPage; page < startPage + pages; page += 1) {
      const use = this.#uses[page] ?? 0
      if ((use & from) === 0) {
        throw new InvariantError(`page ${page} becomes ${named(to)}; it was ${named(use)}, not ${named(from)}`)
      }
      this.#uses[page] = to
    }
  }
}

function named(uses: number): string {
  const names = Object.entries(PAGE).flatMap(([name, bit]) => ((uses & bit) === 0 ? [] : [name]))
  return names.length === 0 ? 'outside the space' : names.join(' or ')
}
