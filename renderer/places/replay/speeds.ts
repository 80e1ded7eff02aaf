/** How fast a replay plays, in operations a second; steps of one key each. */
export const SPEEDS = [1, 2, 5, 10, 20, 50, 100, 400, 1000, 5000, 20_000, 100_000, 1_000_000] as const

export const DEFAULT_SPEED = 20

/** The next faster or slower speed; the last one there is at either end. */
export function nextSpeed(speed: number, faster: boolean): number {
  const found = faster ? SPEEDS.find((one) => one > speed) : SPEEDS.findLast((one) => one < speed)
  return found ?? speed
}
