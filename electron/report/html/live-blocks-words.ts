import { formatCount } from '../../../shared/format.ts'
import type { LiveBlocksLine } from '../model.ts'
import { drawnLine } from './live-blocks-spans.ts'
import { html, type Markup } from './markup.ts'
import { modelClass } from './model-style.ts'
import { labelWidth } from './svg.ts'

/** More lines than this have their labels below the picture, where there is room for them. */
export const END_LABELS_MAX = 12
export const END_LABEL_WIDTH_MAX = 230

/** `a, b and c` */
function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`
}

export function lastOf({ series }: LiveBlocksLine): number {
  return series.last.at(-1) ?? 0
}

export function mostOf({ series }: LiveBlocksLine): number {
  return series.max.reduce((most, value) => Math.max(most, value), 0)
}

/** Runs that share a line are named together; when that gets long the caption names them. */
export function endLabelOf(entry: LiveBlocksLine): string {
  const names = entry.labels.join(', ')
  const shown = labelWidth(names) > END_LABEL_WIDTH_MAX - 60 ? `${formatCount(entry.labels.length)} runs` : names
  return `${shown}: ${formatCount(lastOf(entry))}`
}

/** The picture's name, for those who cannot see it. */
export function liveBlocksName(heading: string, lines: readonly LiveBlocksLine[]): string {
  const clauses = lines.map(
    (entry) =>
      `${listed(entry.labels)}: at most ${formatCount(mostOf(entry))} live blocks, ${formatCount(lastOf(entry))} at the end`,
  )
  return `Live blocks over operations, ${heading}: ${clauses.join('; ')}.`
}

/** What the picture does not say itself. */
export function liveBlocksCaption(lines: readonly LiveBlocksLine[]): string {
  const most = lines.map((entry) => `${formatCount(mostOf(entry))} in ${listed(entry.labels)}`)
  const blocksMax = Math.max(...lines.map(mostOf))
  const bands = lines.filter((entry) => drawnLine(entry, blocksMax).bandOnly).flatMap(({ labels }) => labels)
  const shared = lines.filter(({ labels }) => labels.length > 1)
  const operations = lines.reduce((widest, { series }) => Math.max(widest, series.operationsPerPoint), 1)
  return [
    `Blocks allocated and not given back; labels give the number at the end. Most at once: ${most.join('; ')}.`,
    ...(operations > 1
      ? [`Sampled in spans of ${formatCount(operations)} operations; bands reach from minimum to maximum.`]
      : []),
    ...(bands.length === 0
      ? []
      : [
          `${listed(bands)} ${bands.length === 1 ? 'changes' : 'change'} too fast for a line and ${bands.length === 1 ? 'has' : 'have'} a band only.`,
        ]),
    ...shared.map(({ labels }) => `${listed(labels)} have identical series and share one line.`),
  ].join(' ')
}

/** In place of labels at the lines, when there are too many of them. */
export function liveBlocksLegend(lines: readonly LiveBlocksLine[]): readonly Markup[] {
  if (lines.length <= END_LABELS_MAX) return []
  return lines.map(
    (entry) =>
      html`<span class="legend"
        ><span class="swatch ${modelClass(entry.modelIds[0])}"></span>${endLabelOf(entry)}</span
      >`,
  )
}
