import { describe, expect, it } from 'vitest'
import { COUNT_NAMES, type Counts } from '../../../../shared/counts.ts'
import { MACHINE_PRESETS } from '../../../../shared/machine.ts'
import type { ReplayMoment } from '../../../../shared/replay.ts'
import type { FreeListSummary, ListedBlock } from '../../../../shared/run.ts'
import type { ReplayLaneFacts } from '../lanes.ts'
import type { PictureStyle } from './picture-style.ts'
import { replayPicture } from './replay-picture.ts'

const STYLE: PictureStyle = {
  colors: {
    ...{ surface: '#fff', sunken: '#eee', text: '#111', text2: '#222', text3: '#333', line: '#ddd', line2: '#ccc' },
    ...{ ink: '#000', live: '#123456', dirty: '#c3c6ca', hatch: '#868c94', free: '#d3efeb', freeline: '#0e766e' },
  },
  modelColor: (modelId) => (modelId === 'v4.0' ? '#cb3814' : '#1560e2'),
}
const counts = Object.fromEntries(COUNT_NAMES.map((name) => [name, 0])) as unknown as Counts
const machine = MACHINE_PRESETS.find(({ id }) => id === 'x86_64-1cpu')!.machine

function listOf(blocks: readonly ListedBlock[], length = blocks.length): FreeListSummary {
  const tail = length > blocks.length ? [[0, 8, 1016] as const] : []
  return { cpu: 0, length, head: blocks, tail, freeSlotsMax: Array.from({ length: Math.min(length, 2048) }, () => 8) }
}

function lane(letter: string, modelId: string, list: FreeListSummary | undefined): ReplayLaneFacts {
  const moment: ReplayMoment = {
    state: {
      ...{ operation: 255, counts, liveBlocks: 2, listedBlocks: list?.length ?? 0, pendingPages: 0 },
      ...{ takenPages: 2048, liveMappings: 1, freeLists: list === undefined ? [] : [list] },
    },
    last: {
      ...{ operation: 255, kind: 'map', cpu: 0, pages: 8, startPage: 1040, mappedBy: undefined, line: 5 },
      ...{ served: { block: 1, slot: 16, slots: 8, isNew: false }, visitedNodes: 1, events: [], eventsTotal: 0 },
      walks: [
        { search: 'first-fit', slotsNeeded: 8, listLength: 2, lookedTotal: 1, first: [], last: [], taken: undefined },
      ],
    },
  }
  const events = { operationsPerBucket: 1, counts: {} } as unknown as ReplayLaneFacts['side']['events']
  const side = { runId: 1, model: { modelId }, machine, operations: 1000, problem: undefined, series: [], events }
  return { letter, side, moment }
}

const TWO: readonly ListedBlock[] = [
  [1, 1000, 16],
  [0, 8, 1016],
]
const content = {
  ...{
    title: 'a <b> & "c"',
    about: 'machine x86_64',
    operation: 'Operation 255 of 1,000: vm_map_ram(pages, 8) on CPU 0',
  },
  lanes: [lane('A', 'v4.0', listOf(TWO)), lane('B', 'v4.1', listOf([[1, 1008, 16]]))],
  spaces: [],
}

describe('the picture of a moment', () => {
  it('is text that names everything, and the same for the same moment', () => {
    const { svg } = replayPicture(content, STYLE)
    expect(svg).toBe(replayPicture(content, STYLE).svg)
    for (const words of [
      'v4.0: 2 blocks listed',
      'v4.1: 1 block listed',
      'Operation 255 of 1,000',
      '1,000 free',
      '#1',
      'HEAD',
      'TAIL',
    ]) {
      expect(svg).toContain(words)
    }
    expect(svg).toContain('alloc_vmap_area')
    expect(svg).toContain('B − A')
  })

  it('escapes what others wrote', () => {
    const { svg } = replayPicture(content, STYLE)
    expect(svg).toContain('a &lt;b&gt; &amp; &quot;c&quot;')
    expect(svg).not.toContain('<b>')
  })

  it('frames the block that served, in the colour of its model', () => {
    const { svg } = replayPicture(content, STYLE)
    expect(svg.match(/fill="none" stroke="#cb3814"/g)).toHaveLength(1)
    expect(svg.match(/fill="none" stroke="#1560e2"/g)).toHaveLength(1)
  })

  it('draws slots to scale', () => {
    const one = { ...content, lanes: [lane('A', 'v4.0', listOf([[0, 512, 256]]))] }
    const { svg } = replayPicture(one, STYLE)
    const widthOf = (fill: string): number => Number(new RegExp(`width="([\\d.]+)" fill="${fill}"`).exec(svg)?.[1])
    // Live slots are what is neither free nor dirty
    expect(widthOf('#123456')).toBeCloseTo(103 / 4, 1)
    expect(Number(/width="([\d.]+)" fill="#d3efeb"/.exec(svg)?.[1])).toBeCloseTo(103 / 2, 1)
  })

  it('shows a long list by its ends, what is left out, and the free slots of all', () => {
    const head = Array.from({ length: 16 }, (_, i): ListedBlock => [100_000 - i, 8, 1016])
    const { svg } = replayPicture({ ...content, lanes: [lane('A', 'v4.0', listOf(head, 100_000))] }, STYLE)
    expect(svg).toContain('⋯ 99,993 more ⋯')
    expect(svg).toContain('100,000 blocks, up to 95 a column; height: most free slots (log scale)')
    expect(svg.length).toBeLessThan(100_000)
  })

  it('says that no block is listed, and is as high as what is in it', () => {
    const empty = replayPicture({ ...content, lanes: [lane('A', 'v4.0', undefined)] }, STYLE)
    expect(empty.svg).toContain('No block is listed.')
    expect(empty.heightPx).toBeLessThan(replayPicture(content, STYLE).heightPx)
    expect(empty.svg).toContain(`height="${empty.heightPx}"`)
  })

  it('draws how the address space is taken', () => {
    const pages = (...values: readonly number[]): Float64Array => Float64Array.from(values)
    const none = pages(0, 0, 0, 0)
    const space = {
      fromPage: 0,
      pagesPerCell: 1024,
      block: pages(1024, 0, 0, 0),
      free: none,
      plain: none,
      pending: none,
      pooled: none,
    }
    const { svg } = replayPicture({ ...content, spaces: [space, space] }, STYLE)
    expect(svg).toContain('4,096 pages shown')
    expect(svg.match(/x="96" width="264" y="[\d.]+" height="18" fill="#868c94"/g)).toHaveLength(2)
  })
})
