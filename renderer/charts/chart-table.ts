/** The figures of a chart, for its table view and for CSV. The first column names the row. */
export interface ChartTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | number | undefined)[])[]
}

/** What a chart's menu asks its place to put on the clipboard. PNG is a `data:` URL; the rest is plain text. */
export interface ChartCopy {
  readonly kind: 'csv' | 'png' | 'svg'
  readonly text: string
}

/** RFC 4180 with `\n` line ends; numbers unformatted; an absent figure is an empty field, never 0. */
export function toCsv({ columns, rows }: ChartTable): string {
  return [columns, ...rows].map((row) => `${row.map(csvField).join(',')}\n`).join('')
}

/** For a spreadsheet: tabs between the cells, numbers unformatted, an absent figure is an empty cell. */
export function toTsv({ columns, rows }: ChartTable): string {
  const cell = (value: string | number | undefined): string => String(value ?? '').replaceAll(/[\t\n\r]/g, ' ')
  return [columns, ...rows].map((row) => `${row.map(cell).join('\t')}\n`).join('')
}

function csvField(value: string | number | undefined): string {
  if (value === undefined) return ''
  const text = String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
