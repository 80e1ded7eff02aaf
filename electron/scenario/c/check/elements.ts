import type { Expression, Variable } from '../ast.ts'
import { childOf, childrenOf, partsOf, type SyntaxNode } from '../syntax/syntax-node.ts'
import type { ArrayType } from '../types.ts'
import type { CheckContext } from './context.ts'
import { REFUSED_KINDS } from './refusals.ts'
import { checkConstant } from './values.ts'

/** Highest index that can be named in braces: all elements up to it are written out. */
const NAMED_INDEX_MAX = 65_535

interface Element {
  readonly index: number
  readonly value: SyntaxNode
}

/** The values in braces with the elements they are for: `{ 1, [4] = 5, 6 }`, C11 6.7.9. */
function readElements(context: CheckContext, name: string, list: SyntaxNode): readonly Element[] | undefined {
  const parts = partsOf(list)
  if (parts.length === 0) return context.refuse(list, 'C needs at least one value in the braces: { 0 }.')
  let next = 0
  const elements = parts.map((part): Element | undefined => {
    if (part.kind === 'initializer_list')
      return context.refuse(part, 'Arrays have one dimension here, so braces do not nest.')
    const isNamed = part.kind === 'initializer_pair'
    const index = isNamed ? namedIndex(context, name, part) : next
    const value = isNamed ? childOf(part, 'value') : part
    next = (index ?? next) + 1
    return index === undefined || value === undefined ? undefined : { index, value }
  })
  return elements.every((element) => element !== undefined) ? elements : undefined
}

function namedIndex(context: CheckContext, name: string, pair: SyntaxNode): number | undefined {
  const [designator, ...more] = childrenOf(pair, 'designator')
  if (designator === undefined) return undefined
  if (more.length > 0) return context.refuse(pair, 'Arrays have one dimension here, so one [index] names an element.')
  const inner = designator.kind === 'subscript_designator' ? partsOf(designator)[0] : undefined
  if (inner === undefined) return context.refuse(designator, REFUSED_KINDS[designator.kind] ?? 'This names no element.')
  const index = checkConstant(context, inner, `An index of ${name}`)
  if (index === undefined) return undefined
  if (index >= 0n && index <= BigInt(NAMED_INDEX_MAX)) return Number(index)
  return context.refuse(inner, `In braces ${name}[${index}] cannot be named; accepted are 0 to ${NAMED_INDEX_MAX}.`)
}

/** The length of an array that is declared without one. */
export function lengthOfElements(context: CheckContext, name: string, list: SyntaxNode): number | undefined {
  const elements = readElements(context, name, list)
  return elements && Math.max(...elements.map(({ index }) => index)) + 1
}

/** The first elements of an array, as far as the braces say; C sets those between and behind to 0. */
export function checkElements(
  context: CheckContext,
  list: SyntaxNode,
  { name }: Variable,
  { element: type, length = Infinity }: ArrayType,
  checkValue: (node: SyntaxNode) => Expression | undefined,
): readonly Expression[] | undefined {
  const elements = readElements(context, name, list)
  if (elements === undefined) return undefined
  const values: (Expression | undefined)[] = []
  for (const { index, value } of elements) {
    const place = `${name}[${index}]`
    if (index >= length)
      return context.refuse(value, `${name} has ${length} elements, and a value is given for ${place}.`)
    if (values[index] !== undefined) return context.refuse(value, `${place} is given two values.`)
    const checked = checkValue(value)
    if (checked === undefined) return undefined
    values[index] = checked
  }
  return Array.from(values, (value) => value ?? { kind: 'literal', type, value: 0n, at: list })
}
