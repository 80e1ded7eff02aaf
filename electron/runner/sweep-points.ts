import { modelOf } from '../../shared/model-choice.ts'
import type { ScenarioBudgets } from '../../shared/scenario-budgets.ts'
import { cellOf, pointOf, type SweepDefinition } from '../../shared/sweep.ts'
import type { SweepFigure } from '../../shared/sweep-columns.ts'
import { Allocator } from '../allocator/allocator.ts'
import { KERNEL_MODELS } from '../allocator/models.ts'
import { sourcesOf, type SourceHost } from '../scenario/source-of.ts'
import { Checkpoint, EndOfRun, NO_POINTS } from './checkpoint.ts'
import { EventDigest } from './digest.ts'
import { PacedSink } from './paced-sink.ts'
import { PointListener } from './point-listener.ts'

export interface PointHost {
  /** Asked every few milliseconds; true ends the run. It may wait, as long as `clock` stands still meanwhile. */
  readonly cancelled: () => boolean
  /** Milliseconds from any fixed moment. */
  readonly clock: () => number
  readonly budgets: ScenarioBudgets
  readonly openTrace?: SourceHost['openTrace']
}

/** How a point ended; `operations` of a cancelled one are those that were made. */
export type PointEnd =
  | { readonly kind: 'finished'; readonly figures: Readonly<Record<SweepFigure, number>>; readonly digest: string }
  | { readonly kind: 'cancelled'; readonly operations: number; readonly operationsTotal: number | undefined }

/**
 * Makes the runs of a sweep one by one: what `execute` makes, without series, histograms and free lists. Counts and digest are
 * the same. What a cell's runs share, a compiled text above all, is made once for all its seeds and models.
 */
export class SweepPoints {
  readonly #sweep: SweepDefinition
  readonly #host: PointHost
  #cell: { readonly number: number; readonly sources: ReturnType<typeof sourcesOf> } | undefined

  /** For programs `loadGrammar` must have finished. */
  constructor(sweep: SweepDefinition, host: PointHost) {
    this.#sweep = sweep
    this.#host = host
  }

  /** @throws {RangeError} @throws {ScenarioError} as `execute`. */
  make(index: number): PointEnd {
    const { cell, seed, model } = pointOf(this.#sweep, index)
    const choice = this.#sweep.models[model]
    if (choice === undefined) throw new RangeError(`The sweep has no run ${index}.`)
    const { machine } = cellOf(this.#sweep, cell)
    const { cancelled, clock, budgets, openTrace } = this.#host
    const allocator = new Allocator(machine, modelOf(choice, KERNEL_MODELS))
    const checkpoint = new Checkpoint(NO_POINTS, { cancelled, onProgress: () => undefined, clock })
    const sink = new PacedSink(allocator, checkpoint)
    const digest = new EventDigest()
    const listener = new PointListener(digest, sink)
    const look = (): void => {
      sink.look()
    }
    const source = this.#sources(cell)(seed, { budgets, clock, checkpoint: look, ...(openTrace && { openTrace }) })
    try {
      allocator.listener = listener
      checkpoint.look()
      source.issue(sink)
      sink.stop()
    } catch (error) {
      if (!(error instanceof EndOfRun)) throw error
      return { kind: 'cancelled', operations: checkpoint.operations, operationsTotal: source.operationsTotal }
    }
    const { counts, listedBlocks } = allocator
    const { liveBlocksMax } = listener
    const further = { blocks_listed: listedBlocks, live_blocks_max: liveBlocksMax, operations: checkpoint.operations }
    return { kind: 'finished', figures: { ...counts, ...further }, digest: digest.value }
  }

  #sources(cell: number): ReturnType<typeof sourcesOf> {
    if (this.#cell?.number !== cell) {
      const { scenarioId, program } = this.#sweep
      const { machine, parameters } = cellOf(this.#sweep, cell)
      const sources = sourcesOf({ scenarioId, ...(program && { program }), machine, parameters })
      this.#cell = { number: cell, sources }
    }
    return this.#cell.sources
  }
}
