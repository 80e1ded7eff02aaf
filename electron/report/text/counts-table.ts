import { COUNT_NAMES, PROFILED_FUNCTIONS, type CountName, type ProfiledFunction } from '../../../shared/counts.ts'
import type { ReportRun } from '../model.ts'

// "  %-30.30s  %10lu" of kernel/trace/ftrace.c, function_stat_show()
const NAME_COLUMNS = 30
const HIT_COLUMNS = 10
const PUBLISHED_COLUMNS = 12

const MORE_COUNTS = COUNT_NAMES.filter((name) => !PROFILED_FUNCTIONS.includes(name as ProfiledFunction))

/** `BEFORE (v4.0)` and the table of the patch below it; a second column holds the published hits. */
export function countsTable(run: ReportRun): string[] {
  const { counts, published } = run
  if (counts === undefined) return []
  const line = (name: string, hit: string, other: string): string =>
    `  ${name.padEnd(NAME_COLUMNS)}  ${hit.padStart(HIT_COLUMNS)}${published ? other.padStart(PUBLISHED_COLUMNS) : ''}`
  const rows = PROFILED_FUNCTIONS.map((name) =>
    line(name, String(counts[name]), publishedHit(published?.counts[name] ?? 0)),
  )
  const more = MORE_COUNTS.filter((name) => counts[name] !== 0)
  return [
    run.title,
    line('Function', 'Hit', 'Published'),
    line('--------', '---', '---------'),
    ...rows,
    ...(more.length === 0 ? [] : ['', line('Counter', 'Value', ''), line('-------', '-----', '')].map(trimmed)),
    ...more.map((name: CountName) => line(name, String(counts[name]), '').trimEnd()),
  ]
}

/** The profiler leaves out functions without hits, so the published table has no zero. */
function publishedHit(hit: number): string {
  return hit === 0 ? 'no row' : String(hit)
}

function trimmed(line: string): string {
  return line.trimEnd()
}
