import type { KernelModel } from '../../../shared/kernel-model.ts'
import type { BlockTable } from '../block-table.ts'
import type { FreeList } from '../free-list.ts'
import type { BlockSearch } from './block-search.ts'
import { FirstFitSearch } from './first-fit.ts'
import { MostWantedSearch } from './most-wanted.ts'
import { NextFitSearch } from './next-fit.ts'

/** The search of a kernel model over one free list. */
export function newSearch(model: KernelModel, list: FreeList, blocks: BlockTable): BlockSearch {
  switch (model.search) {
    case 'first-fit':
      return new FirstFitSearch(list)
    case 'next-fit':
      return new NextFitSearch(list)
    case 'best-fit':
      return new MostWantedSearch(list, blocks, 'fewest')
    case 'worst-fit':
      return new MostWantedSearch(list, blocks, 'most')
  }
}
