/** Single signs to insert, leave out or exchange to make one text of the other (Levenshtein's distance). */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, column) => column)
  for (const [position, sign] of Array.from(one).entries()) {
    const next = [position + 1]
    for (const [column, otherSign] of Array.from(other).entries()) {
      const exchanged = (row[column] ?? 0) + (sign === otherSign ? 0 : 1)
      next.push(Math.min(exchanged, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}

const NAMES_MAX = 5

/** Of `names`, those that may be meant by a mistyped one, whatever their case; the nearest first. */
export function nearNames(text: string, names: readonly string[]): string[] {
  const typed = text.toLowerCase()
  const slips = Math.ceil(typed.length / 3)
  return names
    .map((name) => {
      const known = name.toLowerCase()
      const partOfIt = typed.length > 1 && known.includes(typed)
      return { name, away: Math.min(distance(typed, known), partOfIt ? slips : Infinity) }
    })
    .filter(({ away }) => away <= slips)
    .sort((left, right) => left.away - right.away)
    .slice(0, NAMES_MAX)
    .map(({ name }) => name)
}
