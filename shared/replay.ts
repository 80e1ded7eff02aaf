import type { Counts } from './counts.ts'
import type { BlockSearchKind } from './kernel-model.ts'
import type { FreeListSummary, ListedBlock, RunResult } from './run.ts'

/**
 * Moments of a run. Moment k is the one after k operations: calls of the allocator, changes of CPU not counted. Operation k
 * leads from moment k - 1 to moment k; a change of CPU is part of the operation behind it.
 */
export type OperationKind = 'map' | 'unmap' | 'vmap' | 'vunmap' | 'aliases'

/** What an operation did besides answering. Blocks are named by their index, their position in the vmalloc space. */
export type ReplayEvent =
  | { readonly kind: 'block-allocated'; readonly block: number; readonly cpu: number; readonly end: 'head' | 'tail' }
  /** A block without free slots left its list. */
  | { readonly kind: 'block-filled'; readonly block: number }
  | {
      readonly kind: 'block-freed'
      readonly block: number
      readonly cause: 'full-and-unmapped' | 'fragment-purge'
      /** Never handed out: 0 unless it was purged. */
      readonly freeSlots: number
    }
  | {
      readonly kind: 'purge'
      readonly cause: 'allocation-failure' | 'lazy-threshold' | 'aliases'
      /** Span of the TLB flush, 0 without one. */
      readonly flushedPages: number
    }

/** One walk of a CPU's free list for a map: which blocks were looked at, and why each was passed over or taken. */
export interface Walk {
  readonly search: BlockSearchKind
  readonly slotsNeeded: number
  /** Blocks on the list. */
  readonly listLength: number
  readonly lookedTotal: number
  /** The first blocks looked at, in order; all of them when `last` is empty. */
  readonly first: readonly ListedBlock[]
  /** The last ones, in order. */
  readonly last: readonly ListedBlock[]
  /** The block that suffices, or the one that suffices best; `undefined` when none does. */
  readonly taken: ListedBlock | undefined
}

/** Blocks of a walk that are listed, at each end. */
export const WALK_SHOWN_MAX = 64
/** Events of an operation that are listed: a purge may free any number of blocks. */
export const EVENTS_SHOWN_MAX = 256

/** Where a vm_map_ram was served. */
export interface ServedSlots {
  /** Index of the block. */
  readonly block: number
  /** The first slot, and how many: the pages rounded up to a power of two. */
  readonly slot: number
  readonly slots: number
  /** True when the block was allocated for this map. */
  readonly isNew: boolean
}

export interface ReplayedOperation {
  readonly operation: number
  readonly kind: OperationKind
  readonly cpu: number
  /** As asked for, or as mapped; 0 for vm_unmap_aliases. */
  readonly pages: number
  /** Relative to VMALLOC_START; `undefined` for a map that failed and for vm_unmap_aliases. */
  readonly startPage: number | undefined
  /** Of an unmap: the operation that made the mapping. */
  readonly mappedBy: number | undefined
  /** Line of the C text; `undefined` for loops and traces. */
  readonly line: number | undefined
  /** Of a map or unmap of slots. */
  readonly served: ServedSlots | undefined
  /** Blocks looked at, in all walks. */
  readonly visitedNodes: number
  /** Of a vm_map_ram that needs slots: the walk, and the second one after a new block under the models that make it. */
  readonly walks: readonly Walk[]
  /** The first of them, in order. */
  readonly events: readonly ReplayEvent[]
  readonly eventsTotal: number
}

/** The allocator at a moment, bounded in size. */
export interface ReplayState {
  readonly operation: number
  readonly counts: Counts
  readonly liveBlocks: number
  readonly listedBlocks: number
  /** Pages freed and not yet drained. */
  readonly pendingPages: number
  /** Pages of all areas that are not free, pending ones included. */
  readonly takenPages: number
  /** Mappings made and not unmapped. */
  readonly liveMappings: number
  /** One of each CPU that has listed blocks. */
  readonly freeLists: readonly FreeListSummary[]
}

export interface ReplayMoment {
  readonly state: ReplayState
  /** What led here; `undefined` at moment 0. */
  readonly last: ReplayedOperation | undefined
}

/** How the vmalloc space is taken, in equal cells from `fromPage` on. Each array has a number of pages a cell. */
export interface Occupation {
  readonly fromPage: number
  readonly pagesPerCell: number
  /** Of live vmap blocks. */
  readonly block: Float64Array
  /** Slots of those blocks that were never handed out, spread evenly over their block. */
  readonly free: Float64Array
  /** Of big mappings and ordinary areas, guard pages included. */
  readonly plain: Float64Array
  /** Freed and not yet drained. */
  readonly pending: Float64Array
  /** Drained, and kept by a node's pool. */
  readonly pooled: Float64Array
}

export const OCCUPATION_CELLS_MAX = 8192

/** A vmap block, for the inspector. */
export interface InspectedBlock {
  readonly index: number
  /** Relative to VMALLOC_START. */
  readonly startPage: number
  readonly cpu: number
  readonly freeSlots: number
  readonly dirtySlots: number
  /** The how many-th block that was allocated; `undefined` beyond the most allocations that are kept. */
  readonly ordinal: number | undefined
  /** The operation that allocated it. */
  readonly allocatedBy: number | undefined
  /** Place on its CPU's free list, 1 at HEAD; `undefined` for a block without free slots. */
  readonly listPosition: number | undefined
  /** Its live mappings by slot; the first `INSPECTED_MAPPINGS_MAX` of them. */
  readonly mappings: readonly { readonly slot: number; readonly pages: number; readonly mappedBy: number }[]
}

/** More than a block has slots. */
export const INSPECTED_MAPPINGS_MAX = 1024

/**
 * What a model chose for a map. Two models chose the same when both fail, both take an area of its own, or both take the same
 * slots of the same block. A block is the same when it has the same ordinal: the how many-th that its model allocated. So
 * addresses, which may differ for reasons of their own, and places on the list do not matter.
 */
export type Choice =
  | {
      readonly kind: 'slots'
      /** 1 for the first block that was allocated. */
      readonly ordinal: number
      readonly slot: number
      readonly isNew: boolean
    }
  | { readonly kind: 'area' | 'failed' }

export interface DivergenceSide {
  /** The model's name. */
  readonly modelId: string
  readonly choice: Choice
  readonly last: ReplayedOperation
  /** Blocks allocated before, freed ones counted. */
  readonly allocatedBefore: number
  /** The free list of the operation's CPU before it. */
  readonly before: FreeListSummary
  /** Place of the block that serves on that list, 1 at HEAD; `undefined` unless it was listed. */
  readonly position: number | undefined
}

/** An operation at which models that were asked the same do not do the same. */
export interface Divergence {
  readonly operation: number
  /** The how many-th vm_map_ram of the run it is; of another operation, how many were made before. */
  readonly map: number
  /** One a model, in their order. */
  readonly sides: readonly DivergenceSide[]
}

/** An operation after the first divergence at which models do different kinds of things. */
export interface LaterDivergence {
  readonly operation: number
  /** What some models do there and others do not. */
  readonly kind: 'new-block' | 'failure' | 'purge'
  /** Positions of the models that do it. */
  readonly sides: readonly number[]
}

/** Models on one request stream, operation by operation. */
export interface Lockstep {
  readonly models: readonly string[]
  /** Slots of a block. */
  readonly slotsPerBlock: number
  /** Operations up to which all models were asked the same. */
  readonly operations: number
  /** Where the request streams part, with what each model is asked there; `undefined` when they do not. */
  readonly requestsPart: { readonly operation: number; readonly requests: readonly string[] } | undefined
  /** Of each model, why its run ended early. */
  readonly problems: readonly (string | undefined)[]
  /** The first map for which models choose differently; `undefined` when they never do. */
  readonly first: Divergence | undefined
  /**
   * The first operation after which blocks or lists are not the same, if it is before that: mostly what led to it.
   */
  readonly blocksPart: Divergence | undefined
  /** The first operation at which addresses differ, whatever the choice; `undefined` when they never do. */
  readonly addressesPart: number | undefined
  /** The first map at which the numbers of blocks walked differ. */
  readonly walksPart: number | undefined
  /** Maps with different choices. */
  readonly differentChoices: number
  /** The first `LATER_DIVERGENCES_MAX`, in order. */
  readonly later: readonly LaterDivergence[]
  readonly laterTotal: number
}

export const LATER_DIVERGENCES_MAX = 10_000
/** Models that can be followed at once. */
export const REPLAYS_MAX = 8

/** Events that can be looked for; `failure` is a map that failed, `any` one of them all. */
export const FOUND_EVENTS = ['any', 'block-allocated', 'block-filled', 'block-freed', 'purge', 'failure'] as const

/** What a search looks for. It answers with an operation: the moment after it is the one to go to. */
export type ReplayQuery =
  | { readonly kind: 'event'; readonly event: (typeof FOUND_EVENTS)[number] }
  /** The list of one CPU becomes longer than so many blocks. */
  | { readonly kind: 'list-longer'; readonly blocks: number }
  /** Slots of the block are mapped or unmapped, or it is allocated, filled or freed. */
  | { readonly kind: 'block'; readonly block: number }
  /** A mapping with the page, counted from VMALLOC_START, is made or unmapped. */
  | { readonly kind: 'page'; readonly page: number }
  /**
   * In the notation of `shared/condition.ts`. One that asks for something of the operation holds at every operation for which
   * it is true; one of the state alone where it becomes true.
   */
  | { readonly kind: 'condition'; readonly text: string }
  /** The loop of the C text around the present operation goes on with another pass, or ends; backwards, where a pass began. */
  | { readonly kind: 'iteration' }

export type FindResult =
  | { readonly kind: 'found'; readonly operation: number }
  | { readonly kind: 'none' | 'cancelled' }

/** One run of an opened replay. */
export interface OpenedRun {
  readonly modelId: string
  /** Operations that can be looked at. */
  readonly operations: number
  /** Why there is nothing behind the last one; `undefined` for a run that came to its end. */
  readonly problem: string | undefined
  /** What the run gives, series for the timeline among it; `undefined` when it did not come to its end. */
  readonly result: RunResult | undefined
  readonly events: EventStrip
}

/** Runs that are looked at together, at one moment. */
export interface OpenedReplay {
  readonly replayId: number
  /** In the order in which they were asked for. */
  readonly runs: readonly OpenedRun[]
}

/** Where to go: to a moment, or so many operations forward, back when negative. Both stay where the longest run ends. */
export type ReplayMove = { readonly to: number } | { readonly by: number }

export interface ReplaySearch {
  /** Position of the run. */
  readonly run: number
  readonly query: ReplayQuery
  readonly direction: 'next' | 'previous'
  /** The moment from which to look. */
  readonly from: number
}

export interface ReplayProgress {
  readonly replayId: number
  readonly work: 'open' | 'find' | 'values' | 'diverge'
  /** Position of the run, 0 where it is all of them. */
  readonly run: number
  readonly operationsDone: number
  /** `undefined` when the length of the scenario is not known. */
  readonly operationsTotal: number | undefined
}

/** What a side has of a block: allocated and not freed, with its place on its CPU's list (1 at HEAD; none when it is full), or not. */
export type BlockStanding =
  | {
      readonly kind: 'live'
      readonly index: number
      readonly cpu: number
      readonly freeSlots: number
      readonly dirtySlots: number
      readonly listPosition: number | undefined
    }
  | { readonly kind: 'freed' | 'not-allocated' }

/** The same block of two sides: the how many-th that each of them allocated. */
export interface AlignedBlock {
  readonly ordinal: number
  readonly sides: readonly [left: BlockStanding, right: BlockStanding]
}

/** The live blocks of two sides at a moment. */
export interface BlockComparison {
  readonly same: number
  readonly different: number
  /** The part that was asked for, in the order of the ordinals. */
  readonly rows: readonly AlignedBlock[]
  /** Blocks that are not compared: beyond the most allocations that are kept. */
  readonly notKept: number
}

/** Blocks that are asked for at once. */
export const COMPARED_BLOCKS_MAX = 4096
/** Replays that are open at the same time: each keeps its requests and snapshots. */
export const REPLAYS_OPEN_MAX = 4

/** What a strip under the timeline shows: blocks allocated and freed, TLB flushes of drains, maps that failed. */
export const STRIP_EVENTS = ['allocated', 'freed', 'flushed', 'failed'] as const
export type StripEvent = (typeof STRIP_EVENTS)[number]

/** At most this many, whatever the length of the run; even. */
export const EVENT_BUCKETS_MAX = 4096

/** How often things happened in equal spans of operations; the last span may be shorter. */
export interface EventStrip {
  readonly operationsPerBucket: number
  readonly counts: Readonly<Record<StripEvent, Uint32Array>>
}
