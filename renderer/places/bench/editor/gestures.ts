let last = 0

/** A number that no other drag or visit to a field has had. */
export function nextGesture(): number {
  last += 1
  return last
}
