import { editDistance } from '../../shared/edit-distance.ts'

const NAMES_MAX = 5

/** Of `names`, those that may be meant by a mistyped one, whatever their case; the nearest first. */
export function nearNames(text: string, names: readonly string[]): string[] {
  const typed = text.toLowerCase()
  const slips = Math.ceil(typed.length / 3)
  return names
    .map((name) => {
      const known = name.toLowerCase()
      const partOfIt = typed.length > 1 && known.includes(typed)
      return { name, away: Math.min(editDistance(typed, known), partOfIt ? slips : Infinity) }
    })
    .filter(({ away }) => away <= slips)
    .sort((left, right) => left.away - right.away)
    .slice(0, NAMES_MAX)
    .map(({ name }) => name)
}
