import { history } from '@codemirror/commands'
import {
  Annotation,
  StateField,
  type EditorState,
  Transaction,
  type Extension,
  type TransactionSpec,
} from '@codemirror/state'
import type { CheckedParameter } from '../../../../../shared/scenario-check.ts'
import { defaultPlaces } from '../ready-text.ts'
import { presentOffset } from './checked-text.ts'

/** Names the drag, or the visit to a field, that an edit belongs to: all edits of one gesture are one step of undo. */
const gestureOf = Annotation.define<number>()

/** Longest pause between two edits of one gesture. */
const GESTURE_PAUSE_MS = 600_000
/** Longest pause between two typed characters of one step of undo. */
const TYPING_PAUSE_MS = 500

interface LastEdit {
  readonly timeMs: number
  readonly gesture: number | undefined
}

const lastEdit = StateField.define<LastEdit>({
  create: () => ({ timeMs: 0, gesture: undefined }),
  update: (value, transaction) => (transaction.docChanged ? editOf(transaction) : value),
})

function editOf(transaction: Transaction): LastEdit {
  return { timeMs: transaction.annotation(Transaction.time) ?? 0, gesture: transaction.annotation(gestureOf) }
}

function belongsToLast(transaction: Transaction, isAdjacent: boolean): boolean {
  const last = transaction.startState.field(lastEdit)
  const now = editOf(transaction)
  if (now.gesture !== undefined || last.gesture !== undefined) return now.gesture === last.gesture
  return isAdjacent && now.timeMs - last.timeMs < TYPING_PAUSE_MS
}

/** Undo that takes a drag of a slider back as a whole. */
export const editHistory: Extension = [
  lastEdit,
  history({ newGroupDelay: GESTURE_PAUSE_MS, joinToEvent: belongsToLast }),
]

/**
 * Makes `value` the default of a parameter in the text. A parameter that is only used gets its declaration with it.
 * `undefined` when the text says so already.
 */
export function defaultEdit(
  state: EditorState,
  parameter: CheckedParameter,
  value: number,
  gesture: number,
): TransactionSpec | undefined {
  const annotations = gestureOf.of(gesture)
  const insert = String(value)
  const place = placeOfDefault(state, parameter)
  if (place === undefined) return { changes: { from: 0, insert: declarationOf(state, parameter, value) }, annotations }
  if (state.sliceDoc(place.from, place.to) === insert) return undefined
  return { changes: { ...place, insert }, annotations }
}

function placeOfDefault(
  state: EditorState,
  { name, defaultAt }: CheckedParameter,
): { readonly from: number; readonly to: number } | undefined {
  if (defaultAt === undefined) {
    // Declared by an earlier edit that no check has seen yet
    const [place] = defaultPlaces(state.doc.toString(), [name])
    return place && { from: place.from, to: place.to }
  }
  const from = presentOffset(state, defaultAt.from, -1)
  return { from, to: Math.max(from, presentOffset(state, defaultAt.to, 1)) }
}

function declarationOf(state: EditorState, { name, min, max, help }: CheckedParameter, value: number): string {
  const line = `static int ${name} = ${value}; /* ${min}..${max}: ${help} */\n`
  return state.sliceDoc(0, 7) === 'static ' ? line : `${line}\n`
}
