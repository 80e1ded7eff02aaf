import {
  REFERENCE_RELEASES,
  type ReferenceModel,
  type ReferenceRelease,
} from '../../electron/allocator/reference/index.ts'
import { KERNEL_MODELS } from '../../electron/allocator/models.ts'
import type { KernelModel } from '../../shared/kernel-model.ts'

/** The reference's form of a model: its release, which goes by the golden files' tag, with the choices of a policy. */
export function referenceOf(model: KernelModel): ReferenceModel {
  const { newBlockAt, afterNewBlock, search, purgeThreshold, lazyFactor, nodePools } = model
  return {
    ...releaseOf(model),
    ...{ newBlockAt, afterNewBlock, search, lazyFactor },
    fragmentThreshold: purgeThreshold,
    nodes: nodePools !== 'none',
    poolDecay: nodePools === 'decaying' ? 'all-below-four' : 'none-below-four',
  }
}

function releaseOf({ id, base = id }: KernelModel): ReferenceModel {
  const aliases = KERNEL_MODELS.find((release) => release.id === base)?.aliases ?? []
  const tag = [base, ...aliases].find((name): name is ReferenceRelease => name in REFERENCE_RELEASES)
  if (tag === undefined) throw new Error(`There is no reference for ${base}.`)
  return REFERENCE_RELEASES[tag]
}
