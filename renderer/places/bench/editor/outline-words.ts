import { formatQuantity } from '../../../../shared/format.ts'
import type { OutlineKind, OutlineNode } from '../../../../shared/scenario-check.ts'

/**
 * What is known of a part before a run, in words: `1,000 times: 126 maps per iteration, 1,016 slots`. `isEntry` is the part that
 * a run begins with.
 */
export function outlineNote(node: OutlineNode, isEntry: boolean): string {
  switch (node.kind) {
    case 'function':
    case 'task':
      return countWords(node, isEntry ? ' in all' : ' per call')
    case 'loop':
      return `${timesWords(node)}: ${countWords(node, ' per iteration')}`
    case 'branch':
      return 'not in every run or pass'
    case 'call':
      return countWords(node, '')
    case 'map':
      return mapWords(node)
    case 'unmap':
    case 'aliases':
    case 'cpu':
      return ''
  }
}

function timesWords({ times }: OutlineNode): string {
  if (times === undefined) return 'repeats vary'
  return times === 1 ? 'once' : formatQuantity(times, 'time')
}

/** Unmaps are as many as the maps, unless they are named. */
function countWords({ counts: { maps, unmaps, slots } }: OutlineNode, per: string): string {
  if (maps === undefined) return 'the number of maps varies'
  const first = maps === 0 && unmaps !== 0 ? [] : [`${formatQuantity(maps, 'map')}${per}`]
  const others = unmaps === maps ? [] : [unmaps === undefined ? 'unmaps vary' : formatQuantity(unmaps, 'unmap')]
  const taken = maps === 0 || slots === undefined ? [] : [formatQuantity(slots, 'slot')]
  return [...first, ...others, ...taken].join(', ')
}

function mapWords({ counts: { slots } }: OutlineNode): string {
  if (slots === undefined) return 'its size varies'
  return slots === 0 ? 'an area of its own' : formatQuantity(slots, 'slot')
}

/** What a part is, for whoever does not see its sign. */
export const OUTLINE_KINDS: Readonly<Record<OutlineKind, { readonly sign: string; readonly word: string }>> = {
  function: { sign: 'ƒ', word: 'function' },
  task: { sign: '∥', word: 'task' },
  loop: { sign: '↻', word: 'loop' },
  branch: { sign: '?', word: 'branch' },
  call: { sign: '→', word: 'call' },
  map: { sign: '+', word: 'map' },
  unmap: { sign: '−', word: 'unmap' },
  aliases: { sign: '⊘', word: 'flush' },
  cpu: { sign: '⇄', word: 'CPU' },
}

/** What the number of operations is before a run, or why it is not known. */
export function totalWords(operationsTotal: number | undefined, outline: readonly OutlineNode[]): string {
  if (operationsTotal !== undefined) return `${formatQuantity(operationsTotal, 'operation')} in all.`
  const open = firstUnknown(outline)
  if (open === undefined) return 'How many operations there are is known after the run.'
  const what =
    open.kind === 'loop' ? `how often the loop in line ${open.at.line} repeats` : `the branch in line ${open.at.line}`
  return `How many operations there are is known after the run: ${what} depends on it.`
}

/** The first part that only a run decides: what stands around it is not known because of it. */
function firstUnknown(nodes: readonly OutlineNode[]): OutlineNode | undefined {
  for (const node of nodes) {
    if (node.kind === 'branch' || (node.kind === 'loop' && node.times === undefined)) return node
    const inside = firstUnknown(node.children)
    if (inside !== undefined) return inside
  }
  return undefined
}
