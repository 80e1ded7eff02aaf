import type { Variable } from '../ast.ts'
import { childOf, partsOf, type SyntaxNode } from '../syntax/syntax-node.ts'
import type { ScalarType } from '../types.ts'
import type { CheckContext } from './context.ts'
import { lengthOfElements } from './elements.ts'
import { REFUSED_KINDS } from './refusals.ts'
import type { Specifiers } from './type-names.ts'
import { checkConstant } from './values.ts'

/** Elements of one array. */
export const ARRAY_ELEMENTS_MAX = 4_194_304

const PLAIN_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

/** What a declaration says of one name. */
export interface Declared {
  readonly name: string
  /** The name itself, for messages. */
  readonly at: SyntaxNode
  readonly type: Variable['type']
  readonly isConst: boolean
  /** What follows the `=`. */
  readonly value: SyntaxNode | undefined
}

export interface DeclaredFunction {
  readonly name: string
  readonly at: SyntaxNode
  readonly returns: ScalarType | 'void'
  readonly parameters: SyntaxNode
}

interface Unwrapped {
  /** The whole declarator of a parameter without a name. */
  readonly name: SyntaxNode
  readonly stars: number
  /** `[…]` after the name: the size, if it is given. */
  readonly brackets: { readonly size: SyntaxNode | undefined; readonly at: SyntaxNode } | undefined
  readonly parameters: SyntaxNode | undefined
  /** const after the last `*`. */
  readonly isConst: boolean
}

/** A variable, or a parameter (`isParameter`), whose array may have any length, and whose name may be '' for none. */
export function readDeclarator(
  context: CheckContext,
  node: SyntaxNode,
  specifiers: Specifiers,
  isParameter = false,
): Declared | undefined {
  const value = node.kind === 'init_declarator' ? childOf(node, 'value') : undefined
  const inner = node.kind === 'init_declarator' ? childOf(node, 'declarator') : node
  const unwrapped = inner && unwrap(context, inner)
  if (unwrapped === undefined) return undefined
  const { name, brackets } = unwrapped
  const text = isParameter && name.kind !== 'identifier' ? '' : plainName(context, name)
  if (text === undefined) return undefined
  if (unwrapped.parameters !== undefined) {
    return context.refuse(node, `${text} is a function; functions are declared above all others.`)
  }
  const type = variableType(context, specifiers, unwrapped, isParameter)
  if (type === undefined) return undefined
  const isConst = unwrapped.stars === 0 ? specifiers.isConst : unwrapped.isConst
  const base = { name: text, at: name, value }
  if (brackets === undefined || type === 'pages') return { ...base, type, isConst }
  const length = arrayLength(context, text, brackets, value, isParameter)
  return length && { ...base, type: { element: type, length: length.value }, isConst: specifiers.isConst }
}

/** The name in a declarator, however it is wrapped. */
export function nameIn(node: SyntaxNode): SyntaxNode | undefined {
  const inner = childOf(node, 'declarator')
  if (inner !== undefined) return nameIn(inner)
  return node.kind.endsWith('identifier')
    ? node
    : partsOf(node)
        .map(nameIn)
        .find((found) => found !== undefined)
}

export function isFunctionDeclarator(node: SyntaxNode): boolean {
  const inner = node.kind === 'pointer_declarator' ? childOf(node, 'declarator') : node
  return inner?.kind === 'function_declarator'
}

/** The declarator of a definition or a prototype. */
export function readFunctionDeclarator(
  context: CheckContext,
  node: SyntaxNode,
  { base }: Specifiers,
): DeclaredFunction | undefined {
  const unwrapped = unwrap(context, node)
  if (unwrapped?.parameters === undefined) return undefined
  const { name, stars, parameters } = unwrapped
  const text = plainName(context, name)
  if (text === undefined) return undefined
  if (base === 'void' && stars < 2)
    return { name: text, at: name, returns: stars === 1 ? 'pointer' : 'void', parameters }
  if (base !== 'void' && base !== 'page' && stars === 0) return { name: text, at: name, returns: base, parameters }
  return context.refuse(
    name,
    `${text} gives a type that is not in the lab’s C; accepted are integers, void * and void.`,
  )
}

function plainName(context: CheckContext, node: SyntaxNode): string | undefined {
  const text = context.textOf(node)
  if (PLAIN_NAME.test(text)) return text
  return context.refuse(node, `${text} is no name here; names are made of letters, digits and _.`)
}

/** Takes `*`, `[]` and `()` off a name, from the outside in. */
function unwrap(context: CheckContext, outer: SyntaxNode): Unwrapped | undefined {
  let node = outer
  let stars = 0
  let brackets: Unwrapped['brackets']
  let parameters: SyntaxNode | undefined
  let isConst = false
  for (;;) {
    const kind = node.kind.replace('abstract_', '')
    if (kind === 'identifier' || kind === 'parameter_declaration')
      return { name: node, stars, brackets, parameters, isConst }
    if (kind === 'pointer_declarator') {
      if (brackets !== undefined || parameters !== undefined) {
        return context.refuse(outer, 'Pointers to arrays and functions are not in the lab’s C.')
      }
      stars += 1
      isConst = node.children.some((child) => context.textOf(child) === 'const')
    } else if (kind === 'array_declarator') {
      if (brackets !== undefined) return context.refuse(outer, 'Arrays have one dimension in the lab’s C.')
      brackets = { size: childOf(node, 'size'), at: node }
    } else if (kind === 'function_declarator') {
      parameters = childOf(node, 'parameters')
      const extra = partsOf(node).find(({ field }) => field === undefined)
      if (extra !== undefined) return context.refuse(extra, `${context.textOf(extra)} cannot stand here.`)
    } else {
      const reason = 'A name in parentheses, as for pointers to functions, is not in the lab’s C.'
      return context.refuse(node, REFUSED_KINDS[node.kind] ?? reason)
    }
    const next = childOf(node, 'declarator')
    if (next === undefined) return { name: outer, stars, brackets, parameters, isConst }
    node = next
  }
}

function variableType(
  context: CheckContext,
  { base }: Specifiers,
  { stars, brackets, name }: Unwrapped,
  isParameter: boolean,
): ScalarType | 'pages' | undefined {
  const text = context.textOf(name)
  if (base === 'page') {
    const isPages = isParameter && stars + (brackets === undefined ? 0 : 1) === 2
    if (isPages) return 'pages'
    return context.refuse(name, `${text}: structs are not in the lab’s C; the pages to map are always called pages.`)
  }
  if (stars > 1 || (stars === 1 && base !== 'void')) {
    const instead = isParameter
      ? `an array is passed as ${base === 'void' ? 'void *' : 'int '}${text}[]`
      : 'use an array'
    const what = stars > 1 ? 'Pointers to pointers are' : 'Of all pointers, only void * is'
    return context.refuse(name, `${what} ${stars > 1 ? 'not ' : ''}in the lab’s C; ${instead}.`)
  }
  if (base !== 'void') return base
  if (stars === 1) return 'pointer'
  return context.refuse(name, `${text} is a variable and cannot be void.`)
}

function arrayLength(
  context: CheckContext,
  name: string,
  { size, at }: NonNullable<Unwrapped['brackets']>,
  value: SyntaxNode | undefined,
  isParameter: boolean,
): { readonly value: number | undefined } | undefined {
  if (isParameter) return { value: undefined }
  if (size === undefined) {
    if (value?.kind === 'initializer_list') {
      const length = lengthOfElements(context, name, value)
      return length === undefined ? undefined : { value: length }
    }
    return context.refuse(at, `${name}[] needs its number of elements, or values in braces.`)
  }
  const length = checkConstant(context, size, `The length of ${name}`)
  if (length === undefined) return undefined
  if (length >= 1n && length <= BigInt(ARRAY_ELEMENTS_MAX)) return { value: Number(length) }
  return context.refuse(size, `${name} has ${length} elements; accepted are 1 to ${ARRAY_ELEMENTS_MAX}.`)
}
