/**
 * `npm run bench`: pairs (a map and its unmap) per second of the three workloads of the 2015 patch, and how long the whole
 * published experiment takes. Median of several rounds, each from an empty vmalloc space. `-- --json` prints data.
 */
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { cpus } from 'node:os'
import { Allocator } from '../electron/allocator/allocator.ts'
import { KERNEL_MODELS } from '../electron/allocator/models.ts'
import { execute } from '../electron/runner/execute.ts'
import { findScenario, SCENARIO_PRESETS, withDefaults } from '../electron/scenario/presets.ts'
import { formatDuration } from '../shared/format.ts'
import { patch2015Runs } from '../shared/published.ts'
import type { RunSpec } from '../shared/run.ts'

/** Long enough that the compiler has settled and one round takes some tens of milliseconds. */
const ROUNDS = 7

interface Row {
  readonly scenario: string
  readonly model: string
  readonly pairs: number
  /** The allocator alone, nobody listening. */
  readonly pairsPerSecond: number
  /** A whole run: with digest and sampled series, as window and command line make it. */
  readonly runPairsPerSecond: number
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right)
  return sorted[Math.floor(sorted.length / 2)] ?? NaN
}

function medianMs(work: () => void): number {
  work()
  return median(
    Array.from({ length: ROUNDS }, () => {
      const startedMs = performance.now()
      work()
      return performance.now() - startedMs
    }),
  )
}

function allocatorAlone(spec: RunSpec): number {
  const model = KERNEL_MODELS.find(({ id }) => id === spec.modelId)
  const stream = findScenario(spec.scenarioId)?.stream(spec.machine, spec.parameters, spec.seed)
  if (model === undefined || stream === undefined) throw new Error(`nothing to run for ${spec.scenarioId}`)
  const allocator = new Allocator(spec.machine, model)
  stream.issue(allocator)
  return allocator.counts.vm_map_ram
}

function wholeRun(spec: RunSpec): void {
  execute(spec, { cancelled: () => false, onProgress: () => undefined, clock: () => performance.now() })
}

function measure(spec: RunSpec): Row {
  const pairs = allocatorAlone(spec)
  const perSecond = (elapsedMs: number): number => Math.round((pairs / elapsedMs) * 1000)
  return {
    scenario: spec.scenarioId,
    model: spec.modelId,
    pairs,
    pairsPerSecond: perSecond(medianMs(() => allocatorAlone(spec))),
    runPairsPerSecond: perSecond(medianMs(() => wholeRun(spec))),
  }
}

function million(perSecond: number): string {
  return (perSecond / 1e6).toFixed(1).padStart(8)
}

const { values } = parseArgs({ options: { json: { type: 'boolean' } } })
const specs = patch2015Runs()
const experimentMs = medianMs(() => {
  for (const spec of specs) wholeRun(spec)
})
const rows = specs.map(measure)
const processor = cpus()[0]?.model ?? 'unknown processor'
if (values.json) {
  console.log(JSON.stringify({ node: process.version, processor, experimentMs, rows }))
} else {
  const scenarios = SCENARIO_PRESETS.map(({ info }) => `${info.id} ${JSON.stringify(withDefaults(info, {}))}`)
  console.log(`Node ${process.version}, ${processor}; median of ${ROUNDS} rounds; ${scenarios.join(', ')}`)
  console.log('scenario  model      pairs   M pairs/s: allocator   whole run')
  for (const { scenario, model, pairs, pairsPerSecond, runPairsPerSecond } of rows) {
    const columns = [scenario.padEnd(8), model.padEnd(6), String(pairs).padStart(9)]
    console.log(`${columns.join('  ')}              ${million(pairsPerSecond)}    ${million(runPairsPerSecond)}`)
  }
  console.log(`the whole published experiment, ${specs.length} runs on one thread: ${formatDuration(experimentMs)}`)
}
