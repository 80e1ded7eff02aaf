/** Characters to change, add, leave out or swap with the next one to make one text of the other (optimal string alignment). */
export function editDistance(left: string, right: string): number {
  const [from, to] = [Array.from(left), Array.from(right)]
  let beforeRow: readonly number[] = []
  let row = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (let index = 0; index < from.length; index += 1) {
    const next = [index + 1]
    for (let column = 0; column < to.length; column += 1) {
      const changed = (row[column] ?? 0) + (from[index] === to[column] ? 0 : 1)
      const isSwapped = index > 0 && column > 0 && from[index] === to[column - 1] && from[index - 1] === to[column]
      const swapped = isSwapped ? (beforeRow[column - 1] ?? 0) + 1 : Infinity
      next.push(Math.min(changed, swapped, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1))
    }
    beforeRow = row
    row = next
  }
  return row[to.length] ?? 0
}
