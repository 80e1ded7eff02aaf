import { AreaTable } from './area-table.ts'
import type { VmapArea } from './area.ts'
import { VmapBlocks } from './blocks.ts'
import { zeroCounts } from './counts.ts'
import type { Counts } from './counts.ts'
import { createAddressSpace } from './create-address-space.ts'
import { FlushRange } from './flush-range.ts'
import { purgeAllFragments, purgeForAliases } from './fragments.ts'
import { PAGE_SIZE, assertPages } from './machine.ts'
import type { ReferenceMachine } from './machine.ts'
import { assertModel } from './model.ts'
import type { ReferenceModel } from './model.ts'
import { PendingAreas } from './pending-areas.ts'
import { REFERENCE_RELEASES } from './releases.ts'
import { createNodes } from './vmap-node.ts'

const FAILED = -1
const GUARD_PAGES = 1
/** What `vmap` asks for: less than the page that every other request asks for, which `alloc_vmap_area` notices. */
const VMAP_ALIGN_BYTES = 1

/**
 * The allocator of mm/vmalloc.c, Linux 2.6.28 to 6.19, written for reading and used in tests only: linked lists, sorted
 * arrays and walks, nothing clever. One task, so operations never overlap. Pages are relative to VMALLOC_START.
 */
export class ReferenceAllocator {
  readonly counts: Counts = zeroCounts()
  readonly #machine: ReferenceMachine
  readonly #model: ReferenceModel
  readonly #areas: AreaTable
  readonly #pending: PendingAreas
  readonly #blocks: VmapBlocks
  #cpu = 0
  #visitedNodes = 0

  /** What a model leaves out is as in Linux 4.1. */
  constructor(machine: ReferenceMachine, choices: Partial<ReferenceModel>) {
    const model: ReferenceModel = { ...REFERENCE_RELEASES.p3, ...choices }
    assertModel(model)
    const nodes = createNodes(machine, model)
    const space = createAddressSpace(machine, model)
    this.#machine = machine
    this.#model = model
    this.#areas = new AreaTable(space, nodes)
    this.#pending = new PendingAreas(machine, model, this.counts, space, nodes)
    this.#blocks = new VmapBlocks(machine, model, this.counts, {
      allocate: (cpu) => this.#allocateArea(cpu, machine.bbmapBits, machine.bbmapBits * PAGE_SIZE, 'block'),
      free: (area) => {
        this.#freeArea(area)
      },
    })
  }

  /** Moves the task to a CPU; the next maps use that CPU's free list. */
  setCpu(cpu: number): void {
    const { nrCpus } = this.#machine
    if (!Number.isInteger(cpu) || cpu < 0 || cpu >= nrCpus) throw new RangeError(`CPU ${cpu} is not one of ${nrCpus}`)
    this.#cpu = cpu
  }

  /** `vm_map_ram`: the start page, or -1 when it fails. */
  mapRam(pages: number): number {
    assertPages(pages)
    const visitedBefore = this.counts.nodes_visited
    const start = this.#mapRam(pages)
    this.#visitedNodes = this.counts.nodes_visited - visitedBefore
    this.counts.vm_map_ram += 1
    if (start === undefined) this.counts.vm_map_ram_failed += 1
    this.#pending.runWorker()
    return this.#relative(start)
  }

  #mapRam(pages: number): number | undefined {
    if (pages === 0) {
      this.#mapNothing()
      return undefined
    }
    if (this.#isBig(pages)) return this.#allocateArea(this.#cpu, pages, PAGE_SIZE, 'big map')?.start
    return this.#blocks.map(this.#cpu, pages)
  }

  /** `vb_alloc` warns and returns NULL; before 6.10 `vm_map_ram` takes that for address 0 and runs into a BUG_ON. */
  #mapNothing(): void {
    const { zeroPages } = this.#model
    if (zeroPages === 'no-check') throw new Error('what a map of 0 pages does in 2.6.28 and 3.2 is not known')
    this.counts.warnings += 1
    if (zeroPages === 'bug') this.counts.bugs += 1
  }

  /** `vm_unmap_ram` of a map that `mapRam(pages)` put at `startPage`. Throws when there is no such map. */
  unmapRam(startPage: number, pages: number): void {
    const page = this.#machine.vmallocStartPage + startPage
    if (this.#isBig(pages)) this.#freeArea(this.#areas.find(page, 'big map', pages))
    else this.#blocks.unmap(page, pages)
    this.counts.vm_unmap_ram += 1
    this.#pending.runWorker()
  }

  /** An ordinary area with its guard page (`__get_vm_area_node`): the start page, or -1 when there is no space. */
  vmap(pages: number): number {
    assertPages(pages)
    this.#visitedNodes = 0
    if (pages === 0) return FAILED
    const area = this.#allocateArea(this.#cpu, pages + GUARD_PAGES, VMAP_ALIGN_BYTES, 'vmap')
    this.#pending.runWorker()
    return this.#relative(area?.start)
  }

  /** `vunmap` of an area that `vmap` put at `startPage`. Throws when there is none. */
  vunmap(startPage: number): void {
    this.#freeArea(this.#areas.find(this.#machine.vmallocStartPage + startPage, 'vmap'))
    this.#pending.runWorker()
  }

  /** `vm_unmap_aliases`: flushes what is dirty, throws away fragments, drains. */
  unmapAliases(): void {
    this.counts.unmap_aliases += 1
    const noted = new FlushRange()
    this.#pending.purge({ purgeFragments: () => purgeForAliases(this.#blocks, this.#model, noted), noted })
    this.#pending.runWorker()
  }

  /** Blocks looked at by the last `mapRam`; 0 after a `vmap`. */
  get visitedNodes(): number {
    return this.#visitedNodes
  }

  /** For each CPU its blocks from HEAD to TAIL: [block index, free, dirty]. */
  freeLists(): [number, number, number][][] {
    return this.#blocks.snapshot()
  }

  /**
   * All that answers to later requests depend on, as text: of two allocators of one machine and model with the same state,
   * both answer alike from then on. It leaves out the counts, and the CPU that the task is on.
   */
  state(): string {
    return [this.#blocks.state(), this.#areas.state(), this.#pending.state()].join(' | ')
  }

  /** `alloc_vmap_area`: when nothing is found it purges all it can and tries once more. */
  #allocateArea(cpu: number, size: number, alignBytes: number, use: VmapArea['use']): VmapArea | undefined {
    this.counts.alloc_vmap_area += 1
    const area = this.#areas.allocate(cpu, size, alignBytes, use)
    if (area !== undefined) return area

    this.counts.purge_on_alloc_failure += 1
    this.#pending.purge({ purgeFragments: () => purgeAllFragments(this.#blocks, this.#model), emptyPools: true })
    const areaAfterPurge = this.#areas.allocate(cpu, size, alignBytes, use)
    if (areaAfterPurge === undefined) this.counts.alloc_vmap_area_failed += 1
    return areaAfterPurge
  }

  #freeArea(area: VmapArea): void {
    this.#areas.unlink(area)
    this.#pending.add(area)
  }

  /** Larger than VMAP_MAX_ALLOC: mapped as an area of its own, without guard page. */
  #isBig(pages: number): boolean {
    return pages > this.#machine.wordBits
  }

  #relative(page: number | undefined): number {
    return page === undefined ? FAILED : page - this.#machine.vmallocStartPage
  }
}
