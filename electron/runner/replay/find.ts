import type { FindResult, ReplayQuery } from '../../../shared/replay.ts'
import type { FollowOptions } from './follow-options.ts'
import { matcherOf, type MatchedQuery, type Matcher } from './matcher.ts'
import type { Playback } from './playback.ts'
import type { Replay } from './replay.ts'

const OPERATIONS_PER_LOOK = 8192

/**
 * The first operation after `from` that a query looks for, found by making them again.
 * @throws {ConditionError} for a condition that cannot be read. @throws {ReplayRefusedError} for iterations where there are none.
 */
export function findNext(replay: Replay, query: ReplayQuery, from: number, options: FollowOptions): FindResult {
  if (query.kind === 'iteration') return replay.program.nextIteration(from, options)
  const search = new Search(replay, query, replay.operations - from, options)
  search.goTo(from)
  for (let operation = search.next(); operation !== undefined; operation = search.next()) {
    if (operation === 'cancelled') return { kind: 'cancelled' }
    if (search.matches) return { kind: 'found', operation }
  }
  return { kind: 'none' }
}

/**
 * The last operation before operation `from` that a query looks for. It is looked for from one snapshot to the next, the one
 * nearest to `from` first. @throws {ConditionError} as above.
 */
export function findPrevious(replay: Replay, query: ReplayQuery, from: number, options: FollowOptions): FindResult {
  if (query.kind === 'iteration') return replay.program.previousIteration(from, options)
  const search = new Search(replay, query, from, options)
  for (let end = from - 1; end > 0;) {
    const start = replay.snapshots.at(end - 1)
    search.goTo(start)
    let found: number | undefined
    for (let made = start; made < end; made += 1) {
      const operation = search.next()
      if (operation === 'cancelled') return { kind: 'cancelled' }
      if (search.matches) found = operation
    }
    if (found !== undefined) return { kind: 'found', operation: found }
    end = start
  }
  return { kind: 'none' }
}

/** A playback with a matcher, that looks every now and then whether it goes on. */
class Search {
  matches = false
  readonly #replay: Replay
  readonly #playback: Playback
  readonly #matcher: Matcher
  readonly #total: number
  readonly #options: FollowOptions
  #made = 0

  constructor(replay: Replay, query: MatchedQuery, total: number, options: FollowOptions) {
    this.#replay = replay
    this.#playback = replay.newPlayback()
    this.#matcher = matcherOf(query, this.#playback, (operation) => replay.lineOf(operation))
    this.#total = total
    this.#options = options
  }

  goTo(operation: number): void {
    this.#replay.bring(this.#playback, operation)
    this.#matcher.begin?.()
  }

  /** Makes an operation and answers its number; `undefined` after the last. */
  next(): number | 'cancelled' | undefined {
    this.#made += 1
    if (this.#made % OPERATIONS_PER_LOOK === 0) {
      if (this.#options.cancelled()) return 'cancelled'
      this.#options.onProgress(this.#made, this.#total)
    }
    if (!this.#playback.read()) return undefined
    this.#matcher.before?.()
    this.#playback.make()
    this.matches = this.#matcher.matches()
    return this.#playback.operation
  }
}
