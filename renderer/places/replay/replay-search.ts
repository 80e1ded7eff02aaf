import { ref } from 'vue'
import type { FOUND_EVENTS, ReplayQuery, ReplaySearch } from '../../../shared/replay.ts'
import { useReplayStore } from '../../stores/replay.ts'
import { useToastsStore } from '../../stores/toasts.ts'

type Direction = ReplaySearch['direction']

const where = (direction: Direction): string => (direction === 'next' ? 'behind' : 'before')

/** Goes to moments of a kind, and says when there is none. */
export function useReplaySearch() {
  const replay = useReplayStore()
  const toasts = useToastsStore()
  /** The dialog is open. */
  const finding = ref(false)
  /** Why its last search was refused, or that it found nothing. */
  const refusal = ref<string>()

  /** What the dialog asks for. */
  async function find(query: ReplayQuery, direction: Direction): Promise<void> {
    refusal.value = undefined
    const found = await replay.find(query, direction)
    if (found === 'found') finding.value = false
    else refusal.value = found === 'none' ? `There is none ${where(direction)} this operation.` : replay.failure
  }

  /** The next moment of a kind, without a dialog. */
  async function go(event: (typeof FOUND_EVENTS)[number], direction: Direction): Promise<void> {
    const found = await replay.find({ kind: 'event', event }, direction)
    if (found === 'none') toasts.show(`There is none ${where(direction)} this operation.`)
  }

  async function goToTouch(block: number, direction: Direction): Promise<void> {
    const found = await replay.find({ kind: 'block', block }, direction)
    if (found === 'none') {
      toasts.show(`Block #${block} is not touched ${where(direction)} this operation.`)
    }
  }

  /** Follows the loop of the text around this operation. */
  async function goIteration(direction: Direction): Promise<void> {
    const found = await replay.find({ kind: 'iteration' }, direction)
    if (found === 'none') toasts.show(`There is no other iteration ${where(direction)} this operation.`)
  }

  async function toDivergence(): Promise<void> {
    if ((await replay.toDivergence()) || replay.failure !== undefined) return
    toasts.show('The models never choose differently.')
  }

  return { finding, refusal, find, go, goToTouch, goIteration, toDivergence }
}
