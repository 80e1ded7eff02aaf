import type { KernelModel } from '../../shared/kernel-model.ts'
import { lazyMaxPages, type Machine } from '../../shared/machine.ts'

/** Pages that may be pending before they are drained: the kernel's lazy_max_pages times the model's factor, rounded down. */
export function lazyLimitPages({ nrCpus }: Machine, { lazyFactor }: Pick<KernelModel, 'lazyFactor'>): number {
  return Math.floor(lazyMaxPages(nrCpus) * lazyFactor)
}
