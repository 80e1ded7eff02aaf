import { EditorState, type ChangeSpec, type Extension } from '@codemirror/state'
import { editorWithStoredUndo, forgetUndo, storeUndo } from './undo-storage.ts'

/** After the last change, so that typing is not held up by writing. */
const STORE_DELAY_MS = 1000

/** The editors of all scenarios of this session: text, cursor and undo history, by scenario. */
export class EditorStates {
  readonly #extensions: Extension
  readonly #states = new Map<string, EditorState>()
  readonly #unstored = new Set<string>()
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(extensions: Extension) {
    this.#extensions = extensions
  }

  /** The editor of a scenario with this text. A text that was changed elsewhere is one more step of undo. */
  stateOf(ref: string, text: string): EditorState {
    const known = this.#states.get(ref) ?? editorWithStoredUndo(ref, text, this.#extensions)
    const state =
      known === undefined ? EditorState.create({ doc: text, extensions: this.#extensions }) : withText(known, text)
    this.#states.set(ref, state)
    return state
  }

  /** Takes the editor as it is now. */
  keep(ref: string, state: EditorState): void {
    if (this.#states.get(ref) === state) return
    this.#states.set(ref, state)
    this.#unstored.add(ref)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.store(), STORE_DELAY_MS)
  }

  /** A scenario goes on under another reference. */
  rename(from: string, to: string): void {
    const state = this.#states.get(from)
    this.forget(from)
    if (state !== undefined) this.keep(to, state)
  }

  forget(ref: string): void {
    this.#states.delete(ref)
    this.#unstored.delete(ref)
    forgetUndo(ref)
  }

  /** Stores what has changed, now. */
  store(): void {
    clearTimeout(this.#timer)
    for (const ref of this.#unstored) {
      const state = this.#states.get(ref)
      if (state !== undefined) storeUndo(ref, state)
    }
    this.#unstored.clear()
  }
}

function withText(state: EditorState, text: string): EditorState {
  const changes = changeTo(state.doc.toString(), text)
  return changes === undefined ? state : state.update({ changes }).state
}

/** The one stretch that makes `after` of `before`; `undefined` when they are equal. */
export function changeTo(before: string, after: string): ChangeSpec | undefined {
  if (before === after) return undefined
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start] === after[start]) start += 1
  let end = 0
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) }
}
