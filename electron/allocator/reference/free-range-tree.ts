/** A free range in bytes, `start` belonging to it and `end` not, as a node of the tree. */
export class FreeRange {
  start: bigint
  end: bigint
  /** Bytes of the largest range in the subtree (`subtree_max_size`). */
  largest: bigint
  isRed = false
  parent: FreeRange
  left: FreeRange
  right: FreeRange

  /** Without `nil` it is the sentinel itself: black, empty, its own family. */
  constructor(start: bigint, end: bigint, nil?: FreeRange) {
    this.start = start
    this.end = end
    this.largest = end - start
    this.parent = nil ?? this
    this.left = nil ?? this
    this.right = nil ?? this
  }
}

type Side = 'left' | 'right'
const opposite = (side: Side): Side => (side === 'left' ? 'right' : 'left')

/**
 * The red-black tree of free ranges, ordered by start (`free_vmap_area_root`, 68ad4a330433): insertion and deletion of
 * Cormen, Leiserson, Rivest and Stein, Introduction to Algorithms, 3rd edition, chapter 13, with the largest range of
 * each subtree kept up to date (chapter 14). Its shape decides which range a search finds, so no other balance will do.
 * The sentinel `nil` stands for every missing node.
 */
export class FreeRangeTree {
  readonly nil = new FreeRange(0n, 0n)
  root = this.nil

  /** The ranges next to an address that no range holds: the last below it and the first above it, `nil` for none. */
  neighbours(address: bigint): { below: FreeRange; above: FreeRange } {
    let below = this.nil
    let above = this.nil
    let node = this.root
    while (node !== this.nil) {
      if (node.start <= address) {
        below = node
        node = node.right
      } else {
        above = node
        node = node.left
      }
    }
    return { below, above }
  }

  /** Ranges, colours and children of a subtree, as text. */
  shape(node = this.root): string {
    if (node === this.nil) return ''
    return `(${this.shape(node.left)}${node.start}-${node.end}${node.isRed ? 'r' : 'b'}${this.shape(node.right)})`
  }

  /** Changes the bounds of a range; its place among the others must stay the same. */
  resize(range: FreeRange, start: bigint, end: bigint): void {
    range.start = start
    range.end = end
    this.#updateUpwards(range)
  }

  /** RB-INSERT */
  insert(start: bigint, end: bigint): void {
    const added = new FreeRange(start, end, this.nil)
    let parent = this.nil
    let node = this.root
    while (node !== this.nil) {
      parent = node
      node = start < node.start ? node.left : node.right
    }
    added.parent = parent
    if (parent === this.nil) this.root = added
    else if (start < parent.start) parent.left = added
    else parent.right = added
    added.isRed = true
    this.#updateUpwards(added)
    this.#repairInsertion(added)
  }

  /** RB-INSERT-FIXUP: moves two reds in a row upwards until a rotation parts them. */
  #repairInsertion(added: FreeRange): void {
    let node = added
    while (node.parent.isRed) {
      const grandparent = node.parent.parent
      const side: Side = node.parent === grandparent.left ? 'left' : 'right'
      const uncle = grandparent[opposite(side)]
      if (uncle.isRed) {
        node.parent.isRed = false
        uncle.isRed = false
        grandparent.isRed = true
        node = grandparent
        continue
      }
      if (node === node.parent[opposite(side)]) {
        node = node.parent
        this.#rotate(node, side)
      }
      node.parent.isRed = false
      grandparent.isRed = true
      this.#rotate(grandparent, opposite(side))
    }
    this.root.isRed = false
  }

  /** RB-DELETE: a node with two children gives its place and colour to its successor, the object itself. */
  delete(range: FreeRange): void {
    let lostRed = range.isRed
    let moved: FreeRange
    if (range.left === this.nil) {
      moved = range.right
      this.#transplant(range, moved)
    } else if (range.right === this.nil) {
      moved = range.left
      this.#transplant(range, moved)
    } else {
      const successor = this.#lowest(range.right)
      lostRed = successor.isRed
      moved = successor.right
      if (successor.parent === range) {
        moved.parent = successor
      } else {
        this.#transplant(successor, moved)
        successor.right = range.right
        successor.right.parent = successor
      }
      this.#transplant(range, successor)
      successor.left = range.left
      successor.left.parent = successor
      successor.isRed = range.isRed
    }
    this.#updateUpwards(moved.parent)
    if (!lostRed) this.#repairDeletion(moved)
    this.nil.parent = this.nil
  }

  /** RB-DELETE-FIXUP: one black is missing on the way to `moved`; passes the lack upwards or makes it good. */
  #repairDeletion(moved: FreeRange): void {
    let node = moved
    while (node !== this.root && !node.isRed) {
      const side: Side = node === node.parent.left ? 'left' : 'right'
      let sibling = node.parent[opposite(side)]
      if (sibling.isRed) {
        sibling.isRed = false
        node.parent.isRed = true
        this.#rotate(node.parent, side)
        sibling = node.parent[opposite(side)]
      }
      if (!sibling.left.isRed && !sibling.right.isRed) {
        sibling.isRed = true
        node = node.parent
        continue
      }
      if (!sibling[opposite(side)].isRed) {
        sibling[side].isRed = false
        sibling.isRed = true
        this.#rotate(sibling, opposite(side))
        sibling = node.parent[opposite(side)]
      }
      sibling.isRed = node.parent.isRed
      node.parent.isRed = false
      sibling[opposite(side)].isRed = false
      this.#rotate(node.parent, side)
      node = this.root
    }
    node.isRed = false
  }

  /** LEFT-ROTATE and RIGHT-ROTATE: `top` goes down to this side, its other child takes its place. */
  #rotate(top: FreeRange, side: Side): void {
    const rising = top[opposite(side)]
    top[opposite(side)] = rising[side]
    if (rising[side] !== this.nil) rising[side].parent = top
    this.#transplant(top, rising)
    rising[side] = top
    top.parent = rising
    this.#update(top)
    this.#update(rising)
  }

  /** RB-TRANSPLANT: `heir`, which may be `nil`, becomes the child of the parent of `range`. */
  #transplant(range: FreeRange, heir: FreeRange): void {
    if (range.parent === this.nil) this.root = heir
    else if (range === range.parent.left) range.parent.left = heir
    else range.parent.right = heir
    heir.parent = range.parent
  }

  #lowest(subtree: FreeRange): FreeRange {
    let node = subtree
    while (node.left !== this.nil) node = node.left
    return node
  }

  #update(node: FreeRange): void {
    const { start, end, left, right } = node
    node.largest = largestOf(end - start, largestOf(left.largest, right.largest))
  }

  #updateUpwards(lowest: FreeRange): void {
    for (let node = lowest; node !== this.nil; node = node.parent) this.#update(node)
  }
}

function largestOf(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}
