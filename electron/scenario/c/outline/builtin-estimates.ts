import type { BuiltinName } from '../builtins.ts'
import type { Value } from './known-values.ts'
import { NOTHING, type Tally } from './tally.ts'

/** What one call of the lab asks of the allocator. */
export function builtinTally(name: BuiltinName, args: readonly Value[], vmapMaxAlloc: number): Tally {
  if (name === 'vm_map_ram') return { operations: 1, maps: 1, unmaps: 0, slots: slotsOf(args[1], vmapMaxAlloc) }
  if (name === 'vmap') return { operations: 1, maps: 1, unmaps: 0, slots: 0 }
  if (name === 'vm_unmap_ram' || (name === 'vunmap' && args[0] !== 0n)) return { ...NOTHING, operations: 1, unmaps: 1 }
  return name === 'vm_unmap_aliases' ? { ...NOTHING, operations: 1 } : NOTHING
}

/** A map takes a power of two of slots; one that is too large for a block takes none. */
function slotsOf(pages: Value, vmapMaxAlloc: number): number {
  if (typeof pages !== 'bigint') return NaN
  if (pages === 0n || pages > BigInt(vmapMaxAlloc)) return 0
  return 2 ** Math.ceil(Math.log2(Number(pages)))
}

/** What a call of the lab gives when every map succeeds. */
export function builtinValue(name: BuiltinName, args: readonly Value[]): Value {
  const [left, right] = args
  if (name === 'vm_map_ram' || name === 'vmap') return right === 0n ? 0n : 'mapping'
  if (typeof left !== 'bigint') return undefined
  if (name === 'ilog2') return left > 0n ? BigInt(left.toString(2).length - 1) : undefined
  if ((name !== 'min' && name !== 'max') || typeof right !== 'bigint') return undefined
  return left < right === (name === 'min') ? left : right
}
