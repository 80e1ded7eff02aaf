import { formatCount, formatQuantity } from '../../../../shared/format.ts'
import type { PreviewedRequest, RequestKind, ScenarioPreview } from '../../../../shared/scenario-preview.ts'
import type { ChartTable } from '../../../charts/chart-table.ts'

const CALLS: Readonly<Record<RequestKind, string>> = {
  map: 'vm_map_ram',
  unmap: 'vm_unmap_ram',
  vmap: 'vmap',
  vunmap: 'vunmap',
  aliases: 'vm_unmap_aliases',
}

export function isMap({ kind }: PreviewedRequest): boolean {
  return kind === 'map' || kind === 'vmap'
}

export function isUnmap({ kind }: PreviewedRequest): boolean {
  return kind === 'unmap' || kind === 'vunmap'
}

/** Which part of the stream is shown: `first 1,000 of 252,000 requests`. */
export function shownWords({ requests, ended, operationsTotal }: ScenarioPreview): string {
  const shown = formatQuantity(requests.length, 'request')
  if (ended) return `all ${shown}`
  return operationsTotal === undefined
    ? `first ${shown}`
    : `first ${formatCount(requests.length)} of ${formatQuantity(operationsTotal, 'request')}`
}

/** The picture in a sentence. */
export function previewSentence(preview: ScenarioPreview): string {
  const { requests } = preview
  if (requests.length === 0) return 'The scenario makes no request.'
  const maps = requests.filter(isMap)
  const sizes = maps.map(({ pages }) => pages)
  const parts = [
    maps.length > 0 && `${formatQuantity(maps.length, 'map')} of ${rangeWords(sizes)}`,
    requests.some(isUnmap) && formatQuantity(requests.filter(isUnmap).length, 'unmap'),
    requests.some(({ kind }) => kind === 'aliases') &&
      formatQuantity(requests.filter(({ kind }) => kind === 'aliases').length, 'flush', 'flushes'),
  ].filter((part) => part !== false)
  const most = requests.reduce((high, { livePages }) => Math.max(high, livePages), 0)
  const cpus = new Set(requests.map(({ cpu }) => cpu)).size
  const where = cpus === 1 ? '' : ` on ${formatCount(cpus)} CPUs`
  const what = preview.ended ? `All ${formatQuantity(requests.length, 'request')}` : `The ${shownWords(preview)}`
  return `${what}: ${parts.join(', ')}${where}; at most ${formatQuantity(most, 'page')} mapped at the same time.`
}

function rangeWords(sizes: readonly number[]): string {
  const low = sizes.reduce((least, size) => Math.min(least, size), Infinity)
  const high = sizes.reduce((most, size) => Math.max(most, size), 0)
  return low === high ? formatQuantity(high, 'page') : `${formatCount(low)} to ${formatQuantity(high, 'page')}`
}

/** `Request 17: vm_map_ram of 8 pages on CPU 0`, for the tip. */
export function requestWords(request: PreviewedRequest, index: number): readonly string[] {
  const size = request.kind === 'aliases' ? '' : ` of ${formatQuantity(request.pages, 'page')}`
  return [
    `Request ${formatCount(index + 1)}: ${CALLS[request.kind]}${size} on CPU ${request.cpu}`,
    `${formatQuantity(request.livePages, 'page')} mapped after it`,
  ]
}

export function previewTable({ requests }: ScenarioPreview): ChartTable {
  return {
    columns: ['Request', 'Call', 'Pages', 'CPU', 'Pages mapped after it'],
    rows: requests.map(({ kind, pages, cpu, livePages }, index) => [index + 1, CALLS[kind], pages, cpu, livePages]),
  }
}
