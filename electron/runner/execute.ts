import { Allocator } from '../allocator/allocator.ts'
import { KERNEL_MODELS } from '../allocator/models.ts'
import { findScenario } from '../scenario/presets.ts'
import { modelOf } from '../../shared/model-choice.ts'
import type { RequestSource } from '../../shared/requests.ts'
import type { RunResult, RunSpec, Series, SeriesName } from '../../shared/run.ts'
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
}

export type Execution = { readonly kind: 'finished'; readonly result: RunResult } | { readonly kind: 'cancelled' }

/** The requests of a run. @throws {RangeError} when its scenario is not known. */
export function sourceOf(spec: RunSpec): RequestSource {
  const scenario = findScenario(spec.scenarioId)
  if (scenario === undefined) throw new RangeError(`There is no scenario ${spec.scenarioId}.`)
  return scenario.stream(spec.machine, spec.parameters, spec.seed)
}

/** Makes one run, from an empty vmalloc space to the end of its scenario. @throws {RangeError} for an unknown model or machine. */
export function execute(spec: RunSpec, { cancelled, onProgress, clock }: ExecuteOptions): Execution {
  const startedMs = clock()
  const allocator = new Allocator(spec.machine, modelOf(spec, KERNEL_MODELS))
  const source = sourceOf(spec)
  const gauges = new RunGauges(spec.machine)
  const sampler = new Sampler(gauges.byName)
  const checkpoint = new Checkpoint(sampler, {
    cancelled,
    onProgress: (operations) => onProgress(operations, source.operationsTotal),
    clock,
  })
  const digest = new EventDigest()
  const maps = new MapCounts(spec.machine)
  try {
    const sink = new PacedSink(allocator, checkpoint)
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
