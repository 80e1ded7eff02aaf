/**
 * p values adjusted for being asked together (Holm 1979), in the given order: each is at most 1 and no smaller than those of
 * smaller p values.
 */
export function holm(ps: readonly number[]): readonly number[] {
  const order = ps.map((_, place) => place).sort((left, right) => (ps[left] ?? 0) - (ps[right] ?? 0))
  const adjusted = new Array<number>(ps.length).fill(1)
  let highest = 0
  order.forEach((place, rank) => {
    highest = Math.max(highest, Math.min(1, (ps.length - rank) * (ps[place] ?? 1)))
    adjusted[place] = highest
  })
  return adjusted
}
