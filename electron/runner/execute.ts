import { Allocator } from '../allocator/allocator.ts'
import { findKernelModel } from '../allocator/models.ts'
import { findScenario } from '../scenario/presets.ts'
import type { RequestStream } from '../../shared/requests.ts'
import type { RunResult, RunSpec, Series, SeriesName } from '../../shared/run.ts'
import { EventDigest } from './digest.ts'
import { summarizeFreeLists } from './free-list-summary.ts'
import { RunListener } from './run-listener.ts'
import { Sampler } from './sampler.ts'

/** Longest slice between two looks at cancel and progress: some milliseconds at tens of millions of operations a second. */
const SLICE_OPERATIONS = 65_536

export interface ExecuteOptions {
  /** Asked between slices; true ends the run. */
  readonly cancelled: () => boolean
  /** Told after each slice. */
  readonly onProgress: (operationsDone: number, operationsTotal: number | undefined) => void
  /** Milliseconds from any fixed moment. */
  readonly clock: () => number
}

export type Execution = { readonly kind: 'finished'; readonly result: RunResult } | { readonly kind: 'cancelled' }

/** The request stream of a run. @throws {RangeError} when its scenario is not known. */
export function streamOf(spec: RunSpec): RequestStream {
  const scenario = findScenario(spec.scenarioId)
  if (scenario === undefined) throw new RangeError(`There is no scenario ${spec.scenarioId}.`)
  return scenario.stream(spec.machine, spec.parameters, spec.seed)
}

/** Makes one run, from an empty vmalloc space to the end of its scenario. @throws {RangeError} for an unknown model or machine. */
export function execute(spec: RunSpec, options: ExecuteOptions): Execution {
  const model = findKernelModel(spec.modelId)
  if (model === undefined) throw new RangeError(`There is no kernel model ${spec.modelId}.`)
  const startedMs = options.clock()
  const allocator = new Allocator(spec.machine, model)
  const sampler = new Sampler(allocator)
  const digest = new EventDigest()
  allocator.listener = new RunListener(digest, sampler)
  const stream = streamOf(spec)

  let operations = 0
  for (;;) {
    if (options.cancelled()) return { kind: 'cancelled' }
    const asked = Math.min(SLICE_OPERATIONS, sampler.operationsToPointEnd)
    const done = stream.advance(allocator, asked)
    operations += done
    sampler.advance(done)
    if (done < asked) break
    options.onProgress(operations, stream.operationsTotal)
  }
  const series = sampler.series()
  return {
    kind: 'finished',
    result: {
      counts: allocator.counts,
      operations,
      liveBlocksMax: highest(series, 'live_blocks'),
      freeLists: summarizeFreeLists(allocator),
      series,
      digest: digest.value,
      elapsedMs: options.clock() - startedMs,
    },
  }
}

function highest(series: readonly Series[], name: SeriesName): number {
  const points = series.find((candidate) => candidate.name === name)?.max ?? []
  return points.reduce((maximum, point) => Math.max(maximum, point), 0)
}
