import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MACHINE_PRESETS, type Machine } from '../../shared/machine.ts'
import { FAILED } from '../../shared/requests.ts'
import { Allocator } from '../allocator/allocator.ts'
import { KERNEL_MODELS } from '../allocator/models.ts'
import { EventDigest } from './digest.ts'
import { MapCounts } from './map-counts.ts'
import { RunGauges } from './run-gauges.ts'
import { RunListener } from './run-listener.ts'

/** A space of some blocks, in which maps fail, purge and drain soon. */
const machine: Machine = { ...MACHINE_PRESETS[3]!.machine, nrCpus: 2, vmallocPages: 9000, bbmapBits: 512 }

const requests = fc.array(
  fc.record({
    kind: fc.constantFrom('map', 'map', 'map', 'unmap', 'unmap', 'vmap', 'vunmap', 'aliases', 'move'),
    pages: fc.oneof(fc.integer({ min: 1, max: 32 }), fc.integer({ min: 1, max: 700 })),
    pick: fc.nat(),
  }),
  { maxLength: 400, size: 'max' },
)

function listen(allocator: Allocator): RunGauges {
  const gauges = new RunGauges(machine)
  allocator.listener = new RunListener(new EventDigest(), gauges, new MapCounts(machine), {
    lookSoon: () => undefined,
    lookWithin: () => undefined,
  })
  return gauges
}

interface Mapping {
  readonly startPage: number
  readonly pages: number
}

function sumOf(mappings: readonly Mapping[]): number {
  return mappings.reduce((sum, { pages }) => sum + pages, 0)
}

describe.each(KERNEL_MODELS)('the gauges of a run under $id', (model) => {
  it('follow the allocator call by call', () => {
    fc.assert(
      fc.property(requests, (stream) => {
        const allocator = new Allocator(machine, model)
        const { byName } = listen(allocator)
        const maps: Mapping[] = []
        const areas: Mapping[] = []
        for (const { kind, pages, pick } of stream) {
          if (kind === 'map' || kind === 'vmap') {
            const startPage = kind === 'map' ? allocator.mapRam(pages) : allocator.vmap(pages)
            if (startPage !== FAILED) (kind === 'map' ? maps : areas).push({ startPage, pages })
            if (kind === 'map') expect(byName.visited_nodes.current).toBe(allocator.visitedNodes)
          }
          if (kind === 'unmap')
            for (const map of maps.splice(pick % (maps.length + 1), 1)) allocator.unmapRam(map.startPage, map.pages)
          if (kind === 'vunmap')
            for (const area of areas.splice(pick % (areas.length + 1), 1)) allocator.vunmap(area.startPage)
          if (kind === 'aliases') allocator.unmapAliases()
          if (kind === 'move') allocator.setCpu(pick % machine.nrCpus)

          const { counts } = allocator
          const big = maps.filter((map) => map.pages > machine.wordBits)
          expect({
            liveBlocks: byName.live_blocks.current,
            listedBlocks: byName.listed_blocks.current,
            usedPages: byName.used_pages.current,
            lazyPages: byName.lazy_pages.current,
            mappedPages: byName.mapped_pages.current,
            purges: byName.purges.current,
          }).toEqual({
            liveBlocks: allocator.liveBlocks,
            listedBlocks: allocator.listedBlocks,
            // An ordinary area has a guard page
            usedPages: allocator.liveBlocks * machine.bbmapBits + sumOf(big) + sumOf(areas) + areas.length,
            lazyPages: allocator.lazyPages,
            mappedPages: sumOf(maps) + sumOf(areas),
            purges: counts.purge_on_alloc_failure + counts.purge_on_lazy_threshold + counts.unmap_aliases,
          })
        }
      }),
      { numRuns: 60 },
    )
  })
})

it('see what is pending before the drain that follows at once', () => {
  const allocator = new Allocator(machine, KERNEL_MODELS[0]!)
  const gauges = listen(allocator)
  const area = allocator.vmap(100)
  const { lazy_pages: lazyPages } = gauges.byName
  lazyPages.begin()
  allocator.vunmap(area)
  allocator.unmapAliases()
  expect([lazyPages.lowest, lazyPages.highest, lazyPages.current]).toEqual([0, 101, 0])
})
