/** A range of the vmalloc space, in absolute pages: `start` belongs to it, `end` does not. */
export interface PageRange {
  readonly start: number
  readonly end: number
}

/** A `vmap_area`, in use or freed and not yet drained. */
export interface VmapArea extends PageRange {
  readonly use: 'block' | 'big map' | 'vmap'
  /** The node of the CPU that asked for it (`vn_id`): it goes to that node's pool. */
  readonly node: number
}

/** An area as text. */
export function areaState({ start, end, use, node }: VmapArea): string {
  return `${use} ${start}-${end}@${node}`
}

export function byAddress(a: PageRange, b: PageRange): number {
  return a.start - b.start
}

/** Joins ranges that touch; they must be ascending and must not overlap. */
export function mergeNeighbours(ascending: readonly PageRange[]): PageRange[] {
  const merged: PageRange[] = []
  for (const { start, end } of ascending) {
    const last = merged.at(-1)
    if (last?.end === start) merged[merged.length - 1] = { start: last.start, end }
    else merged.push({ start, end })
  }
  return merged
}
