import { formatCount } from '../../../shared/format.ts'
import { blockText, CHARACTERS_PER_BLOCK } from '../../../shared/free-list-text.ts'
import type { FreeListSummary, ListedBlock } from '../../../shared/run.ts'
import { TEXT_COLUMNS } from './wrap.ts'

const HEAD = 'HEAD '
const TAIL = ' TAIL'
const GAP = ' ... '

/** `HEAD |xxxxxxx---|xxxxxxxxx-| ... |xxxxxxxxx-| TAIL` and below each block its free slots. */
export function freeListLines(list: FreeListSummary, slots: number, indent: string): string[] {
  const blocks = [...list.head, ...list.tail]
  const room = TEXT_COLUMNS - indent.length - HEAD.length - TAIL.length
  const wholeColumns = 1 + list.length * (CHARACTERS_PER_BLOCK + 1)
  if (blocks.length === list.length && wholeColumns <= room) return render(blocks, [], slots, indent)
  const shown = Math.max(2, Math.floor((room - GAP.length - 2) / (CHARACTERS_PER_BLOCK + 1)))
  const tail = list.tail.length > 0 ? list.tail : list.head
  const lines = render(list.head.slice(0, shown - 1), tail.slice(-1), slots, indent)
  return [...lines, `${indent}${formatCount(list.length - shown)} more blocks between them.`]
}

function render(head: readonly ListedBlock[], tail: readonly ListedBlock[], slots: number, indent: string): string[] {
  const bars = (blocks: readonly ListedBlock[]): string =>
    `|${blocks.map(([, freeSlots]) => `${blockText(freeSlots, slots)}|`).join('')}`
  const free = (blocks: readonly ListedBlock[]): string =>
    ` ${blocks.map(([, freeSlots]) => `${freeSlots} free`.padEnd(CHARACTERS_PER_BLOCK + 1)).join('')}`
  const elided = tail.length > 0
  const picture = `${HEAD}${bars(head)}${elided ? `${GAP}${bars(tail)}` : ''}${TAIL}`
  const numbers = `${' '.repeat(HEAD.length)}${free(head)}${elided ? `${' '.repeat(GAP.length)}${free(tail)}` : ''}`
  return [`${indent}${picture}`, `${indent}${numbers}`.trimEnd()]
}
