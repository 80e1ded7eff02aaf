import type { BuiltinCall, Expression } from '../ast.ts'
import { builtinSignature, type BuiltinName } from '../builtins.ts'
import { isBig, representationOf } from './representation.ts'
import type { FunctionWriter } from './function-writer.ts'
import type { ScalarType } from '../types.ts'

/** Arguments that reach the allocator; the others are evaluated for their effects alone. */
const PASSED: Readonly<Record<BuiltinName, readonly number[]>> = {
  vm_map_ram: [1],
  vm_unmap_ram: [0, 1],
  vm_unmap_aliases: [],
  vmap: [1],
  vunmap: [0],
  rand: [0, 1],
  rand_seed: [0],
  ilog2: [0],
  min: [0, 1],
  max: [0, 1],
  set_cpu: [0],
  smp_processor_id: [],
  task_order: [0],
  yield: [],
}

const METHODS: Readonly<Record<Exclude<BuiltinName, 'yield'>, string>> = {
  vm_map_ram: 'mapRam',
  vm_unmap_ram: 'unmapRam',
  vm_unmap_aliases: 'unmapAliases',
  vmap: 'vmap',
  vunmap: 'vunmap',
  rand: 'rand',
  rand_seed: 'randSeed',
  ilog2: 'ilog2',
  min: 'min',
  max: 'max',
  set_cpu: 'setCpu',
  smp_processor_id: 'cpu',
  task_order: 'taskOrder',
}

/** The text of a call of the lab. Where tasks take turns, a turn ends before the call and its arguments. */
export function builtinText(
  { name, args, at }: BuiltinCall,
  writer: FunctionWriter,
  valueOf: (expression: Expression) => string,
): string {
  const { isTurn } = builtinSignature(name)
  const turn = isTurn && writer.facts.hasTasks ? ['yield'] : []
  if (name === 'yield') return turn.length === 0 ? '0' : '(yield true)'
  const effects = args.filter(
    (argument, index) => !PASSED[name].includes(index) && argument.kind !== 'literal' && argument.kind !== 'opaque',
  )
  const passed = PASSED[name].map((index) => args[index]).filter((argument) => argument !== undefined)
  const site = isTurn ? writer.callSite(at) : `${writer.site(at)}`
  const call = `m.${methodOf(name, passed, writer)}(${[...passed.map(valueOf), site].join(', ')})`
  const parts = [...turn, ...effects.map(valueOf), call]
  return parts.length === 1 ? call : `(${parts.join(', ')})`
}

/** BigInts have methods of their own where a number has them too. */
const WIDE_METHODS: Readonly<Partial<Record<BuiltinName, string>>> = {
  ilog2: 'wideIlog2',
  min: 'wideMin',
  max: 'wideMax',
}

function methodOf(name: Exclude<BuiltinName, 'yield'>, passed: readonly Expression[], writer: FunctionWriter): string {
  const isWide = passed.some(({ type }) => isBig(representationOf(type as ScalarType, writer.wordBits)))
  return (isWide ? WIDE_METHODS[name] : undefined) ?? METHODS[name]
}
