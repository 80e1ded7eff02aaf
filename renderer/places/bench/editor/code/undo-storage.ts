import { historyField } from '@codemirror/commands'
import { EditorState, type Extension } from '@codemirror/state'
import { z } from 'zod'
import { readStored, writeStored } from '../../../../storage.ts'

/** Characters of JSON that are kept of one scenario's undo history; the oldest steps go first. */
const HISTORY_LENGTH_MAX = 100_000
/** Scenarios whose undo history is kept; the one edited longest ago goes first. */
const SCENARIOS_MAX = 20

const INDEX_KEY = 'scenario-undo'
const FIELDS = { history: historyField }

const refsSchema = z.array(z.string())
const historySchema = z.object({ done: z.array(z.unknown()), undone: z.array(z.unknown()) })
const storedSchema = z.object({ text: z.string(), selection: z.unknown(), history: historySchema })
const jsonSchema = z.object({ selection: z.unknown(), history: historySchema })

const keyOf = (ref: string): string => `${INDEX_KEY}:${ref}`

/** Keeps the undo history and the selection of a scenario's editor beyond the end of the app. */
export function storeUndo(ref: string, state: EditorState): void {
  const { selection, history } = jsonSchema.parse(state.toJSON(FIELDS))
  const stored = { text: fingerprint(state.doc.toString()), selection, history: bounded(history) }
  // Without room for it the history ends with the app; the text does not
  if (!writeStored(keyOf(ref), stored)) return
  const refs = [ref, ...storedRefs().filter((other) => other !== ref)]
  for (const forgotten of refs.slice(SCENARIOS_MAX)) localStorage.removeItem(keyOf(forgotten))
  writeStored(INDEX_KEY, refs.slice(0, SCENARIOS_MAX))
}

/** Makes room for texts. */
export function forgetAllUndo(): void {
  for (const ref of storedRefs()) forgetUndo(ref)
}

export function forgetUndo(ref: string): void {
  localStorage.removeItem(keyOf(ref))
  writeStored(
    INDEX_KEY,
    storedRefs().filter((other) => other !== ref),
  )
}

/** An editor of this text with the history that was stored for it; `undefined` when there is none for exactly this text. */
export function editorWithStoredUndo(ref: string, text: string, extensions: Extension): EditorState | undefined {
  const stored = storedSchema.safeParse(readStored(keyOf(ref)))
  if (!stored.success || stored.data.text !== fingerprint(text)) return undefined
  const { selection, history } = stored.data
  try {
    return EditorState.fromJSON({ doc: text, selection, history }, { extensions }, FIELDS)
  } catch {
    // Damaged, or written by another version: the text is not in it, so nothing is lost but the history
    return undefined
  }
}

type StoredHistory = z.infer<typeof historySchema>

function bounded({ done, undone }: StoredHistory): StoredHistory {
  let room = HISTORY_LENGTH_MAX
  const newest = (steps: readonly unknown[]): unknown[] => {
    const kept = steps.toReversed().findIndex((step) => (room -= JSON.stringify(step).length) < 0)
    return kept === -1 ? [...steps] : steps.slice(steps.length - kept)
  }
  return { done: newest(done), undone: newest(undone) }
}

function storedRefs(): readonly string[] {
  const refs = refsSchema.safeParse(readStored(INDEX_KEY))
  return refs.success ? refs.data : []
}

/** Tells texts apart that a history could be for: length and a 32-bit FNV-1a hash. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5
  for (let offset = 0; offset < text.length; offset += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(offset), 0x01000193)
  }
  return `${text.length}-${(hash >>> 0).toString(16)}`
}
