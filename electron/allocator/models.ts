import type { KernelModel } from '../../shared/kernel-model.ts'

/** Linux 4.0 and the three patches of the 2015 series, applied in order. */
export const KERNEL_MODELS: readonly KernelModel[] = [
  {
    id: 'v4.0',
    aliases: ['before', 'v4.0.5'],
    description:
      'Linux 4.0, before the 2015 series. A new vmap block enters the free list at the HEAD, so older blocks with a few free slots are rarely filled up and stay allocated.',
    newBlockAt: 'head',
    afterNewBlock: 'search-again',
    dirtyTracking: 'bitmap',
  },
  {
    id: 'v4.0+1',
    aliases: ['p1', 'v4.0+68ac546f26'],
    description:
      'Linux 4.0 with 68ac546f26: a new vmap block enters at the TAIL. Older blocks are filled and given back first; the free list is still walked again after a new block, now over all of it.',
    newBlockAt: 'tail',
    afterNewBlock: 'search-again',
    dirtyTracking: 'bitmap',
  },
  {
    id: 'v4.0+1+2',
    aliases: ['p2'],
    description:
      'Also cf725ce274ba: a new vmap block is occupied at once, without a second walk. Same counts and addresses as v4.0+1, fewer blocks walked.',
    newBlockAt: 'tail',
    afterNewBlock: 'occupy',
    dirtyTracking: 'bitmap',
  },
  {
    id: 'v4.1',
    aliases: ['p3', 'v4.0+1+2+3'],
    description:
      'Linux 4.1, the whole 2015 series. 7d61bfe8fddb replaces the dirty bitmap by a minimum and a maximum: same counts, but vm_unmap_aliases flushes every dirty slot.',
    newBlockAt: 'tail',
    afterNewBlock: 'occupy',
    dirtyTracking: 'min-max',
  },
]

/** The model with this id or alias, or `undefined`. */
export function findKernelModel(idOrAlias: string): KernelModel | undefined {
  return KERNEL_MODELS.find((model) => model.id === idOrAlias || model.aliases.includes(idOrAlias))
}
