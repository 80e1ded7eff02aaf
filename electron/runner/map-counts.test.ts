import { describe, expect, it } from 'vitest'
import { MACHINE_PRESETS } from '../../shared/machine.ts'
import { MapCounts } from './map-counts.ts'

const [x86, i386] = ['x86_64', 'i386'].map((id) => MACHINE_PRESETS.find((preset) => preset.id === id)!.machine)

describe('MapCounts', () => {
  it.each([
    ['64-bit', x86!, 64],
    ['32-bit', i386!, 32],
  ])('sorts requests by order on a %s machine', (_, machine, maxAlloc) => {
    const counts = new MapCounts(machine)
    for (const pages of [0, 1, 2, 3, 4, 5, 8, 9, maxAlloc, maxAlloc, maxAlloc + 1, 5000]) counts.mapped(pages, 1)
    const { byOrder, larger, empty } = counts.requestOrders
    expect(byOrder).toHaveLength(Math.log2(maxAlloc) + 1)
    expect(byOrder.slice(0, 5)).toEqual([1, 1, 2, 2, 1])
    expect({ most: byOrder.at(-1), larger, empty }).toEqual({ most: 2, larger: 2, empty: 1 })
  })

  it('counts walks of any length', () => {
    const counts = new MapCounts(x86!)
    for (const visited of [0, 1, 1, 5_000_000]) counts.mapped(1, visited)
    expect(counts.visitedNodes.ranges).toEqual([
      [0, 0, 1],
      [1, 1, 2],
      [5_000_000, 5_000_000, 1],
    ])
  })
})
