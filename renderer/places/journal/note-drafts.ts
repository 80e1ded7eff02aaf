import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import { lab, reasonOf } from '../../lab.ts'

/** Typing that pauses this long is saved. */
const PAUSE_MS = 2000
/** Typing that pauses this long goes on as another version. */
const STRETCH_PAUSE_MS = 30 * 60_000

/** `saved` is said only of what the journal has confirmed. */
export type NoteState =
  | { readonly kind: 'saved' }
  | { readonly kind: 'unsaved' }
  | { readonly kind: 'failed'; readonly reason: string }

/**
 * Texts that were typed and are not in the journal yet, by experiment. A draft outlives its editor: selecting another
 * experiment, leaving the place or a write that fails takes nothing away.
 */
export function createNoteDrafts(write: (experimentId: number, text: string, stretch: string) => Promise<void>) {
  const drafts = shallowReactive(new Map<number, string>())
  /** What the journal has confirmed and no answer has shown yet. */
  const written = shallowReactive(new Map<number, string>())
  const problems = shallowReactive(new Map<number, string>())
  /** The stretch of editing that each note is in, and when it was last typed in. */
  const stretches = new Map<number, { readonly name: string; atMs: number }>()
  const timers = new Map<number, ReturnType<typeof setTimeout>>()

  /** The text to show: what was typed, or what the journal has. */
  function textOf(experimentId: number, stored: string): string {
    return drafts.get(experimentId) ?? stored
  }

  function stateOf(experimentId: number): NoteState {
    const draft = drafts.get(experimentId)
    if (draft === undefined || draft === written.get(experimentId)) return { kind: 'saved' }
    const reason = problems.get(experimentId)
    return reason === undefined ? { kind: 'unsaved' } : { kind: 'failed', reason }
  }

  function edit(experimentId: number, text: string): void {
    drafts.set(experimentId, text)
    stretchOf(experimentId).atMs = Date.now()
    clearTimeout(timers.get(experimentId))
    timers.set(
      experimentId,
      setTimeout(() => void save(experimentId), PAUSE_MS),
    )
  }

  function stretchOf(experimentId: number): { readonly name: string; atMs: number } {
    const current = stretches.get(experimentId)
    if (current !== undefined && Date.now() - current.atMs < STRETCH_PAUSE_MS) return current
    const next = { name: crypto.randomUUID(), atMs: Date.now() }
    stretches.set(experimentId, next)
    return next
  }

  /** Saves the note and ends its stretch: what is typed later is another version. */
  async function leave(experimentId: number): Promise<void> {
    await save(experimentId)
    stretches.delete(experimentId)
  }

  async function save(experimentId: number): Promise<void> {
    clearTimeout(timers.get(experimentId))
    timers.delete(experimentId)
    const text = drafts.get(experimentId)
    if (text === undefined || text === written.get(experimentId)) return
    try {
      await write(experimentId, text, stretchOf(experimentId).name)
      written.set(experimentId, text)
      problems.delete(experimentId)
    } catch (error) {
      problems.set(experimentId, reasonOf(error))
    }
  }

  async function saveAll(): Promise<void> {
    await Promise.all([...drafts.keys()].map(save))
  }

  /**
   * Called with each answer of the journal. Calls are answered in the order in which they are made, so an answer that
   * comes after the confirmation of a write holds what was written, or something newer.
   */
  function settle(experimentId: number): void {
    if (drafts.has(experimentId) && drafts.get(experimentId) === written.get(experimentId)) drafts.delete(experimentId)
    if (!drafts.has(experimentId)) written.delete(experimentId)
  }

  return { textOf, stateOf, edit, save, leave, saveAll, settle }
}

/** The drafts of this window; what is still unsaved when it closes is sent on the way out. */
export const useNoteDrafts = defineStore('note-drafts', () => {
  const drafts = createNoteDrafts((experimentId, text, stretch) => lab().writeNote(experimentId, text, stretch))
  window.addEventListener('beforeunload', () => void drafts.saveAll())
  return drafts
})
