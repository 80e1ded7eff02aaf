import type { BlockListener } from '../../allocator/events.ts'
import { compileExpression, parseCondition, type ConditionName } from '../../../shared/condition.ts'
import type { Counts } from '../../../shared/counts.ts'
import type { OperationKind, ReplayEvent, ReplayQuery } from '../../../shared/replay.ts'
import { FAILED } from '../../../shared/requests.ts'
import type { Playback } from './playback.ts'

/** Whether an operation is what a query looks for. */
export interface Matcher {
  /** To be called where a search begins, and wherever it goes on from another moment. */
  begin?(): void
  /** To be called when a request was read, before it is carried out. */
  before?(): void
  /** To be called when it was carried out. */
  matches(): boolean
}

/** The line of the text that made an operation, if there is one. */
type LineOf = (operation: number) => number | undefined

/** What is found by making operations again, without the text. */
export type MatchedQuery = Exclude<ReplayQuery, { kind: 'iteration' }>

/** @throws {ConditionError} for a condition that cannot be read. */
export function matcherOf(query: MatchedQuery, playback: Playback, lineOf: LineOf): Matcher {
  switch (query.kind) {
    case 'event':
      return query.event === 'failure' ? { matches: () => playback.hasFailed } : new EventMatcher(playback, query.event)
    case 'list-longer':
      return new ListMatcher(playback, query.blocks)
    case 'block':
      return new BlockMatcher(playback, query.block)
    case 'page':
      return { matches: () => covers(playback, query.page) }
    case 'condition':
      return new ConditionMatcher(playback, lineOf, query.text)
  }
}

/** Whether the last operation mapped or unmapped a page. */
function covers({ startPage, pages }: Playback, page: number): boolean {
  return startPage !== FAILED && startPage <= page && page < startPage + pages
}

/** Listens to blocks and purges. */
class EventMatcher implements Matcher, BlockListener {
  readonly #playback: Playback
  readonly #event: ReplayEvent['kind'] | 'any'
  #happened = false

  constructor(playback: Playback, event: ReplayEvent['kind'] | 'any') {
    this.#playback = playback
    this.#event = event
    playback.allocator.listener = this
  }

  before(): void {
    this.#happened = false
  }

  matches(): boolean {
    return this.#happened || (this.#event === 'any' && this.#playback.hasFailed)
  }

  blockAllocated(): void {
    this.#note('block-allocated')
  }

  blockFilled(): void {
    this.#note('block-filled')
  }

  blockFreed(): void {
    this.#note('block-freed')
  }

  areaPending(): void {
    // Nobody can ask for it
  }

  purged(): void {
    this.#note('purge')
  }

  #note(event: ReplayEvent['kind']): void {
    if (this.#event === 'any' || event === this.#event) this.#happened = true
  }
}

class ListMatcher implements Matcher {
  readonly #playback: Playback
  readonly #blocks: number
  #lengthBefore = 0

  constructor(playback: Playback, blocks: number) {
    this.#playback = playback
    this.#blocks = blocks
  }

  before(): void {
    this.#lengthBefore = this.#length
  }

  matches(): boolean {
    return this.#lengthBefore <= this.#blocks && this.#length > this.#blocks
  }

  /** Only the list of the CPU that makes an operation can grow in it. */
  get #length(): number {
    return this.#playback.allocator.freeListLength(this.#playback.cpu)
  }
}

/** Listens to one block; a purge may free it in an operation that has nothing to do with it. */
class BlockMatcher implements Matcher, BlockListener {
  readonly #playback: Playback
  readonly #block: number
  #touched = false

  constructor(playback: Playback, block: number) {
    this.#playback = playback
    this.#block = block
    playback.allocator.listener = this
  }

  before(): void {
    this.#touched = false
  }

  matches(): boolean {
    return this.#touched || this.#playback.block === this.#block
  }

  blockAllocated(index: number): void {
    this.#note(index)
  }

  blockFilled(index: number): void {
    this.#note(index)
  }

  blockFreed(index: number): void {
    this.#note(index)
  }

  areaPending(): void {
    // It follows from a freed block
  }

  purged(): void {
    // What it frees is told one by one
  }

  #note(index: number): void {
    if (index === this.#block) this.#touched = true
  }
}

class ConditionMatcher implements Matcher {
  readonly #holds: () => number
  readonly #becomesTrue: boolean
  #wasTrue = false

  constructor(playback: Playback, lineOf: LineOf, text: string) {
    const { expression, asksOperation } = parseCondition(text)
    this.#becomesTrue = !asksOperation
    this.#holds = compileExpression(expression, (name) => valueOf(name, playback, lineOf))
  }

  begin(): void {
    if (this.#becomesTrue) this.#wasTrue = this.#holds() !== 0
  }

  matches(): boolean {
    const holds = this.#holds() !== 0
    const matches = holds && !(this.#becomesTrue && this.#wasTrue)
    this.#wasTrue = holds
    return matches
  }
}

/** What gives the value of a name after the last operation. */
function valueOf(name: ConditionName, playback: Playback, lineOf: LineOf): () => number {
  const { allocator, live } = playback
  const isKind = (kind: OperationKind) => () => Number(playback.kind === kind)
  const values: Readonly<Record<Exclude<ConditionName, keyof Counts>, () => number>> = {
    operation: () => playback.operation,
    cpu: () => playback.cpu,
    pages: () => playback.pages,
    page: () => playback.startPage,
    block: () => playback.block,
    slot: () => playback.slot,
    visited_nodes: () => (playback.kind === 'map' ? allocator.visitedNodes : 0),
    line: () => lineOf(playback.operation) ?? 0,
    failed: () => Number(playback.hasFailed),
    is_map: isKind('map'),
    is_unmap: isKind('unmap'),
    is_vmap: isKind('vmap'),
    is_vunmap: isKind('vunmap'),
    is_aliases: isKind('aliases'),
    live_blocks: () => allocator.liveBlocks,
    listed_blocks: () => allocator.listedBlocks,
    list_length: () => allocator.freeListLength(playback.cpu),
    live_mappings: () => live.size,
    pending_pages: () => allocator.lazyPages,
    taken_pages: () => allocator.view.takenPages,
  }
  return isCount(name, allocator.counts) ? () => allocator.counts[name] : values[name]
}

function isCount(name: ConditionName, counts: Counts): name is keyof Counts {
  return name in counts
}
