import { PAGE_SIZE_BYTES, vmapMaxAlloc, type Machine } from '../../../shared/machine.ts'
import type { IntegerType, ScalarType, ValueType } from './types.ts'

export type BuiltinName =
  | 'vm_map_ram'
  | 'vm_unmap_ram'
  | 'vm_unmap_aliases'
  | 'vmap'
  | 'vunmap'
  | 'rand'
  | 'rand_seed'
  | 'ilog2'
  | 'min'
  | 'max'
  | 'set_cpu'
  | 'smp_processor_id'
  | 'task_order'
  | 'yield'

/** A call whose arguments have types; `integer` is any of them. */
export interface BuiltinSignature {
  readonly parameters: readonly (ScalarType | 'integer' | 'pages' | 'pgprot')[]
  /** `common`: what the usual arithmetic conversions make of the arguments. */
  readonly result: ValueType | 'common'
  /** Arguments that may be left out, from the end. */
  readonly optional: number
  /** True when the call is a turn of its task: another task may run before it. */
  readonly isTurn: boolean
  /** True when a kernel would also do something without using the result. */
  readonly hasEffect: boolean
}

function signature(
  result: BuiltinSignature['result'],
  parameters: BuiltinSignature['parameters'],
  more: Partial<BuiltinSignature> = {},
): BuiltinSignature {
  return { result, parameters, optional: 0, isTurn: false, hasEffect: true, ...more }
}

const SIGNATURES: Readonly<Record<BuiltinName, BuiltinSignature>> = {
  vm_map_ram: signature('pointer', ['pages', 'unsigned', 'int', 'pgprot'], { optional: 1, isTurn: true }),
  vm_unmap_ram: signature('void', ['pointer', 'unsigned'], { isTurn: true }),
  vm_unmap_aliases: signature('void', [], { isTurn: true }),
  vmap: signature('pointer', ['pages', 'unsigned', 'ulong', 'pgprot'], { isTurn: true }),
  vunmap: signature('void', ['pointer'], { isTurn: true }),
  rand: signature('int', ['int', 'int']),
  rand_seed: signature('void', ['unsigned']),
  ilog2: signature('int', ['integer'], { hasEffect: false }),
  min: signature('common', ['integer', 'integer'], { hasEffect: false }),
  max: signature('common', ['integer', 'integer'], { hasEffect: false }),
  set_cpu: signature('void', ['int']),
  smp_processor_id: signature('int', [], { hasEffect: false }),
  task_order: signature('void', ['int']),
  yield: signature('void', [], { isTurn: true }),
}

/** Calls that are written like functions but take a function or an array. */
export const SPECIAL_CALLS = ['task', 'ARRAY_SIZE'] as const

export function builtinSignature(name: BuiltinName): BuiltinSignature {
  return SIGNATURES[name]
}

export function isBuiltinName(name: string): name is BuiltinName {
  return Object.hasOwn(SIGNATURES, name)
}

export const BUILTIN_NAMES = Object.keys(SIGNATURES) as readonly BuiltinName[]

export interface Constant {
  readonly type: IntegerType
  readonly value: bigint
}

/** The order of turns that task_order takes. */
export const TASK_ORDERS = { ROUND_ROBIN: 0, RANDOM: 1 } as const

/** The integer constants on a machine. Addresses wrap around where the space ends at the top, as in C. */
export function machineConstants(machine: Machine): ReadonlyMap<string, Constant> {
  const { wordBits, nrCpus, vmallocStartPage, vmallocPages, bbmapBits } = machine
  const int = (value: number): Constant => ({ type: 'int', value: BigInt(value) })
  const ulong = (value: bigint): Constant => ({ type: 'ulong', value: BigInt.asUintN(wordBits, value) })
  const pageBytes = BigInt(PAGE_SIZE_BYTES)
  const start = BigInt(vmallocStartPage) * pageBytes
  const total = BigInt(vmallocPages) * pageBytes
  const wordMax = (1n << BigInt(wordBits)) - 1n
  return new Map<string, Constant>([
    ['VMAP_MAX_ALLOC', int(vmapMaxAlloc(wordBits))],
    ['VMAP_BBMAP_BITS', int(bbmapBits)],
    ['VMAP_BLOCK_SIZE', ulong(BigInt(bbmapBits) * pageBytes)],
    ['NR_CPUS', int(nrCpus)],
    ['PAGE_SIZE', ulong(pageBytes)],
    ['PAGE_SHIFT', int(Math.log2(PAGE_SIZE_BYTES))],
    ['BITS_PER_LONG', int(wordBits)],
    ['VMALLOC_START', ulong(start)],
    ['VMALLOC_END', ulong(start + total)],
    ['VMALLOC_TOTAL', ulong(total)],
    ['INT_MAX', int(0x7fff_ffff)],
    ['INT_MIN', int(-0x8000_0000)],
    ['UINT_MAX', { type: 'unsigned', value: 0xffff_ffffn }],
    ['LONG_MAX', { type: 'long', value: wordMax >> 1n }],
    ['LONG_MIN', { type: 'long', value: -(wordMax >> 1n) - 1n }],
    ['ULONG_MAX', ulong(wordMax)],
    ['NUMA_NO_NODE', int(-1)],
    ['VM_MAP', ulong(4n)],
    ['VM_ALLOC', ulong(2n)],
    ['ROUND_ROBIN', int(TASK_ORDERS.ROUND_ROBIN)],
    ['RANDOM', int(TASK_ORDERS.RANDOM)],
  ])
}

/** Names of one value each that only the allocator's calls take. */
export const OPAQUE_CONSTANTS: ReadonlyMap<string, 'pages' | 'pgprot'> = new Map([
  ['pages', 'pages'],
  ['PAGE_KERNEL', 'pgprot'],
])
