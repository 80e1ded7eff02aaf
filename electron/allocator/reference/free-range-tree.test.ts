import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FreeRangeTree } from './free-range-tree.ts'
import type { FreeRange } from './free-range-tree.ts'

/** The tree as text: colour, start, children. */
function shape(tree: FreeRangeTree, node: FreeRange = tree.root): string {
  if (node === tree.nil) return '-'
  const colour = node.isRed ? 'r' : 'b'
  if (node.left === tree.nil && node.right === tree.nil) return `${node.start}${colour}`
  return `${node.start}${colour}(${shape(tree, node.left)} ${shape(tree, node.right)})`
}

function ranges(tree: FreeRangeTree, node: FreeRange = tree.root): FreeRange[] {
  return node === tree.nil ? [] : [...ranges(tree, node.left), node, ...ranges(tree, node.right)]
}

/** Checks colours, parents and largest ranges; returns the number of black nodes on each way down. */
function blackHeight(tree: FreeRangeTree, node: FreeRange = tree.root): number {
  if (node === tree.nil) return 0
  const { left, right } = node
  for (const child of [left, right]) {
    if (child === tree.nil) continue
    expect(child.parent).toBe(node)
    expect(node.isRed && child.isRed).toBe(false)
  }
  const lengths = ranges(tree, node).map((range) => range.end - range.start)
  expect(node.largest).toBe(lengths.reduce((a, b) => (a > b ? a : b)))
  const height = blackHeight(tree, left)
  expect(blackHeight(tree, right)).toBe(height)
  return height + (node.isRed ? 0 : 1)
}

function treeOf(starts: readonly bigint[]): FreeRangeTree {
  const tree = new FreeRangeTree()
  for (const start of starts) tree.insert(start, start + 1n)
  return tree
}

describe('the tree of free ranges', () => {
  it('has the shapes that exercises 13.3-2 and 13.4-3 of the textbook lead to', () => {
    const tree = treeOf([41n, 38n, 31n, 12n, 19n, 8n])
    expect(shape(tree)).toBe('38b(19r(12b(8r -) 31b) 41b)')
    const shapes = [8n, 12n, 19n, 31n, 38n, 41n].map((start) => {
      tree.delete(tree.neighbours(start).below)
      return shape(tree)
    })
    expect(shapes).toEqual(['38b(19r(12b 31b) 41b)', '38b(19b(- 31r) 41b)', '38b(31b 41b)', '38b(- 41r)', '41b', '-'])
  })

  it('gives the place and colour of a node with two children to its successor itself', () => {
    const tree = treeOf([50n, 20n, 80n, 10n, 30n, 70n, 90n, 60n])
    const root = tree.root
    const successor = tree.neighbours(60n).below
    expect(shape(tree)).toBe('50b(20b(10r 30r) 80r(70b(60r -) 90b))')
    tree.delete(root)
    expect(tree.root).toBe(successor)
    expect(shape(tree)).toBe('60b(20b(10r 30r) 80r(70b 90b))')
  })

  it('stays ordered, balanced and aware of its largest ranges under any insertions and deletions', () => {
    const steps = fc.array(fc.record({ at: fc.integer({ min: 1, max: 60 }), length: fc.integer({ min: 1, max: 9 }) }), {
      maxLength: 200,
      size: 'max',
    })
    fc.assert(
      fc.property(steps, (stream) => {
        const tree = new FreeRangeTree()
        const expected = new Map<bigint, bigint>()
        for (const { at, length } of stream) {
          const start = BigInt(at * 10)
          const end = start + BigInt(length)
          if (expected.delete(start)) tree.delete(tree.neighbours(start).below)
          else {
            tree.insert(start, end)
            expected.set(start, end)
          }
          expect(tree.root.isRed).toBe(false)
          blackHeight(tree)
        }
        const sorted = [...expected].sort(([a], [b]) => Number(a - b))
        expect(ranges(tree).map((range) => [range.start, range.end])).toEqual(sorted)
      }),
      { numRuns: 60 },
    )
  })
})
