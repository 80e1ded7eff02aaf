import type { Rectangle } from 'electron'
import { z } from 'zod'

/** Where the window stood when it was closed: its size and place when not maximised. */
export interface WindowState {
  readonly x?: number | undefined
  readonly y?: number | undefined
  readonly width: number
  readonly height: number
  readonly maximized: boolean
}

export const windowStateSchema: z.ZodType<WindowState> = z.object({
  x: z.int().optional(),
  y: z.int().optional(),
  width: z.int().positive(),
  height: z.int().positive(),
  maximized: z.boolean(),
})

const DEFAULT_SIZE = { width: 1440, height: 900 }

/** Enough of a title bar must be on a display to take hold of it. */
const GRIP_PIXELS = 64

function isReachable({ x, y, width }: Rectangle, areas: readonly Rectangle[]): boolean {
  return areas.some(
    (area) =>
      x + width > area.x + GRIP_PIXELS &&
      x < area.x + area.width - GRIP_PIXELS &&
      y >= area.y &&
      y < area.y + area.height - GRIP_PIXELS,
  )
}

/**
 * Where the window goes, given the work areas of the present displays: where it was if that can still be reached, otherwise
 * in the middle (no `x` and `y`) at its old or the default size.
 */
export function placement(state: WindowState | undefined, areas: readonly Rectangle[]): Partial<Rectangle> {
  if (state === undefined) return DEFAULT_SIZE
  const { x, y, width, height } = state
  if (x === undefined || y === undefined || !isReachable({ x, y, width, height }, areas)) return { width, height }
  return { x, y, width, height }
}

/** How far a window stands from the one that it was opened beside, in both directions. */
const OFFSET_PIXELS = 32

/** Where another window goes: as large, and a little further down and to the right if that can be reached. */
export function placementBeside(other: Rectangle, areas: readonly Rectangle[]): Partial<Rectangle> {
  const { width, height } = other
  return placement({ x: other.x + OFFSET_PIXELS, y: other.y + OFFSET_PIXELS, width, height, maximized: false }, areas)
}
