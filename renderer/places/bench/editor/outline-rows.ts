import type { OutlineNode } from '../../../../shared/scenario-check.ts'

/** A part of the outline as one row of its tree. */
export interface OutlineRow {
  /** Its way from the top: `0.2.1`. The same while the scenario keeps its shape. */
  readonly id: string
  readonly node: OutlineNode
  /** From 1. */
  readonly level: number
  /** Among its siblings, from 1. */
  readonly position: number
  readonly siblings: number
  readonly parentId: string | undefined
}

/** All rows in the order of the tree; what is inside `collapsed` ones is left out. */
export function outlineRows(
  nodes: readonly OutlineNode[],
  collapsed: ReadonlySet<string>,
  parent?: OutlineRow,
): readonly OutlineRow[] {
  return nodes.flatMap((node, index): readonly OutlineRow[] => {
    const row: OutlineRow = {
      id: parent === undefined ? `${index}` : `${parent.id}.${index}`,
      node,
      level: (parent?.level ?? 0) + 1,
      position: index + 1,
      siblings: nodes.length,
      parentId: parent?.id,
    }
    return collapsed.has(row.id) ? [row] : [row, ...outlineRows(node.children, collapsed, row)]
  })
}

/** The innermost row whose part of the text an offset is in. */
export function rowAt(rows: readonly OutlineRow[], offset: number): OutlineRow | undefined {
  return rows
    .filter(({ node: { at } }) => at.from <= offset && offset <= at.to)
    .toSorted((left, right) => right.level - left.level || right.node.at.from - left.node.at.from)
    .at(0)
}
