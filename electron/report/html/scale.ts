/** Round whole numbers from 0 to `maximum`, three to six of them where the maximum allows. */
export function roundTicks(maximum: number): number[] {
  if (maximum <= 0) return [0, 1]
  const rough = maximum / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max(1, [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? rough)
  const whole = Number.isInteger(step) ? step : Math.ceil(step)
  const ticks: number[] = []
  for (let tick = 0; tick <= maximum; tick += whole) ticks.push(tick)
  return ticks
}

/** The same, with a last tick at or above `maximum`. */
export function roundAxis(maximum: number): number[] {
  const ticks = roundTicks(maximum)
  const last = ticks.at(-1) ?? 0
  return last >= maximum ? ticks : [...ticks, last + (ticks[1] ?? 1)]
}
