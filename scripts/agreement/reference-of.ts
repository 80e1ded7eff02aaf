import {
  REFERENCE_RELEASES,
  type ReferenceModel,
  type ReferenceRelease,
} from '../../electron/allocator/reference/index.ts'
import type { KernelModel } from '../../shared/kernel-model.ts'

/** The reference's form of a model: its release, which goes by the golden files' tag, with the choices of a policy. */
export function referenceOf({ id, aliases, newBlockAt, afterNewBlock }: KernelModel): ReferenceModel {
  const tag = [id, ...aliases].find((name): name is ReferenceRelease => name in REFERENCE_RELEASES)
  if (tag === undefined) throw new Error(`There is no reference for ${id}.`)
  return { ...REFERENCE_RELEASES[tag], newBlockAt, afterNewBlock }
}
