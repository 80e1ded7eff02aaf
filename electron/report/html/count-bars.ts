import { formatCount } from '../../../shared/format.ts'
import type { ReportRun, Workload } from '../model.ts'
import type { Markup } from './markup.ts'
import { modelClass } from './model-style.ts'
import { roundAxis } from './scale.ts'
import { box, label, labelWidth, line, picture, PICTURE_WIDTH } from './svg.ts'

const FUNCTIONS = ['alloc_vmap_area', 'free_vmap_block'] as const
const ROW = 18
const BAR = 12
const GROUP_GAP = 8
const AXIS = 22
const FUNCTION_WIDTH = 116

type CountedRun = ReportRun & { readonly counts: NonNullable<ReportRun['counts']> }

/** Address space requested against blocks given back, from 0: what is missing in the second bar is still there. Nothing without counts. */
export function countBars(id: string, { heading, runs }: Workload): Markup[] {
  const counted = runs.filter((run): run is CountedRun => run.counts !== undefined)
  if (counted.length === 0) return []
  const ticks = roundAxis(Math.max(...counted.flatMap(({ counts }) => FUNCTIONS.map((name) => counts[name]))))
  const last = ticks.at(-1) ?? 1
  const labels = Math.min(Math.max(...counted.map((run) => labelWidth(run.label))) + 12, 200)
  const left = labels + FUNCTION_WIDTH
  const right = PICTURE_WIDTH - 60
  const bottom = counted.length * (FUNCTIONS.length * ROW + GROUP_GAP)
  const x = (value: number): number => left + (value / last) * (right - left)
  const groups = counted.flatMap((run, group) => {
    const top = group * (FUNCTIONS.length * ROW + GROUP_GAP)
    return [
      label(run.label, { x: 0, y: top + 15, role: `name ${modelClass(run.modelId)}` }),
      ...FUNCTIONS.flatMap((name, row) => {
        const y = top + row * ROW + 5
        const count = run.counts[name]
        return [
          label(name, { x: left - 10, y: y + 10, anchor: 'end', role: 'mono' }),
          box(
            left,
            y,
            x(count) - left,
            BAR,
            `bar ${name === 'alloc_vmap_area' ? 'given' : 'back'} ${modelClass(run.modelId)}`,
          ),
          label(formatCount(count), { x: x(count) + 6, y: y + 10, role: 'figure' }),
        ]
      }),
    ]
  })
  const axis = ticks.flatMap((tick) => [
    line(x(tick), 0, x(tick), bottom, tick === 0 ? 'axis' : 'grid'),
    label(formatCount(tick), { x: x(tick), y: bottom + 14, anchor: 'middle' }),
  ])
  return [picture(id, nameOf(heading, counted), bottom + AXIS, [...axis, ...groups])]
}

function nameOf(heading: string, runs: readonly CountedRun[]): string {
  const clauses = runs.map(
    ({ label: name, counts }) =>
      `${name} makes ${formatCount(counts.alloc_vmap_area)} calls of alloc_vmap_area and ${formatCount(counts.free_vmap_block)} of free_vmap_block`,
  )
  return `alloc_vmap_area against free_vmap_block, ${heading}: ${clauses.join('; ')}.`
}
