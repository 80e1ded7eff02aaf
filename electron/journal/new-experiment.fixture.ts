import { COUNT_NAMES, type Counts } from '../../shared/counts.ts'
import type { NewExperiment, NewRun } from '../../shared/journal.ts'
import { MACHINE_PRESETS } from '../../shared/machine.ts'
import type { RunResult } from '../../shared/run.ts'

/** Experiments and results to store. No test runner in here: the second process uses it too. */

export const EXHAUST_SOURCE = `for (i = 0; i < iters; i++) {
\tvm_map_ram(pages, 1, -1, PAGE_KERNEL);
}`

export function newRun(modelId: string, changes: Partial<NewRun['spec']> & { readonly source?: string } = {}): NewRun {
  const { source = EXHAUST_SOURCE, ...spec } = changes
  const [preset] = MACHINE_PRESETS
  if (preset === undefined) throw new Error('There is no machine preset')
  return {
    spec: {
      scenarioId: 'exhaust',
      parameters: { iters: 1000 },
      seed: 2424,
      machineId: preset.id,
      machine: preset.machine,
      modelId,
      ...spec,
    },
    source,
  }
}

export function newExperiment(changes: Partial<NewExperiment> = {}): NewExperiment {
  return {
    title: 'The 2015 vm_map_ram patch',
    question: 'Does putting new blocks at the tail stop the leak?',
    runs: [newRun('v4.0'), newRun('v4.1')],
    ...changes,
  }
}

export function newCounts(first: number): Counts {
  return Object.fromEntries(COUNT_NAMES.map((name, i) => [name, first + i])) as Counts
}

export function newResult(changes: Partial<RunResult> = {}): RunResult {
  return {
    counts: newCounts(1000),
    operations: 2000,
    liveBlocksMax: 12,
    freeLists: [
      {
        cpu: 0,
        length: 2,
        head: [
          [7, 1024, 0],
          [9, 3, 1021],
        ],
        tail: [],
        freeSlotsMax: [1024, 3],
      },
      { cpu: 5, length: 1, head: [[0, 1, 5]], tail: [], freeSlotsMax: [1] },
    ],
    series: [
      { name: 'live_blocks', operationsPerPoint: 2, min: [0, 1, 2], max: [3, 4, 2 ** 32], last: [1, 2, 3] },
      { name: 'lazy_pages', operationsPerPoint: 1, min: [], max: [], last: [] },
    ],
    visitedNodes: {
      ranges: [
        [0, 0, 3],
        [1, 1000, 2 ** 33],
      ],
      remainder: { firstValue: 1002, lastValue: 70_000, count: 12 },
    },
    requestOrders: { byOrder: [1, 0, 2, 3, 4, 5, 6], larger: 7, empty: 8 },
    digest: '00ff00ff00ff00ff',
    elapsedMs: 12.5,
    ...changes,
  }
}
