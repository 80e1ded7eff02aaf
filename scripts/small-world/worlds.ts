import { formatCount, formatQuantity } from '../../shared/format.ts'
import type { Machine } from '../../shared/machine.ts'
import type { World } from './world.ts'

/** A world, and how far it is explored by the unit tests. */
export interface ListedWorld extends World {
  readonly id: string
  readonly title: string
  /** Steps; `Infinity` where the states come to an end, so that sequences of any length are covered. */
  readonly depth: number
}

/** VMALLOC_START in pages: aligned to every block size. */
const START_PAGE = { 32: 0xf0800, 64: 0xffff_c900_0000_0 } as const
/** A little less than the lazy limit of one CPU: two of them pass it, or one and a block. */
const LAZY_PAGES = 8184

type Size = Pick<Machine, 'wordBits' | 'nrCpus' | 'bbmapBits' | 'vmallocPages'> & { readonly startOffset?: number }
type Requests = Pick<World, 'maps'> & Partial<Pick<World, 'areas' | 'aliases'>>

function world(id: string, depth: number, size: Size, { maps, areas = [], aliases = true }: Requests): ListedWorld {
  const { startOffset = 0, ...rest } = size
  const machine = { ...rest, vmallocStartPage: START_PAGE[rest.wordBits] + startOffset }
  const space = `${formatCount(machine.vmallocPages)} pages in blocks of ${machine.bbmapBits}`
  const from = startOffset === 0 ? '' : ` from ${startOffset} pages above a block boundary`
  const asked = [
    `maps of ${maps.join(', ')}`,
    ...(areas.length === 0 ? [] : [`areas of ${areas.join(', ')}`]),
    aliases ? 'unmaps, vm_unmap_aliases' : 'unmaps',
  ]
  const title = `${machine.wordBits}-bit, ${formatQuantity(machine.nrCpus, 'CPU')}, ${space}${from}: ${asked.join('; ')}`
  return { id, title, depth, machine, maps, areas, aliases }
}

const small32 = { wordBits: 32, nrCpus: 1, bbmapBits: 64 } as const
const small64 = { wordBits: 64, nrCpus: 2, bbmapBits: 128 } as const

/** Most have the smallest blocks that a kernel can have: 64 slots with 32-bit words, 128 with 64-bit words. */
export const WORLDS: readonly ListedWorld[] = [
  world('any-length', Infinity, { ...small32, vmallocPages: 128 }, { maps: [16, 32], aliases: false }),
  // 3 pages take 4 slots; 33 pages are more than a block serves
  world('all-orders', 4, { ...small32, vmallocPages: 128 }, { maps: [1, 2, 3, 8, 16, 32, 33], areas: [1] }),
  world('three-blocks', 6, { ...small32, vmallocPages: 192 }, { maps: [1, 3, 32] }),
  world(
    'unaligned',
    4,
    { ...small32, nrCpus: 2, vmallocPages: 200, startOffset: 8 },
    { maps: [1, 32, 33], areas: [1] },
  ),
  world('lazy', 8, { ...small32, vmallocPages: 2 * LAZY_PAGES + 64 }, { maps: [32, LAZY_PAGES] }),
  // More than a block serves: areas only, of two sizes that do not divide the space evenly
  world('areas', 8, { ...small32, vmallocPages: 256 }, { maps: [33, 64] }),
  world('larger-blocks', 8, { ...small32, bbmapBits: 128, vmallocPages: 384 }, { maps: [1, 32] }),
  // Two nodes from 6.12 on: drained blocks go to their pools
  world('two-nodes', 5, { ...small64, vmallocPages: 384 }, { maps: [1, 64, 65] }),
  world('two-nodes-any-length', Infinity, { ...small64, vmallocPages: 256 }, { maps: [64] }),
]
