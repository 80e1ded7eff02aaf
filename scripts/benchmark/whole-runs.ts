import { performance } from 'node:perf_hooks'
import { Allocator } from '../../electron/allocator/allocator.ts'
import { execute } from '../../electron/runner/execute.ts'
import { patch2015Runs } from '../../shared/published.ts'
import type { RunSpec } from '../../shared/run.ts'
import { bestMs, perSecond } from './timing.ts'
import { listedBlocks, MACHINE } from './workload.ts'

/** A run as window and command line make it: with digest, histograms and sampled series. */
export interface WholeRun {
  readonly scenario: string
  readonly model: string
  readonly pairsPerSecond: number
}

export function wholeRuns(): { readonly runs: readonly WholeRun[]; readonly experimentMs: number } {
  const specs = patch2015Runs()
  const runs = specs.map((spec) => {
    const pairs = wholeRun(spec)
    const { scenarioId: scenario, modelId: model } = spec
    return {
      scenario,
      model,
      pairsPerSecond: perSecond(
        pairs,
        bestMs(() => () => void wholeRun(spec)),
      ),
    }
  })
  const experimentMs = bestMs(() => () => {
    for (const spec of specs) wholeRun(spec)
  })
  return { runs, experimentMs }
}

/** Answers the pairs made. */
function wholeRun(spec: RunSpec): number {
  const execution = execute(spec, {
    cancelled: () => false,
    onProgress: () => undefined,
    clock: () => performance.now(),
  })
  if (execution.kind === 'cancelled') throw new Error('nobody cancelled this run')
  return execution.result.counts.vm_map_ram
}

/** Memory of the engine's tables, in bytes a listed block, with so many blocks listed. */
export function bytesPerListedBlock(listed: number): number {
  const allocator = listedBlocks({ scenario: 'exhaust', iterations: 0, model: 'v4.0', listed })
  return tableBytes(allocator.snapshot()) / allocator.listedBlocks
}

/** Bytes of all typed arrays in a snapshot, which are as long as the tables themselves. */
function tableBytes(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength
  if (typeof value !== 'object' || value === null) return 0
  return Object.values(value).reduce<number>((bytes, part) => bytes + tableBytes(part), 0)
}

/** Milliseconds to take a snapshot of an allocator with so many listed blocks, and to take it up again. */
export function snapshotMs(listed: number): { readonly snapshot: number; readonly restore: number } {
  const allocator = listedBlocks({ scenario: 'exhaust', iterations: 0, model: 'v4.0', listed })
  const other = new Allocator(MACHINE, allocator.model)
  const taken = allocator.snapshot()
  return {
    snapshot: bestMs(() => () => void allocator.snapshot()),
    restore: bestMs(() => () => {
      other.restore(taken)
    }),
  }
}
