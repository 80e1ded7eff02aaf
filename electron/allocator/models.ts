import type { KernelModel } from '../../shared/kernel-model.ts'
import { findRelease } from '../../shared/model-choice.ts'

type Switches = Omit<KernelModel, 'id' | 'aliases' | 'description'>

function model(id: string, aliases: readonly string[], description: string, switches: Switches): KernelModel {
  return { id, aliases, description, ...switches }
}

const v2_6_28: Switches = {
  newBlockAt: 'head',
  afterNewBlock: 'search-again',
  slotPlacement: 'aligned',
  dirtyTracking: 'bitmap',
  search: 'first-fit',
  addressSpace: 'first-fit',
  nodePools: 'none',
  drainOrder: 'last-first',
  lazyDrain: 'at-once',
  lazyFactor: 1,
  fragmentPurge: 'never',
  aliasesVisit: 'listed',
  purgeThreshold: 1,
  zeroPages: 'unchecked',
}
const v3_2: Switches = { ...v2_6_28, addressSpace: 'next-fit', fragmentPurge: 'always' }
const v4_0: Switches = { ...v3_2, slotPlacement: 'bump', zeroPages: 'bug' }
const patch1: Switches = { ...v4_0, newBlockAt: 'tail' }
const patch2: Switches = { ...patch1, afterNewBlock: 'occupy' }
const v4_1: Switches = { ...patch2, dirtyTracking: 'min-max' }
const v5_2: Switches = { ...v4_1, addressSpace: 'free-tree-padded' }
const v6_1: Switches = { ...v5_2, addressSpace: 'free-tree', drainOrder: 'merged', lazyDrain: 'worker' }
const v6_5: Switches = { ...v6_1, aliasesVisit: 'all-blocks', purgeThreshold: 0.25 }
const v6_12: Switches = { ...v6_5, nodePools: 'decaying', drainOrder: 'descending', zeroPages: 'warning' }
const v6_19: Switches = { ...v6_12, nodePools: 'keeping' }

/** The releases whose behaviour is known exactly, oldest first. Between two of them nothing is claimed. */
export const KERNEL_MODELS: readonly KernelModel[] = [
  model(
    'v2.6.28',
    [],
    'Linux 2.6.28, the first vm_map_ram (db64fe02258f). Slots are aligned to their size, every area is followed by a free page, so blocks stand two block sizes apart, and fragments are never purged: a small space runs out for good.',
    v2_6_28,
  ),
  model(
    'v3.2',
    [],
    'Linux 3.2. A hole hint (89699605fe7c) makes the search for address space go upward from the last area, and an allocation failure purges blocks without live slots. Slots are still aligned to their size.',
    v3_2,
  ),
  model(
    'v4.0',
    ['before', 'v4.0.5'],
    'Linux 4.0, before the 2015 series. A new vmap block enters the free list at the HEAD, so older blocks with a few free slots are rarely filled up and stay allocated.',
    v4_0,
  ),
  model(
    'v4.0+1',
    ['p1', 'v4.0+68ac546f26'],
    'Linux 4.0 with 68ac546f26: a new vmap block enters at the TAIL. Older blocks are filled and given back first; the free list is still walked again after a new block, now over all of it.',
    patch1,
  ),
  model(
    'v4.0+1+2',
    ['p2'],
    'Also cf725ce274ba: a new vmap block is occupied at once, without a second walk. Same counts and addresses as v4.0+1, fewer blocks walked.',
    patch2,
  ),
  model(
    'v4.1',
    ['p3', 'v4.0+1+2+3'],
    'Linux 4.1, the whole 2015 series. 7d61bfe8fddb replaces the dirty bitmap by a minimum and a maximum: same counts, but vm_unmap_aliases flushes every dirty slot.',
    v4_1,
  ),
  model(
    'v4.10',
    [],
    'Linux 4.10. Pending areas stand on a list without a lock, last freed first. Results equal v4.1 in every count and address.',
    v4_1,
  ),
  model(
    'v5.2',
    [],
    'Linux 5.2. Free address space is kept in a tree of ranges (68ad4a330433). Block searches ask for twice their size, so a hole of exactly one block is taken only where the search passes it: other addresses, and more purges in a crowded space.',
    v5_2,
  ),
  model('v5.10', [], 'Linux 5.10. The tree of free ranges has a lock of its own. Results equal v5.2.', v5_2),
  model(
    'v6.1',
    [],
    'Linux 6.1. Pending areas are kept sorted and merged, a worker drains them after the call that passed the lazy limit, and only alignments above a page widen the search.',
    v6_1,
  ),
  model(
    'v6.5',
    [],
    'Linux 6.5. Blocks are found through per-CPU xarrays (062eacf57ad9). vm_unmap_aliases looks at every block, resets what it flushes, and purges only blocks with less than a quarter of their slots free.',
    v6_5,
  ),
  model('v6.8', [], 'Linux 6.8. Results equal v6.5.', v6_5),
  model(
    'v6.12',
    [],
    'Linux 6.12. Drained areas of up to 256 pages go to pools of their node (72210662c5a2) and are handed out again from there; a quarter of a pool decays with each drain, all of it when it holds fewer than four. A map of 0 pages fails with a warning only.',
    v6_12,
  ),
  model('v6.19', [], 'Linux 6.19. As v6.12, except that pools of fewer than four entries do not decay.', v6_19),
]

/** The release with this id or alias, or `undefined`. */
export function findKernelModel(idOrAlias: string): KernelModel | undefined {
  return findRelease(idOrAlias, KERNEL_MODELS)
}
