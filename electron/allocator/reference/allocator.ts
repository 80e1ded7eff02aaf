import { AreaList } from './areas.ts'
import type { VmapArea } from './areas.ts'
import { VmapBlocks } from './blocks.ts'
import { zeroCounts } from './counts.ts'
import type { Counts } from './counts.ts'
import { FlushRange } from './flush-range.ts'
import { PAGE_SIZE, assertPages, lazyMaxPages } from './machine.ts'
import type { ReferenceMachine, ReferenceModel } from './machine.ts'
import { PendingAreas } from './pending-areas.ts'

const FAILED = -1
const GUARD_PAGES = 1
/** What `vmap` asks for: less than the page that every other request asks for, which `alloc_vmap_area` notices. */
const VMAP_ALIGN_BYTES = 1

/**
 * The allocator of mm/vmalloc.c, Linux 4.0 to 4.1, written for reading and used in tests only: linked lists, sorted
 * arrays and walks, nothing clever. One task, so operations never overlap. Pages are relative to VMALLOC_START.
 */
export class ReferenceAllocator {
  readonly counts: Counts = zeroCounts()
  readonly #machine: ReferenceMachine
  readonly #areas: AreaList
  readonly #pending: PendingAreas
  readonly #blocks: VmapBlocks
  #cpu = 0
  #visitedNodes = 0

  constructor(machine: ReferenceMachine, model: ReferenceModel) {
    const { vmallocStartPage, vmallocPages, bbmapBits, nrCpus } = machine
    this.#machine = machine
    this.#areas = new AreaList(vmallocStartPage, vmallocStartPage + vmallocPages)
    this.#pending = new PendingAreas(this.#areas, this.counts, lazyMaxPages(nrCpus))
    this.#blocks = new VmapBlocks(machine, model, this.counts, this.#pending, () =>
      this.#allocateArea(bbmapBits, bbmapBits * PAGE_SIZE, 'block'),
    )
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
    return this.#relative(start)
  }

  #mapRam(pages: number): number | undefined {
    if (pages === 0) {
      // vb_alloc warns and returns NULL; vm_map_ram takes that for address 0 and runs into a BUG_ON.
      this.counts.warnings += 1
      this.counts.bugs += 1
      return undefined
    }
    if (this.#isBig(pages)) return this.#allocateArea(pages, PAGE_SIZE, 'big map')?.start
    return this.#blocks.map(this.#cpu, pages)
  }

  /** `vm_unmap_ram` of a map that `mapRam(pages)` put at `startPage`. Throws when there is no such map. */
  unmapRam(startPage: number, pages: number): void {
    const page = this.#machine.vmallocStartPage + startPage
    if (this.#isBig(pages)) this.#pending.add(this.#busyArea(page, 'big map', pages))
    else this.#blocks.unmap(page, pages)
    this.counts.vm_unmap_ram += 1
  }

  /** An ordinary area with its guard page (`__get_vm_area_node`): the start page, or -1 when there is no space. */
  vmap(pages: number): number {
    assertPages(pages)
    this.#visitedNodes = 0
    if (pages === 0) return FAILED
    return this.#relative(this.#allocateArea(pages + GUARD_PAGES, VMAP_ALIGN_BYTES, 'vmap')?.start)
  }

  /** `vunmap` of an area that `vmap` put at `startPage`. Throws when there is none. */
  vunmap(startPage: number): void {
    this.#pending.add(this.#busyArea(this.#machine.vmallocStartPage + startPage, 'vmap'))
  }

  /** `vm_unmap_aliases`, up to 6.1: flushes what is dirty, throws away fragments, drains. */
  unmapAliases(): void {
    this.counts.unmap_aliases += 1
    const noted = new FlushRange()
    this.#blocks.noteDirtyRanges(noted)
    this.#pending.purge(() => this.#blocks.purgeFragments(), noted)
  }

  /** Blocks looked at by the last `mapRam`; 0 after a `vmap`. */
  get visitedNodes(): number {
    return this.#visitedNodes
  }

  /** For each CPU its blocks from HEAD to TAIL: [block index, free, dirty]. */
  freeLists(): [number, number, number][][] {
    return this.#blocks.snapshot()
  }

  /** `alloc_vmap_area`: when nothing is found it purges all it can (`purge_vmap_area_lazy`) and tries once more. */
  #allocateArea(size: number, alignBytes: number, use: VmapArea['use']): VmapArea | undefined {
    this.counts.alloc_vmap_area += 1
    const area = this.#areas.allocate(size, alignBytes, use)
    if (area !== undefined) return area

    this.counts.purge_on_alloc_failure += 1
    this.#pending.purge(() => this.#blocks.purgeFragments())
    const areaAfterPurge = this.#areas.allocate(size, alignBytes, use)
    if (areaAfterPurge === undefined) this.counts.alloc_vmap_area_failed += 1
    return areaAfterPurge
  }

  #busyArea(page: number, use: VmapArea['use'], pages?: number): VmapArea {
    const area = this.#areas.busyAt(page)
    if (area?.use !== use || (pages !== undefined && area.end - area.start !== pages)) {
      throw new Error(`no ${use} ${pages === undefined ? '' : `of ${pages} pages `}at page ${page}`)
    }
    return area
  }

  /** Larger than VMAP_MAX_ALLOC: mapped as an area of its own, without guard page. */
  #isBig(pages: number): boolean {
    return pages > this.#machine.wordBits
  }

  #relative(page: number | undefined): number {
    return page === undefined ? FAILED : page - this.#machine.vmallocStartPage
  }
}
