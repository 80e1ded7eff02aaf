import { replacement } from '../diagnostics.ts'
import { similarName } from '../../../../shared/similar-name.ts'
import { childOf, childrenOf, partsOf, walk, type SyntaxNode } from '../syntax/syntax-node.ts'
import { TYPE_WORDS } from '../syntax/unreadable-words.ts'
import type { IntegerType, ScalarType } from '../types.ts'
import type { CheckContext } from './context.ts'
import { REFUSED_KINDS, REFUSED_TYPES } from './refusals.ts'

/** A type before the declarator's `*` and `[]`. `page` is `struct page`, of which only pointers to pointers can be named. */
export type BaseType = IntegerType | 'void' | 'page'

export interface Specifiers {
  readonly base: BaseType
  readonly isStatic: boolean
  readonly isConst: boolean
}

const STORAGE_ACCEPTED = new Set(['static', 'inline'])

/** The words before the names of a declaration: `static const unsigned long`. */
export function readSpecifiers(context: CheckContext, node: SyntaxNode): Specifiers | undefined {
  const typeNode = childOf(node, 'type')
  const modifiers = partsOf(node).filter((part) => part.field === undefined)
  let accepted = true
  for (const modifier of modifiers) accepted = checkModifier(context, modifier) && accepted
  if (typeNode === undefined || !accepted) return undefined
  const base = readBaseType(context, typeNode)
  if (base === undefined) return undefined
  const has = (word: string): boolean => modifiers.some((modifier) => context.textOf(modifier) === word)
  return { base, isStatic: has('static'), isConst: has('const') }
}

function checkModifier(context: CheckContext, node: SyntaxNode): boolean {
  const word = context.textOf(node)
  const known =
    (node.kind === 'storage_class_specifier' && STORAGE_ACCEPTED.has(word)) ||
    (node.kind === 'type_qualifier' && word === 'const')
  if (known) return true
  const isWord = node.kind === 'storage_class_specifier' || node.kind === 'type_qualifier'
  const reason = isWord ? `${word} is not in the lab’s C.` : (REFUSED_KINDS[node.kind] ?? `${word} cannot stand here.`)
  context.diagnostics.error(node, reason, isWord ? replacement(`Delete ${word}`, node, '') : undefined)
  return false
}

/** A type without `*`. */
function readBaseType(context: CheckContext, node: SyntaxNode): BaseType | undefined {
  const text = context.textOf(node)
  if (node.kind === 'struct_specifier' && /^struct\s+page$/.test(text)) return 'page'
  if (node.kind === 'sized_type_specifier') return readSizedType(context, node)
  if (node.kind !== 'primitive_type' && node.kind !== 'type_identifier') {
    return context.refuse(node, REFUSED_KINDS[node.kind] ?? `${text} is not a type of the lab’s C.`)
  }
  if (text === 'int' || text === 'void' || text === 'bool') return text
  if (text === '_Bool') return 'bool'
  return refuseType(context, node, text)
}

function refuseType(context: CheckContext, node: SyntaxNode, name: string): BaseType | undefined {
  if (context.isRefused(node)) return undefined
  const accepted = 'accepted are int, unsigned int, long, unsigned long, bool and void *'
  const known = Object.hasOwn(REFUSED_TYPES, name)
  const meant = known ? REFUSED_TYPES[name] : undefined
  if (meant !== undefined) {
    return context.refuse(
      node,
      `The type ${name} is not in the lab’s C; ${meant} is.`,
      replacement(`Change to ${meant}`, node, meant),
    )
  }
  const slip = known ? undefined : similarName(name, TYPE_WORDS)
  if (slip !== undefined) {
    const fix = replacement(`Change to ${slip}`, node, slip)
    return context.refuse(node, `${name} is no type; ${slip} has a similar name.`, fix)
  }
  return context.refuse(
    node,
    `${known ? `The type ${name} is not in the lab’s C` : `${name} is no type`}; ${accepted}.`,
  )
}

/** Words in any order, as C allows: `long unsigned int`. */
function readSizedType(context: CheckContext, node: SyntaxNode): IntegerType | undefined {
  const words: SyntaxNode[] = []
  walk(node, (inner) => {
    if (inner.children.length === 0 && inner.kind !== 'comment') words.push(inner)
  })
  const count = (word: string): number => words.filter((token) => context.textOf(token) === word).length
  const text = context.textOf(node).replace(/\s+/g, ' ')
  const isUnsigned = count('unsigned') > 0
  const known = ['unsigned', 'signed', 'long', 'int'].reduce((sum, word) => sum + count(word), 0)
  if (count('long') > 1) {
    return context.refuse(node, 'long long is not in the lab’s C; long has the bits of the machine’s word.')
  }
  if (known !== words.length)
    return context.refuse(
      node,
      `The type ${text} is not in the lab’s C; its integers are int and long, signed and unsigned, and bool.`,
    )
  if ((isUnsigned && count('signed') > 0) || count('int') > 1 || count('unsigned') > 1 || count('signed') > 1) {
    return context.refuse(node, `${text} is no type.`)
  }
  if (count('long') === 1) return isUnsigned ? 'ulong' : 'long'
  return isUnsigned ? 'unsigned' : 'int'
}

/** The type in parentheses of a cast or of sizeof. */
export function readCastType(context: CheckContext, node: SyntaxNode): ScalarType | 'void' | undefined {
  const typeNode = childOf(node, 'type')
  if (typeNode === undefined) return undefined
  const named = typeNode.kind === 'type_identifier' ? context.names.find(context.textOf(typeNode)) : undefined
  if (named !== undefined && node.children.length === 1) return refuseNameInParentheses(context, node)
  const specifiers = readSpecifiers(context, node)
  if (specifiers === undefined) return undefined
  const { base } = specifiers
  const [declarator] = childrenOf(node, 'declarator')
  if (declarator === undefined) {
    if (base !== 'page') return base
    return context.refuse(node, 'Structs are not in the lab’s C; use variables or arrays.')
  }
  const isPointer = declarator.kind === 'abstract_pointer_declarator' && childOf(declarator, 'declarator') === undefined
  if (isPointer && base === 'void') return 'pointer'
  return context.refuse(node, 'The only pointer of the lab’s C is void *.')
}

/** The grammar reads `(n) -1` and `(n)(1)` as casts to a type n, and C only when n is a type. */
function refuseNameInParentheses(context: CheckContext, node: SyntaxNode): ScalarType | undefined {
  const name = context.textOf(node)
  const fix = replacement('Delete the parentheses', { from: node.from - 1, to: node.to + 1 }, `${name} `)
  return context.refuse(node, `(${name}) could be a type here; write ${name} without parentheses.`, fix)
}
