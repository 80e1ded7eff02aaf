import { expect, it } from 'vitest'
import { COUNT_NAMES, type Counts } from '../../../shared/counts.ts'
import type { ReplayState } from '../../../shared/replay.ts'
import { counterRows } from './counters.ts'

const none = Object.fromEntries(COUNT_NAMES.map((name) => [name, 0])) as unknown as Counts
const state = (change: Partial<Counts>): ReplayState => ({
  operation: 7,
  counts: { ...none, ...change },
  liveBlocks: 3,
  listedBlocks: 2,
  pendingPages: 0,
  takenPages: 3072,
  liveMappings: 1,
  freeLists: [],
})

it('counters stand side by side; those that are 0 everywhere are left out', () => {
  const rows = counterRows([state({ vm_map_ram: 4 }), state({ vm_map_ram: 4, warnings: 1 })])
  const shown = Object.fromEntries(rows.map(({ title, values }) => [title, values]))
  expect(shown['Blocks listed']).toEqual([2, 2])
  expect(shown['vm_map_ram']).toEqual([4, 4])
  expect(shown['warnings']).toEqual([0, 1])
  // Looked for first, also when nothing happened
  expect(shown['free_vmap_block']).toEqual([0, 0])
  expect(shown).not.toHaveProperty('bugs')
})
