import {
  EXPERIMENT_RUNS_MAX,
  NOTE_LENGTH_MAX,
  QUESTION_LENGTH_MAX,
  TAG_LENGTH_MAX,
  TAGS_MAX,
  TITLE_LENGTH_MAX,
} from '../../shared/journal.ts'
import { SCENARIO_NAME_LENGTH_MAX } from '../../shared/saved-scenario.ts'
import { SCENARIO_LENGTH_MAX } from '../../shared/scenario.ts'
import { JournalError } from './journal-error.ts'

/** Characters of a scenario's text kept with a run; the largest captured traces are kept as files instead. */
export const SOURCE_LENGTH_MAX = 1_000_000
/** Characters of a failed run's reason that are kept. */
export const FAILURE_LENGTH_MAX = 2000
/** Experiments in one answer of listExperiments. */
export const LIST_LENGTH_MAX = 10_000
/** Experiments that one query finds; a journal of more is too large for a list. */
export const MATCHES_MAX = 1_000_000

/** The title as it is kept: without white space around it. */
export function acceptedTitle(title: string): string {
  const trimmed = title.trim()
  if (trimmed === '') throw new JournalError('An experiment needs a title. Enter at least one character.')
  return withinLength(trimmed, TITLE_LENGTH_MAX, 'title')
}

export function acceptedQuestion(question: string): string {
  return withinLength(question, QUESTION_LENGTH_MAX, 'question')
}

export function acceptedNote(text: string): string {
  return withinLength(text, NOTE_LENGTH_MAX, 'note')
}

export function acceptedSource(source: string): string {
  return withinLength(source, SOURCE_LENGTH_MAX, 'scenario source')
}

/** The name of a saved scenario as it is kept: without white space around it. */
export function acceptedScenarioName(name: string): string {
  const trimmed = name.trim()
  if (trimmed === '') throw new JournalError('A scenario needs a name. Enter at least one character.')
  return withinLength(trimmed, SCENARIO_NAME_LENGTH_MAX, 'name')
}

export function acceptedScenarioText(source: string): string {
  return withinLength(source, SCENARIO_LENGTH_MAX, 'scenario')
}

/** The tags as they are kept: trimmed, each once, whatever its case, in the given order. */
export function acceptedTags(tags: readonly string[]): readonly string[] {
  const accepted = new Map<string, string>()
  for (const tag of tags) {
    const trimmed = tag.trim()
    if (trimmed === '') throw new JournalError('A tag is empty. Enter at least one character, or leave the tag out.')
    withinLength(trimmed, TAG_LENGTH_MAX, 'tag')
    const key = trimmed.toLowerCase()
    if (!accepted.has(key)) accepted.set(key, trimmed)
  }
  if (accepted.size > TAGS_MAX) {
    throw new JournalError(
      `An experiment takes at most ${TAGS_MAX} tags (TAGS_MAX); these are ${accepted.size}. Leave some out.`,
    )
  }
  return [...accepted.values()]
}

export function requireRunCount(runs: number): void {
  if (runs >= 1 && runs <= EXPERIMENT_RUNS_MAX) return
  throw new JournalError(
    `An experiment takes 1 to ${EXPERIMENT_RUNS_MAX} runs (EXPERIMENT_RUNS_MAX); these are ${runs}. Choose fewer or more.`,
  )
}

const LIMIT_NAMES = {
  title: 'TITLE_LENGTH_MAX',
  question: 'QUESTION_LENGTH_MAX',
  note: 'NOTE_LENGTH_MAX',
  'note of a bookmark': 'BOOKMARK_NOTE_LENGTH_MAX',
  tag: 'TAG_LENGTH_MAX',
  'scenario source': 'SOURCE_LENGTH_MAX',
  name: 'SCENARIO_NAME_LENGTH_MAX',
  scenario: 'SCENARIO_LENGTH_MAX',
} as const

export function withinLength(text: string, lengthMax: number, what: keyof typeof LIMIT_NAMES): string {
  if (text.length <= lengthMax) return text
  throw new JournalError(
    `The ${what} has ${text.length} characters; at most ${lengthMax} are accepted (${LIMIT_NAMES[what]}). Shorten it.`,
  )
}
