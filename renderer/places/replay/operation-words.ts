import { formatCount, formatQuantity } from '../../../shared/format.ts'
import type { ReplayedOperation, ReplayEvent } from '../../../shared/replay.ts'

/** The call as it stands in C, with its number of pages: `vm_map_ram(pages, 59)`. */
export function callText({ kind, pages }: Pick<ReplayedOperation, 'kind' | 'pages'>): string {
  switch (kind) {
    case 'map':
      return `vm_map_ram(pages, ${pages})`
    case 'unmap':
      return `vm_unmap_ram(addr, ${pages})`
    case 'vmap':
      return `vmap(pages, ${pages})`
    case 'vunmap':
      return 'vunmap(addr)'
    case 'aliases':
      return 'vm_unmap_aliases()'
  }
}

/** The call with where it is made, and the line of the text that makes it, where there is one. */
export function callOf(operation: ReplayedOperation, text: string): string {
  const source = operation.line === undefined ? undefined : text.split('\n')[operation.line - 1]
  const line = source === undefined ? '' : `, line ${operation.line}: ${source.trim()}`
  return `${callText(operation)} on CPU ${operation.cpu}${line}`
}

/** What an operation did, in one or two sentences: `Walks 248 blocks, none has 64 free. Allocates #253 at HEAD.` */
export function operationWords(operation: ReplayedOperation): string {
  const parts = [mainSentence(operation), ...eventSentences(operation)]
  return parts.filter((part) => part !== '').join(' ')
}

function mainSentence(operation: ReplayedOperation): string {
  const { kind, served, startPage } = operation
  if (kind === 'map') {
    if (startPage === undefined) return `${walkWords(operation)} Fails: there is no address space.`.trim()
    if (served === undefined) return 'Takes an area of its own: it is larger than VMAP_MAX_ALLOC.'
    return walkWords(operation)
  }
  if (kind === 'vmap') return startPage === undefined ? 'Fails: there is no address space.' : 'Takes an ordinary area.'
  if (kind === 'unmap') return served === undefined ? 'Gives its own area back.' : givenBack(operation)
  return kind === 'vunmap' ? 'Gives its area back.' : ''
}

function givenBack({ served, mappedBy }: ReplayedOperation): string {
  if (served === undefined) return ''
  const of = mappedBy === undefined ? '' : `, mapped by operation ${formatCount(mappedBy)}`
  return `Marks ${formatQuantity(served.slots, 'slot')} of #${served.block} dirty${of}.`
}

function walkWords({ served, walks }: ReplayedOperation): string {
  const [walk] = walks
  if (walk === undefined) return ''
  const { slotsNeeded, lookedTotal } = walk
  const needed = formatCount(slotsNeeded)
  if (lookedTotal === 0) return `No block is listed on its CPU.`
  const walked = `Walks ${formatQuantity(lookedTotal, 'block')}`
  if (served !== undefined && !served.isNew) {
    return `${walked}: takes ${formatQuantity(served.slots, 'slot')} of #${served.block} at slot ${formatCount(served.slot)}.`
  }
  return `${walked}, ${lookedTotal === 1 ? 'which has not' : 'none has'} ${needed} free.`
}

function eventSentences({ events, eventsTotal }: ReplayedOperation): string[] {
  const freed = events.filter((event) => event.kind === 'block-freed')
  const others = events.filter((event) => event.kind !== 'block-freed')
  const more = eventsTotal > events.length ? [`${formatQuantity(eventsTotal, 'event')} in all.`] : []
  return [...others.map(eventWords), ...freedSentence(freed), ...more]
}

function freedSentence(freed: readonly ReplayEvent[]): string[] {
  const [first] = freed
  if (first === undefined) return []
  return freed.length === 1 ? [eventWords(first)] : [`${formatQuantity(freed.length, 'block')} freed.`]
}

const PURGE_CAUSES = {
  'allocation-failure': 'no address space was left',
  'lazy-threshold': 'the lazy limit was passed',
  aliases: 'vm_unmap_aliases asked for it',
} as const

/** One event as a sentence. */
export function eventWords(event: ReplayEvent): string {
  switch (event.kind) {
    case 'block-allocated':
      return `Allocates #${event.block} and puts it at the ${event.end.toUpperCase()}.`
    case 'block-filled':
      return `#${event.block} has no free slot left and leaves its list.`
    case 'block-freed':
      return event.cause === 'full-and-unmapped'
        ? `Frees #${event.block}: all its slots are dirty.`
        : `Purges #${event.block} with ${formatQuantity(event.freeSlots, 'free slot')}.`
    case 'purge':
      return `Drains pending pages: ${PURGE_CAUSES[event.cause]}.`
  }
}
