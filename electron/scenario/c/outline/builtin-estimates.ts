import type { BuiltinName } from '../builtins.ts'
import type { Value } from './known-values.ts'
import { NOTHING, type Tally } from './tally.ts'

/** What one call of the lab asks of the allocator. */
export function builtinTally(name: BuiltinName, args: readonly Value[], vmapMaxAlloc: number): Tally {
  switch (name) {
    case 'vm_map_ram':
      return { operations: 1, maps: 1, unmaps: 0, slots: slotsOf(args[1], vmapMaxAlloc) }
    case 'vmap':
      return { operations: 1, maps: 1, unmaps: 0, slots: 0 }
    case 'vunmap':
      return args[0] === 0n ? NOTHING : { operations: 1, maps: 0, unmaps: 1, slots: 0 }
    case 'vm_unmap_ram':
      return { operations: 1, maps: 0, unmaps: 1, slots: 0 }
    case 'vm_unmap_aliases':
      return { ...NOTHING, operations: 1 }
    default:
      return NOTHING
  }
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
  switch (name) {
    case 'vm_map_ram':
    case 'vmap':
      return args[1] === 0n ? 0n : 'mapping'
    case 'ilog2':
      return typeof left === 'bigint' && left > 0n ? BigInt(left.toString(2).length - 1) : undefined
    case 'min':
    case 'max':
      if (typeof left !== 'bigint' || typeof right !== 'bigint') return undefined
      return left < right === (name === 'min') ? left : right
    default:
      return undefined
  }
}
