/** A line of two texts: in both, or in one of them only. */
export interface LineChange {
  readonly kind: 'same' | 'removed' | 'added'
  readonly text: string
}

/** Steps of the comparison; texts that would need more are shown as replaced as a whole. */
const STEPS_MAX = 4_000_000

/** How one text becomes the other, line by line, with as many lines kept as possible. */
export function lineChanges(before: string, after: string): readonly LineChange[] {
  const [from, to] = [before.split('\n'), after.split('\n')]
  let head = 0
  while (head < from.length && head < to.length && from[head] === to[head]) head += 1
  let tail = 0
  while (tail < from.length - head && tail < to.length - head && from.at(-1 - tail) === to.at(-1 - tail)) tail += 1
  const same = (lines: readonly string[]): LineChange[] => lines.map((text) => ({ kind: 'same', text }))
  return [
    ...same(from.slice(0, head)),
    ...middle(from.slice(head, from.length - tail), to.slice(head, to.length - tail)),
    ...same(from.slice(from.length - tail)),
  ]
}

function middle(from: readonly string[], to: readonly string[]): readonly LineChange[] {
  const removed = (text: string): LineChange => ({ kind: 'removed', text })
  const added = (text: string): LineChange => ({ kind: 'added', text })
  if (from.length * to.length > STEPS_MAX) return [...from.map(removed), ...to.map(added)]
  const width = to.length + 1
  /** Lines that can be kept of what is left from here on, by position in both. */
  const kept = new Uint32Array((from.length + 1) * width)
  const keptAt = (i: number, j: number): number => kept[i * width + j] ?? 0
  for (let i = from.length - 1; i >= 0; i -= 1) {
    for (let j = to.length - 1; j >= 0; j -= 1) {
      kept[i * width + j] = from[i] === to[j] ? keptAt(i + 1, j + 1) + 1 : Math.max(keptAt(i + 1, j), keptAt(i, j + 1))
    }
  }
  const changes: LineChange[] = []
  let [i, j] = [0, 0]
  while (i < from.length || j < to.length) {
    const [left, right] = [from[i], to[j]]
    if (left !== undefined && left === right) {
      changes.push({ kind: 'same', text: left })
      i += 1
      j += 1
    } else if (left !== undefined && (right === undefined || keptAt(i + 1, j) >= keptAt(i, j + 1))) {
      changes.push(removed(left))
      i += 1
    } else {
      changes.push(added(right ?? ''))
      j += 1
    }
  }
  return changes
}
