import { formatCount, formatPages, formatQuantity } from './format.ts'
import { CHARACTERS_PER_BLOCK, endsOf, freeListText } from './free-list-text.ts'
import type { Divergence, DivergenceSide, Lockstep, ReplayedOperation, ReplayEvent, Walk } from './replay.ts'
import type { ListedBlock } from './run.ts'

/** Blocks of a walk that are named in a sentence. */
const NAMED_MAX = 3
const FIRST_SHOWN = 3
const LAST_SHOWN = 2

/** "vm_map_ram of 8 pages", "vm_unmap_ram of 8 pages mapped by operation 253". */
export function operationText({ kind, pages, mappedBy }: ReplayedOperation): string {
  const size = formatQuantity(pages, 'page')
  switch (kind) {
    case 'map':
      return `vm_map_ram of ${size}`
    case 'vmap':
      return `vmap of ${size}`
    case 'unmap':
    case 'vunmap':
      return `${kind === 'unmap' ? 'vm_unmap_ram' : 'vunmap'} of ${size} mapped by operation ${formatCount(mappedBy ?? 0)}`
    case 'aliases':
      return 'vm_unmap_aliases'
  }
}

/** Why a block of a walk was passed over: "4 free, 16 needed". `undefined` for the one that was taken. */
export function passedOver([index, freeSlots]: ListedBlock, { search, slotsNeeded, taken }: Walk): string | undefined {
  if (taken === undefined || freeSlots < slotsNeeded) {
    return `${formatCount(freeSlots)} free, ${formatCount(slotsNeeded)} needed`
  }
  const [takenIndex, takenFree] = taken
  if (index === takenIndex) return undefined
  if (freeSlots === takenFree) return `${formatCount(freeSlots)} free, as #${takenIndex} nearer to HEAD`
  const better = search === 'worst-fit' ? 'more' : 'fewer, and enough'
  return `${formatCount(freeSlots)} free; #${takenIndex} has ${better}`
}

/** "passes over 2 blocks: #0 (8 free, 16 needed), #1 (4 free, 16 needed)"; empty when it took the first block it looked at. */
function passedOverText(walk: Walk): string {
  const passed = walk.first.filter(([index]) => index !== walk.taken?.[0])
  const total = walk.lookedTotal - (walk.taken === undefined ? 0 : 1)
  if (total === 0) return ''
  const named = passed.slice(0, NAMED_MAX).map((block) => `#${block[0]} (${passedOver(block, walk) ?? ''})`)
  const more = total > named.length ? ', …' : ''
  return `passes over ${formatQuantity(total, 'block')}: ${named.join(', ')}${more}`
}

/** "at HEAD", "at TAIL", "at place 3 of 9". */
function placeText(position: number, length: number): string {
  if (position === 1) return length === 1 ? 'the only one listed' : 'at HEAD'
  return position === length ? 'at TAIL' : `at place ${formatCount(position)} of ${formatCount(length)}`
}

/** What a side did, without its name: "fills the hole of 8 slots in an older block, #0, at HEAD". */
export function choiceText(side: DivergenceSide): string {
  const { choice, last, allocatedBefore, before, position } = side
  if (choice.kind === 'failed') return 'finds no address space and fails'
  if (choice.kind !== 'slots' || last.served === undefined) return `takes an area of ${formatPages(last.pages)}`
  const { block, slot, slots, isNew } = last.served
  if (isNew) {
    const end = last.events.find((event) => event.kind === 'block-allocated')?.end ?? 'tail'
    return `allocates block #${block} and puts it at the ${end.toUpperCase()}`
  }
  const free = last.walks[0]?.taken?.[1]
  const age = choice.ordinal === allocatedBefore ? 'the newest block' : 'an older block'
  const what =
    free === slots ? `fills the hole of ${formatQuantity(slots, 'slot')} in` : `takes slot ${formatCount(slot)} of`
  const where = position === undefined ? '' : `, ${placeText(position, before.length)}`
  return `${what} ${age}, #${block}${where}`
}

/** Why it did that: which blocks of the list it looked at; empty for what needs no block. */
function reasonText({ last: { walks } }: DivergenceSide): string {
  const [walk] = walks
  if (walk === undefined) return ''
  if (walk.listLength === 0) return 'the list is empty'
  const passed = passedOverText(walk)
  const { taken } = walk
  if (taken === undefined) return passed
  const enough = `#${taken[0]} has ${formatCount(taken[1])} free, ${formatCount(walk.slotsNeeded)} needed`
  return passed === '' ? `${enough}, and is looked at first` : `${passed}; ${enough}`
}

const PURGES = {
  'allocation-failure': 'purges and drains, for it found no address space',
  'lazy-threshold': 'drains what is pending',
  aliases: 'drains for vm_unmap_aliases',
} as const

function eventText(event: ReplayEvent): string {
  switch (event.kind) {
    case 'block-allocated':
      return `allocates block #${event.block} and puts it at the ${event.end.toUpperCase()}`
    case 'block-filled':
      return `fills block #${event.block}, which leaves the list`
    case 'block-freed':
      return event.cause === 'fragment-purge' ? `purges block #${event.block}` : `frees block #${event.block}`
    case 'purge':
      return PURGES[event.cause]
  }
}

/** The events of an operation in words; a purge may have too many to name. */
function eventsText({ events, eventsTotal }: ReplayedOperation): string {
  if (eventsTotal === 0) return 'does nothing to blocks'
  const named = events.slice(0, NAMED_MAX).map(eventText)
  return `${named.join(', ')}${eventsTotal > named.length ? `, and ${formatCount(eventsTotal - named.length)} more` : ''}`
}

/** The sides that a text is the same for, by that text. */
function grouped(
  divergence: Divergence,
  text: (side: DivergenceSide) => string,
): readonly (readonly [string, string[]])[] {
  const groups = new Map<string, string[]>()
  for (const side of divergence.sides) {
    const said = text(side)
    groups.set(said, [...(groups.get(said) ?? []), side.modelId])
  }
  return [...groups]
}

/** Models that do the same together: "v4.0 takes …; each of v4.1, v5.2 fills …". */
function bySide(divergence: Divergence, text: (side: DivergenceSide) => string): string {
  const groups = grouped(divergence, text)
  return groups.map(([said, names]) => `${names.length > 1 ? 'each of ' : ''}${names.join(', ')} ${said}`).join('; ')
}

/** "map 128" for a map, "operation 300" otherwise. */
function momentText({ map, operation, sides }: Divergence): string {
  return sides[0]?.last.kind === 'map' ? `map ${formatCount(map)}` : `operation ${formatCount(operation)}`
}

/** The first divergence in sentences, or that there is none; what it says of addresses and walks comes at the end. */
export function divergenceText(lockstep: Lockstep): readonly string[] {
  return [...firstText(lockstep), ...requestsText(lockstep), ...otherDifferences(lockstep)]
}

function firstText({ models, operations, first, blocksPart }: Lockstep): readonly string[] {
  if (first === undefined) {
    const parted =
      blocksPart && `At ${momentText(blocksPart)} blocks part: ${bySide(blocksPart, ({ last }) => eventsText(last))}.`
    return [
      `${models.join(', ')} choose the same for every map of ${formatQuantity(operations, 'operation')}.`,
      ...(parted === undefined ? [] : [parted]),
    ]
  }
  const [leader] = first.sides
  if (leader === undefined) return []
  return [
    `First divergence: ${momentText(first)}, operation ${formatCount(first.operation)}, ${operationText(leader.last)} on CPU ${leader.last.cpu}.`,
    ...(blocksPart === undefined || blocksPart.operation >= first.operation ? [] : [partingText(blocksPart, first)]),
    `At ${momentText(first)} ${bySide(first, choiceText)}.`,
    ...grouped(first, reasonText)
      .filter(([reason]) => reason !== '')
      .map(([reason, names]) => `${names.join(', ')}: ${reason}.`),
  ]
}

/** "At map 127 v4.0 allocates …; v4.1 allocates …. Up to map 127 all choose the same." */
function partingText(blocksPart: Divergence, first: Divergence): string {
  const parted = `At ${momentText(blocksPart)} ${bySide(blocksPart, ({ last }) => eventsText(last))}.`
  return first.map === 1 ? parted : `${parted} Up to map ${formatCount(first.map - 1)} all choose the same.`
}

function requestsText({ models, requestsPart, problems }: Lockstep): readonly string[] {
  const ended = problems.flatMap((problem, place) =>
    problem === undefined ? [] : [`${models[place] ?? ''}: ${problem}`],
  )
  if (requestsPart === undefined) return ended
  const asked = requestsPart.requests.map((request, place) => `${models[place] ?? ''} is asked for ${request}`)
  return [
    `The request streams part at operation ${formatCount(requestsPart.operation)}, for the scenario reacts to what it was given: ${asked.join('; ')}. Nothing behind it is compared.`,
    ...ended,
  ]
}

function otherDifferences({
  first,
  addressesPart,
  walksPart,
  differentChoices,
  laterTotal,
}: Lockstep): readonly string[] {
  const until = first?.operation ?? Infinity
  return [
    ...(addressesPart !== undefined && addressesPart < until
      ? [
          `Addresses differ from operation ${formatCount(addressesPart)} on, for blocks stand elsewhere in the address space.`,
        ]
      : []),
    ...(walksPart !== undefined && walksPart < until
      ? [`The numbers of blocks walked differ from operation ${formatCount(walksPart)} on.`]
      : []),
    ...(first === undefined
      ? []
      : [
          `${formatQuantity(differentChoices, 'map')} in all ${differentChoices === 1 ? 'is' : 'are'} served from different slots; at ${formatQuantity(laterTotal, 'later operation')} one model allocates a block, fails or purges and another does not.`,
        ]),
  ]
}

/** The free list before the operation as in the patch, and below it a caret under the block that serves, where it is shown. */
export function divergenceDiagram({ before, position }: DivergenceSide, slotsPerBlock: number): readonly string[] {
  const picture = freeListText(before, slotsPerBlock)
  const column = position === undefined ? undefined : columnOf(position, before)
  return column === undefined ? [picture] : [picture, `${' '.repeat(column)}${'^'.repeat(CHARACTERS_PER_BLOCK)}`]
}

/** The column of a block's first character in `freeListText`; `undefined` for a block that is left out. */
function columnOf(position: number, before: DivergenceSide['before']): number | undefined {
  const { first, last, hidden } = endsOf(before, FIRST_SHOWN, LAST_SHOWN)
  const width = CHARACTERS_PER_BLOCK + 1
  const start = 'HEAD |'.length
  if (hidden === 0 || position <= first.length) return start + (position - 1) * width
  const fromTail = before.length - position
  if (fromTail >= last.length) return undefined
  return start + first.length * width + ' ... |'.length + (last.length - 1 - fromTail) * width
}
