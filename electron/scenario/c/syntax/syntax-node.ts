/** A node of the syntax tree as plain data, comments included. */
export interface SyntaxNode {
  /** The grammar's name of the node; a token is its own name. `ERROR` is a stretch that could not be read. */
  readonly kind: string
  /** The role in the parent, as `condition` or `body`. */
  readonly field: string | undefined
  /** False for punctuation and keywords. */
  readonly named: boolean
  /** The grammar needs this node and the text does not have it. */
  readonly missing: boolean
  readonly from: number
  readonly to: number
  readonly children: readonly SyntaxNode[]
}

/** The child with a role; comments never have one. */
export function childOf(node: SyntaxNode, field: string): SyntaxNode | undefined {
  return node.children.find((child) => child.field === field)
}

export function childrenOf(node: SyntaxNode, field: string): readonly SyntaxNode[] {
  return node.children.filter((child) => child.field === field)
}

/** Named children without comments. */
export function partsOf(node: SyntaxNode): readonly SyntaxNode[] {
  return node.children.filter((child) => child.named && child.kind !== 'comment')
}

/** All nodes of a tree, parents first. */
export function walk(node: SyntaxNode, visit: (node: SyntaxNode) => void): void {
  visit(node)
  for (const child of node.children) walk(child, visit)
}
