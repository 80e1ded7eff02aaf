/**
 * Which block of a CPU's free list serves a map. There is one search a list, so it may remember what it needs; it hears of
 * every block that serves and of every block that is about to leave. A policy of one's own is one file like those beside
 * this one and a line in `new-search.ts`.
 */
export interface BlockSearch {
  /** Blocks that the last `find` looked at, the found one included. */
  readonly visitedNodes: number
  /** A block with at least 2^order free slots, or `NONE`. */
  find(order: number): number
  /** The block that the next `find` looks at first, `NONE` on an empty list; without this, the one at HEAD. */
  start?(): number
  /** A block of the list served a map, and may be a new one that nobody searched for. */
  served?(block: number): void
  /** A block is about to leave the list, because its slots are used up or because it is purged. */
  leaving?(block: number): void
  /** What `served` and `leaving` left behind, as plain data. */
  state?: readonly number[]
}
