import { KERNEL_MODELS } from '../../electron/allocator/models.ts'
import type { KernelModel } from '../../shared/kernel-model.ts'
import { kernelModelOf, type PolicyChoices } from '../../shared/policy.ts'

function policy(base: string, choices: PolicyChoices): KernelModel {
  return kernelModelOf({ name: 'policy', base, choices }, KERNEL_MODELS)
}

/** Custom models that choose what no release does. The lazy limits are a block or two of the small worlds. */
export const POLICIES: readonly KernelModel[] = [
  policy('v4.0', { afterNewBlock: 'occupy' }),
  policy('v4.0', { search: 'best-fit', lazyFactor: 0.005 }),
  policy('v4.1', { search: 'best-fit' }),
  policy('v4.1', { search: 'worst-fit', purgeThreshold: 0.75 }),
  policy('v4.1', { search: 'next-fit', afterNewBlock: 'search-again' }),
  policy('v5.2', { newBlockAt: 'head', lazyFactor: 0.005, nodePools: 'on' }),
  policy('v6.5', { search: 'next-fit', purgeThreshold: 0, lazyFactor: 0.005 }),
  policy('v6.12', { search: 'worst-fit', lazyFactor: 0.005 }),
  policy('v6.19', { newBlockAt: 'head', purgeThreshold: 1, nodePools: 'off' }),
]
