import { performance } from 'node:perf_hooks'
import { mersenne } from 'pure-rand/generator/mersenne'
import { Replay } from '../../electron/runner/replay/replay.ts'
import { DEFAULT_MACHINE_ID } from '../../shared/machine.ts'
import type { RunSpec } from '../../shared/run.ts'
import { DEFAULT_SEED, type ParameterValues } from '../../shared/scenario.ts'
import { MACHINE, sourceOf, type Workload } from './workload.ts'

/** Seeks that are timed, at moments drawn at random. */
const SEEKS = 300
const SEED = 1
/** The share of seeks that the figure is at least as long as. */
const PERCENTILE = 0.95

/** What it costs to look at any moment of a run. */
export interface Seeking {
  readonly scenario: string
  readonly model: string
  readonly operations: number
  /** Milliseconds of the first pass. */
  readonly openMs: number
  /** Milliseconds that 95 of 100 seeks take at most. */
  readonly seekMs: number
  readonly snapshots: number
  /** Of snapshots and requests. */
  readonly bytes: number
}

/** A run of a loop workload with at least so many operations. */
export function loopRun(scenario: Workload['scenario'], modelId: string, operationsMin: number): RunSpec {
  const perIteration = sourceOf({ scenario, iterations: 1 }).operationsTotal ?? 1
  return runOf(scenario, { iters: Math.ceil(operationsMin / perIteration) }, modelId)
}

/** A run of the ready scenario in C whose steps are an operation each. */
export function compiledRun(modelId: string, operations: number): RunSpec {
  return runOf('mixed-size', { steps: operations }, modelId)
}

function runOf(scenarioId: string, parameters: ParameterValues, modelId: string): RunSpec {
  return { scenarioId, parameters, seed: DEFAULT_SEED, machineId: DEFAULT_MACHINE_ID, machine: MACHINE, modelId }
}

/** For a scenario in C, `loadGrammar` must have finished. */
export function seeking(spec: RunSpec): Seeking {
  const startedMs = performance.now()
  const replay = Replay.open(spec, {
    cancelled: () => false,
    onProgress: () => undefined,
    clock: () => performance.now(),
  })
  if (replay === undefined) throw new Error('nobody cancelled this')
  const openMs = performance.now() - startedMs
  const random = mersenne(SEED)
  const times = Array.from({ length: SEEKS }, () => {
    const moment = (random.next() >>> 0) % (replay.operations + 1)
    const seekedMs = performance.now()
    replay.seek(moment)
    return performance.now() - seekedMs
  }).sort((left, right) => left - right)
  return {
    ...{ scenario: spec.scenarioId, model: spec.modelId, operations: replay.operations, openMs },
    seekMs: times[Math.ceil(SEEKS * PERCENTILE) - 1] ?? NaN,
    snapshots: replay.snapshots.size,
    bytes: replay.snapshots.bytes + replay.log.bytes,
  }
}
