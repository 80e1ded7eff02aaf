import { grown } from '../../shared/typed-arrays.ts'

/** The absent node. It is black, has no pages, and may be given a parent while a node is taken out. */
export const NIL = 0

const INITIAL_NODES = 1024

/**
 * Maximal free ranges in a red-black tree keyed by their first page; each node also knows the longest range beneath it
 * (`subtree_max_size` of the kernel). Insertion and deletion are the textbook's (Cormen, Leiserson, Rivest, Stein,
 * "Introduction to Algorithms", 3rd ed., chapter 13), because searches follow the tree's shape. A struct of arrays.
 */
export class FreeTree {
  root = NIL
  start = new Float64Array(INITIAL_NODES)
  end = new Float64Array(INITIAL_NODES)
  /** Pages of the longest range in the subtree. */
  longest = new Float64Array(INITIAL_NODES)
  left = new Int32Array(INITIAL_NODES)
  right = new Int32Array(INITIAL_NODES)
  parent = new Int32Array(INITIAL_NODES)
  #red = new Uint8Array(INITIAL_NODES)
  #unused = NIL
  #nodesUsed = 1

  insert(start: number, end: number): void {
    const node = this.#newNode(start, end)
    let parent = NIL
    let place = this.root
    while (place !== NIL) {
      parent = place
      place = this.#child(place, start < (this.start[place] as number))
    }
    this.parent[node] = parent
    if (parent === NIL) this.root = node
    else if (start < (this.start[parent] as number)) this.left[parent] = node
    else this.right[parent] = node
    this.#updateUpward(node)
    this.#balanceInserted(node)
  }

  remove(node: number): void {
    let removedRed = this.#red[node] as number
    let moved: number
    if (this.left[node] === NIL) {
      moved = this.right[node] as number
      this.#replace(node, moved)
    } else if (this.right[node] === NIL) {
      moved = this.left[node] as number
      this.#replace(node, moved)
    } else {
      const successor = this.#leftmost(this.right[node] as number)
      removedRed = this.#red[successor] as number
      moved = this.right[successor] as number
      if (this.parent[successor] === node) {
        this.parent[moved] = successor
      } else {
        this.#replace(successor, moved)
        this.right[successor] = this.right[node] as number
        this.parent[this.right[successor]] = successor
      }
      this.#replace(node, successor)
      this.left[successor] = this.left[node] as number
      this.parent[this.left[successor]] = successor
      this.#red[successor] = this.#red[node] as number
    }
    this.#updateUpward(this.parent[moved] as number)
    if (removedRed === 0) this.#balanceRemoved(moved)
    this.right[node] = this.#unused
    this.#unused = node
  }

  /** Changes a range in place; it must keep its position among the others. */
  resize(node: number, start: number, end: number): void {
    this.start[node] = start
    this.end[node] = end
    this.#updateUpward(node)
  }

  /** The range with the largest start below `page`, or `NIL`. */
  before(page: number): number {
    let found = NIL
    for (let node = this.root; node !== NIL;) {
      const below = (this.start[node] as number) < page
      if (below) found = node
      node = this.#child(node, !below)
    }
    return found
  }

  /** The range with the smallest start at or above `page`, or `NIL`. */
  atOrAfter(page: number): number {
    let found = NIL
    for (let node = this.root; node !== NIL;) {
      const below = (this.start[node] as number) < page
      if (!below) found = node
      node = this.#child(node, !below)
    }
    return found
  }

  get state() {
    const { root, start, end, longest, left, right, parent } = this
    return {
      root,
      start,
      end,
      longest,
      left,
      right,
      parent,
      red: this.#red,
      unused: this.#unused,
      used: this.#nodesUsed,
    }
  }

  set state({ root, start, end, longest, left, right, parent, red, unused, used }) {
    Object.assign(this, { root, start, end, longest, left, right, parent })
    this.#red = red
    this.#unused = unused
    this.#nodesUsed = used
  }

  #child(node: number, toLeft: boolean): number {
    return (toLeft ? this.left[node] : this.right[node]) as number
  }

  #leftmost(node: number): number {
    let place = node
    while (this.left[place] !== NIL) place = this.left[place] as number
    return place
  }

  #update(node: number): void {
    const pages = (this.end[node] as number) - (this.start[node] as number)
    const below = Math.max(
      this.longest[this.left[node] as number] as number,
      this.longest[this.right[node] as number] as number,
    )
    this.longest[node] = Math.max(pages, below)
  }

  #updateUpward(from: number): void {
    for (let node = from; node !== NIL; node = this.parent[node] as number) this.#update(node)
  }

  /** Puts the subtree `other` where the subtree `node` hangs. */
  #replace(node: number, other: number): void {
    const parent = this.parent[node] as number
    if (parent === NIL) this.root = other
    else if (this.left[parent] === node) this.left[parent] = other
    else this.right[parent] = other
    this.parent[other] = parent
  }

  /** Turns `node` downward to the left (or right) and its other child up into its place. */
  #rotate(node: number, toLeft: boolean): void {
    const near = toLeft ? this.left : this.right
    const far = toLeft ? this.right : this.left
    const riser = far[node] as number
    const handed = near[riser] as number
    far[node] = handed
    if (handed !== NIL) this.parent[handed] = node
    this.#replace(node, riser)
    near[riser] = node
    this.parent[node] = riser
    this.#update(node)
    this.#update(riser)
  }

  #balanceInserted(inserted: number): void {
    let node = inserted
    while (this.#red[this.parent[node] as number] === 1) {
      const parent = this.parent[node] as number
      const grandparent = this.parent[parent] as number
      const parentIsLeft = this.left[grandparent] === parent
      const uncle = this.#child(grandparent, !parentIsLeft)
      if (this.#red[uncle] === 1) {
        this.#red[parent] = 0
        this.#red[uncle] = 0
        this.#red[grandparent] = 1
        node = grandparent
        continue
      }
      if (node === this.#child(parent, !parentIsLeft)) {
        node = parent
        this.#rotate(node, parentIsLeft)
      }
      this.#red[this.parent[node] as number] = 0
      this.#red[grandparent] = 1
      this.#rotate(grandparent, !parentIsLeft)
    }
    this.#red[this.root] = 0
  }

  #balanceRemoved(moved: number): void {
    let node = moved
    while (node !== this.root && this.#red[node] === 0) {
      const parent = this.parent[node] as number
      const isLeft = this.left[parent] === node
      let sibling = this.#child(parent, !isLeft)
      if (this.#red[sibling] === 1) {
        this.#red[sibling] = 0
        this.#red[parent] = 1
        this.#rotate(parent, isLeft)
        sibling = this.#child(parent, !isLeft)
      }
      const nearRed = this.#red[this.#child(sibling, isLeft)] === 1
      const farRed = this.#red[this.#child(sibling, !isLeft)] === 1
      if (!nearRed && !farRed) {
        this.#red[sibling] = 1
        node = parent
        continue
      }
      if (!farRed) {
        this.#red[this.#child(sibling, isLeft)] = 0
        this.#red[sibling] = 1
        this.#rotate(sibling, !isLeft)
        sibling = this.#child(parent, !isLeft)
      }
      this.#red[sibling] = this.#red[parent] as number
      this.#red[parent] = 0
      this.#red[this.#child(sibling, !isLeft)] = 0
      this.#rotate(parent, isLeft)
      node = this.root
    }
    this.#red[node] = 0
  }

  #newNode(start: number, end: number): number {
    let node = this.#unused
    if (node === NIL) {
      if (this.#nodesUsed === this.start.length) this.#grow()
      node = this.#nodesUsed
      this.#nodesUsed += 1
    } else {
      this.#unused = this.right[node] as number
    }
    this.start[node] = start
    this.end[node] = end
    this.left[node] = NIL
    this.right[node] = NIL
    this.#red[node] = 1
    return node
  }

  #grow(): void {
    const capacity = this.start.length * 2
    this.start = grown(this.start, capacity)
    this.end = grown(this.end, capacity)
    this.longest = grown(this.longest, capacity)
    this.left = grown(this.left, capacity)
    this.right = grown(this.right, capacity)
    this.parent = grown(this.parent, capacity)
    this.#red = grown(this.#red, capacity)
  }
}
