import type { SourceText } from '../syntax/source-text.ts'
import { childOf, partsOf, walk, type SyntaxNode } from '../syntax/syntax-node.ts'

const GIVES_POINTER = new Set(['vm_map_ram', 'vmap'])
const TAKES_POINTER = new Set(['vm_unmap_ram', 'vunmap'])

/** How names are used anywhere in a text: enough to guess what an undeclared one was meant to be. */
export interface NameUses {
  /** Given a value by a plain `=`, so they need none from outside. */
  readonly assigned: ReadonlySet<string>
  /** Hold what a map answered, or are unmapped. */
  readonly pointers: ReadonlySet<string>
}

export function findNameUses(root: SyntaxNode, source: SourceText): NameUses {
  const assigned = new Set<string>()
  const pointers = new Set<string>()
  const textOf = (node: SyntaxNode): string => source.slice(node.from, node.to)
  const calledName = (node: SyntaxNode): string | undefined => {
    const callee = node.kind === 'call_expression' ? childOf(node, 'function') : undefined
    return callee && textOf(callee)
  }
  walk(root, (node) => {
    const left = node.kind === 'assignment_expression' ? childOf(node, 'left') : undefined
    const right = childOf(node, 'right')
    if (left?.kind === 'identifier' && right && node.children.some(({ kind }) => kind === '=')) {
      assigned.add(textOf(left))
      if (GIVES_POINTER.has(calledName(right) ?? '')) pointers.add(textOf(left))
    }
    const name = calledName(node)
    const list = name !== undefined && TAKES_POINTER.has(name) ? childOf(node, 'arguments') : undefined
    const first = list && partsOf(list)[0]
    if (first?.kind === 'identifier') pointers.add(textOf(first))
  })
  return { assigned, pointers }
}
