import { MACHINE_PRESETS } from '../../shared/machine.ts'
import { SWEEP_COLUMNS, type SweepChunk } from '../../shared/sweep-columns.ts'
import type { NewSweep } from '../../shared/sweep-record.ts'

const machines = MACHINE_PRESETS.slice(0, 1).map(({ id, machine }) => ({ machineId: id, machine }))

/** A sweep of so many runs. */
export function newSweep(runs: number): NewSweep {
  return {
    definition: {
      ...{ title: 'A sweep', question: '', scenarioId: 'program', program: { title: 'mine', source: 'text' } },
      ...{ parameters: {}, axes: [{ name: 'n', values: [7] }], machines, models: [{ modelId: 'v4.0' }] },
      ...{ seeds: { first: 0, count: runs }, usesSeed: true },
    },
    source: 'text',
  }
}

/** Runs whose values tell run and column: 100 for each run and 1 for each column. */
export function sweepChunk(first: number, runs: number): SweepChunk {
  const columns = SWEEP_COLUMNS.map((_, column) =>
    Float64Array.from({ length: runs }, (_, i) => 100 * (first + i) + column),
  )
  return { first, runs, columns }
}
