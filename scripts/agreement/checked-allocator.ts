import { lazyLimitPages } from '../../electron/allocator/lazy-limit.ts'
import type { Allocator } from '../../electron/allocator/allocator.ts'
import { COUNT_NAMES } from '../../shared/counts.ts'
import { vmapMaxAlloc } from '../../shared/machine.ts'
import { FAILED, type RequestSink } from '../../shared/requests.ts'
import { Ledger } from './ledger.ts'
import { InvariantError } from './page-map.ts'

/** An ordinary area is followed by one page that belongs to it. */
const GUARD_PAGES = 1

/**
 * An allocator whose every call is checked over its public face alone: what it answers and tells its listener is kept in a
 * `Ledger`, from which follows what lists and counts must be.
 *
 * - Mappings are disjoint and inside the space, small ones inside a block of the CPU that asked; no slot is handed out twice,
 *   no pending page used again before a drain; blocks are aligned to their size.
 * - Free lists hold the blocks with free slots, on the CPU that made them, in the order of their making, with as many free and
 *   dirty slots as the calls add up to.
 * - Every count has the value that its definition gives (KERNEL.md, section 9), and no call leaves more pages pending than
 *   the lazy limit.
 *
 * Every method throws `InvariantError` when something is otherwise.
 */
export class CheckedAllocator implements RequestSink {
  readonly #allocator: Allocator
  readonly #ledger: Ledger
  readonly #maxAlloc: number
  readonly #lazyLimitPages: number
  #cpu = 0
  /** Maps and unmaps of either kind. */
  #calls = 0

  constructor(allocator: Allocator) {
    this.#allocator = allocator
    this.#ledger = new Ledger(allocator.machine, allocator.model)
    this.#maxAlloc = vmapMaxAlloc(allocator.machine.wordBits)
    this.#lazyLimitPages = lazyLimitPages(allocator.machine, allocator.model)
    allocator.listener = this.#ledger
  }

  get visitedNodes(): number {
    return this.#allocator.visitedNodes
  }

  setCpu(cpu: number): void {
    this.#allocator.setCpu(cpu)
    this.#cpu = cpu
  }

  mapRam(pages: number): number {
    const startPage = this.#allocator.mapRam(pages)
    this.#ledger.counts.vm_map_ram += 1
    this.#ledger.counts.nodes_visited += this.visitedNodes
    if (startPage === FAILED) this.#mapFailed(pages)
    else if (pages > this.#maxAlloc) this.#ledger.takeArea(startPage, pages)
    else this.#ledger.takeSlots(startPage, slotsOf(pages), this.#cpu)
    this.#expectTold(startPage)
    this.#check()
    return startPage
  }

  unmapRam(startPage: number, pages: number): void {
    if (pages <= this.#maxAlloc) this.#ledger.giveSlotsBack(startPage, slotsOf(pages))
    this.#allocator.unmapRam(startPage, pages)
    if (pages > this.#maxAlloc) this.#ledger.expectNoArea(startPage)
    this.#ledger.counts.vm_unmap_ram += 1
    this.#expectTold(startPage)
    this.#check()
  }

  vmap(pages: number): number {
    const startPage = this.#allocator.vmap(pages)
    if (startPage !== FAILED) this.#ledger.takeArea(startPage, pages + GUARD_PAGES)
    else if (pages > 0) this.#ledger.refuseArea()
    this.#expectTold(startPage)
    this.#check()
    return startPage
  }

  vunmap(startPage: number): void {
    this.#allocator.vunmap(startPage)
    this.#ledger.expectNoArea(startPage)
    this.#expectTold(startPage)
    this.#check()
  }

  unmapAliases(): void {
    const purges = this.#ledger.counts.unmap_aliases
    this.#allocator.unmapAliases()
    expectEqual('purges by vm_unmap_aliases', this.#ledger.counts.unmap_aliases, purges + 1)
    this.#check()
  }

  #expectTold(startPage: number): void {
    this.#calls += 1
    expectEqual('calls told to the listener', this.#ledger.returns, this.#calls)
    expectEqual('page told to the listener', this.#ledger.lastPage, startPage)
  }

  #mapFailed(pages: number): void {
    const { counts } = this.#ledger
    counts.vm_map_ram_failed += 1
    if (pages > 0) {
      this.#ledger.refuseArea()
      return
    }
    counts.warnings += 1
    if (this.#allocator.model.zeroPages === 'bug') counts.bugs += 1
  }

  #check(): void {
    const { counts, liveBlocks, listedBlocks } = this.#allocator
    const { blocks, counts: expected } = this.#ledger
    for (const name of COUNT_NAMES) expectEqual(name, counts[name], expected[name])
    if (counts.lazy_pages > this.#lazyLimitPages) {
      throw new InvariantError(`${counts.lazy_pages} pages are pending; the lazy limit is ${this.#lazyLimitPages}`)
    }
    expectEqual('live blocks', liveBlocks, blocks.size)
    expectEqual('listed blocks', listedBlocks, blocks.listedBlocks)
    for (const cpu of blocks.lists.keys()) this.#checkList(cpu)
  }

  #checkList(cpu: number): void {
    const expected = [...(this.#ledger.blocks.lists.get(cpu)?.values() ?? [])]
    if (this.#allocator.model.newBlockAt === 'head') expected.reverse()
    let position = 0
    for (const [blockIndex, free, dirty] of this.#allocator.freeList(cpu)) {
      const block = expected[position]
      if (block?.blockIndex !== blockIndex || block.free !== free || block.dirty !== dirty) {
        const found = `block ${blockIndex} with ${free} free and ${dirty} dirty`
        const due = block && `block ${block.blockIndex} with ${block.free} free and ${block.dirty} dirty`
        throw new InvariantError(`CPU ${cpu}, position ${position} from HEAD: ${found}, must be ${due ?? 'the end'}`)
      }
      position += 1
    }
    expectEqual(`blocks on the list of CPU ${cpu}`, position, expected.length)
  }
}

function expectEqual(what: string, actual: number, expected: number | undefined): void {
  if (actual !== expected) throw new InvariantError(`${what}: ${actual}, must be ${expected ?? 'nothing'}`)
}

/** Slots of a map that a block serves. */
function slotsOf(pages: number): number {
  return pages <= 1 ? 1 : 2 ** (32 - Math.clz32(pages - 1))
}
