/** The operations that charts show: after `from` and up to `to`. Both whole, `from` below `to`. */
export interface View {
  readonly from: number
  readonly to: number
}

/** How many times less one step of zooming shows. */
const ZOOM_FACTOR = 2
/** Fewer operations than these are not worth an axis. */
const WIDTH_MIN = 10

/** The operations between two places of the axis, in any order; `undefined` where that is nearly everything. */
export function viewBetween(one: number, other: number, operations: number): View | undefined {
  const low = Math.min(one, other)
  const width = Math.min(operations, Math.max(WIDTH_MIN, Math.round(Math.abs(other - one))))
  if (width >= operations) return undefined
  const from = Math.min(Math.max(0, Math.round(low)), operations - width)
  return { from, to: from + width }
}

/** A step further in, or out when `inwards` is false; what is at `centre` stays where it is. */
export function zoomed(
  view: View | undefined,
  { centre, inwards, operations }: { readonly centre: number; readonly inwards: boolean; readonly operations: number },
): View | undefined {
  const { from, to } = view ?? { from: 0, to: operations }
  const factor = inwards ? 1 / ZOOM_FACTOR : ZOOM_FACTOR
  const start = centre - (centre - from) * factor
  return viewBetween(start, start + (to - from) * factor, operations)
}
