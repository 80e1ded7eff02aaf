import type { CommandId } from '../../../shared/command-catalog.ts'

/** What palette entries are, in the order of their sections. */
export const SECTIONS = {
  run: 'Run',
  command: 'Commands',
  experiment: 'Experiments',
  scenario: 'Scenarios',
  model: 'Kernel models',
  setting: 'Settings',
  search: 'Search',
} as const
export type EntryKind = keyof typeof SECTIONS

/** Something that can be chosen in the palette. */
export interface PaletteEntry {
  readonly kind: EntryKind
  /** Of its kind; with the kind it names the entry for ever. */
  readonly id: string
  readonly title: string
  /** Where it acts or what it is, in a word or two. */
  readonly note?: string
  /** The command whose key is shown. */
  readonly command?: CommandId
  readonly run: () => void
}

export interface PaletteSection {
  readonly title: string
  readonly entries: readonly PaletteEntry[]
}

/** Entries of one section that are shown while something is searched for. */
export const SECTION_ENTRIES_MAX = 12

export function keyOfEntry({ kind, id }: PaletteEntry): string {
  return `${kind}:${id}`
}

export interface PaletteQuestion {
  /** As typed. */
  readonly text: string
  readonly entries: readonly PaletteEntry[]
  /** Keys of the entries chosen last, newest first. */
  readonly recent: readonly string[]
}

/**
 * What the palette shows: with nothing typed what was chosen last and all commands; with `>` commands alone; otherwise whatever
 * has all the words, the best matches of each kind first.
 */
export function paletteSections({ text, entries, recent }: PaletteQuestion): readonly PaletteSection[] {
  const typed = text.trim()
  const commandsOnly = typed.startsWith('>')
  const words = wordsOf(typed)
  if (words.length === 0) {
    const commands = entries.filter(({ kind }) => kind === 'command')
    const last = recent.flatMap((key) => entries.find((entry) => keyOfEntry(entry) === key) ?? [])
    return sections([['Chosen last', commandsOnly ? [] : last] as const, [SECTIONS.command, commands] as const])
  }
  const kinds = Object.keys(SECTIONS) as EntryKind[]
  return sections(
    kinds
      .filter((kind) => !commandsOnly || kind === 'command')
      .map(
        (kind) =>
          [
            SECTIONS[kind],
            bestOf(
              entries.filter((entry) => entry.kind === kind),
              words,
            ),
          ] as const,
      ),
  )
}

function sections(
  all: readonly (readonly [title: string, entries: readonly PaletteEntry[]])[],
): readonly PaletteSection[] {
  return all.map(([title, entries]) => ({ title, entries })).filter(({ entries }) => entries.length > 0)
}

/** The words that are searched for, in small letters. */
export function wordsOf(typed: string): readonly string[] {
  return typed
    .replace(/^>/, '')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
}

function bestOf(entries: readonly PaletteEntry[], words: readonly string[]): readonly PaletteEntry[] {
  return entries
    .map((entry, place) => ({ entry, place, rank: rankOf(entry, words) }))
    .filter(({ rank }) => rank !== undefined)
    .sort((left, right) => (left.rank ?? 0) - (right.rank ?? 0) || left.place - right.place)
    .slice(0, SECTION_ENTRIES_MAX)
    .map(({ entry }) => entry)
}

/** Lower is better; `undefined` when a word is missing. What the journal was searched for has been found there. */
function rankOf({ kind, title, note = '' }: PaletteEntry, words: readonly string[]): number | undefined {
  if (kind === 'experiment' || kind === 'search' || kind === 'run') return 0
  const name = title.toLowerCase()
  // Where a command acts may be searched for, and what the others are
  const text = `${name} ${(kind === 'command' ? note : SECTIONS[kind]).toLowerCase()}`
  if (!words.every((word) => text.includes(word))) return undefined
  const [first = ''] = words
  if (name.startsWith(first)) return 0
  return new RegExp(`\\b${escaped(first)}`).test(name) ? 1 : 2
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** A title in parts: those that were searched for are marked. */
export interface TitlePart {
  readonly text: string
  readonly marked: boolean
}

export function titleParts(title: string, words: readonly string[]): readonly TitlePart[] {
  if (words.length === 0) return [{ text: title, marked: false }]
  const pattern = new RegExp(
    `(${[...words]
      .sort((a, b) => b.length - a.length)
      .map(escaped)
      .join('|')})`,
    'i',
  )
  return title
    .split(pattern)
    .map((text, place) => ({ text, marked: place % 2 === 1 }))
    .filter(({ text }) => text !== '')
}
