import { Allocator } from '../allocator/allocator.ts'
import { KERNEL_MODELS } from '../allocator/models.ts'
import { sourceOf, type SourceHost } from '../scenario/source-of.ts'
import { modelOf } from '../../shared/model-choice.ts'
import type { RequestSink } from '../../shared/requests.ts'
import type { RunResult, RunSpec, Series, SeriesName } from '../../shared/run.ts'
import { DEFAULT_BUDGETS, type ScenarioBudgets } from '../../shared/scenario-budgets.ts'
import { Checkpoint, EndOfRun } from './checkpoint.ts'
import { EventDigest } from './digest.ts'
import { summarizeFreeLists } from './free-list-summary.ts'
import { MapCounts } from './map-counts.ts'
import { PacedSink } from './paced-sink.ts'
import { RunGauges } from './run-gauges.ts'
import { RunListener } from './run-listener.ts'
import { Sampler } from './sampler.ts'

export interface ExecuteOptions {
  /** Asked every few milliseconds; true ends the run. It may wait, as long as `clock` stands still meanwhile. */
  readonly cancelled: () => boolean
  /** Told every few milliseconds. */
  readonly onProgress: (operationsDone: number, operationsTotal: number | undefined) => void
  /** Milliseconds from any fixed moment. */
  readonly clock: () => number
  /** What the run of a program may use up; `DEFAULT_BUDGETS` when absent. */
  readonly budgets?: ScenarioBudgets
  /** Opens the file of a run of a trace. */
  readonly openTrace?: SourceHost['openTrace']
  /** What stands between the requests and the allocator; the allocator itself when absent. */
  readonly through?: (allocator: Allocator) => RequestSink
  /** Told the line of a C text before each of its calls; the text runs slower then. */
  readonly onLine?: SourceHost['onLine']
}

export type Execution = { readonly kind: 'finished'; readonly result: RunResult } | { readonly kind: 'cancelled' }

/**
 * Makes one run, from an empty vmalloc space to the end of its scenario. For a program, `loadGrammar` must have finished.
 * @throws {RangeError} for an unknown scenario, model or machine. @throws {ScenarioError} for what a program does wrong.
 */
export function execute(
  spec: RunSpec,
  { cancelled, onProgress, clock, openTrace, through, onLine, budgets = DEFAULT_BUDGETS }: ExecuteOptions,
): Execution {
  const startedMs = clock()
  const allocator = new Allocator(spec.machine, modelOf(spec, KERNEL_MODELS))
  const gauges = new RunGauges(spec.machine)
  const sampler = new Sampler(gauges.byName)
  const checkpoint = new Checkpoint(sampler, {
    cancelled,
    onProgress: (operations) => onProgress(operations, source.operationsTotal),
    clock,
  })
  const digest = new EventDigest()
  const maps = new MapCounts(spec.machine)
  const sink = new PacedSink(through?.(allocator) ?? allocator, checkpoint)
  const source = sourceOf(spec, {
    ...{ budgets, clock, checkpoint: () => sink.look() },
    ...(openTrace && { openTrace }),
    ...(onLine && { onLine }),
  })
  try {
    allocator.listener = new RunListener(digest, gauges, maps, sink)
    checkpoint.look()
    source.issue(sink)
    sink.stop()
  } catch (error) {
    if (error instanceof EndOfRun) return { kind: 'cancelled' }
    throw error
  }
  const series = sampler.series()
  return {
    kind: 'finished',
    result: {
      counts: allocator.counts,
      operations: checkpoint.operations,
      liveBlocksMax: highest(series, 'live_blocks'),
      freeLists: summarizeFreeLists(allocator),
      series,
      visitedNodes: maps.visitedNodes,
      requestOrders: maps.requestOrders,
      digest: digest.value,
      elapsedMs: clock() - startedMs,
    },
  }
}

function highest(series: readonly Series[], name: SeriesName): number {
  const points = series.find((candidate) => candidate.name === name)?.max ?? []
  return points.reduce((maximum, point) => Math.max(maximum, point), 0)
}
