import { PROFILED_FUNCTIONS, type ProfiledCounts } from '../../shared/counts.ts'

/** Columns of text, padded to their widest cell; numbers to the right. */
export function textTable(rows: readonly (readonly string[])[], numeric: readonly boolean[] = []): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    rows.reduce((widest, row) => Math.max(widest, (row[column] ?? '').length), 0),
  )
  const lines = rows.map((row) =>
    row
      .map((cell, column) => (numeric[column] ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
  return `${lines.join('\n')}\n`
}

const NAME_WIDTH = 31
const HIT_WIDTH = 12

/**
 * Hits in the layout of the kernel's trace_stat/function tables, one column for each of `columns`. The profiler has no row
 * for a function without hits, which a published column says.
 */
export function hitTable(
  columns: readonly { readonly heading: string; readonly counts: ProfiledCounts; readonly published: boolean }[],
): string {
  const line = (name: string, cells: readonly string[]): string =>
    `  ${name.padEnd(NAME_WIDTH)}${cells.map((cell) => cell.padStart(HIT_WIDTH)).join('')}`
  const hit = (column: (typeof columns)[number], name: (typeof PROFILED_FUNCTIONS)[number]): string =>
    column.published && column.counts[name] === 0 ? 'no row' : String(column.counts[name])
  return [
    line(
      '',
      columns.map(({ heading }) => heading),
    ),
    line(
      'Function',
      columns.map(() => 'Hit'),
    ),
    line(
      '--------',
      columns.map(() => '---'),
    ),
    ...PROFILED_FUNCTIONS.map((name) =>
      line(
        name,
        columns.map((column) => hit(column, name)),
      ),
    ),
    '',
  ].join('\n')
}
