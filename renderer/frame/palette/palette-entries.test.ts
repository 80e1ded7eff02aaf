import { describe, expect, it } from 'vitest'
import {
  paletteSections,
  SECTION_ENTRIES_MAX,
  titleParts,
  type EntryKind,
  type PaletteEntry,
} from './palette-entries.ts'

const entry = (kind: EntryKind, title: string, note?: string): PaletteEntry => ({
  ...{ kind, id: title, title, ...(note !== undefined && { note }) },
  run: () => undefined,
})
const entries = [
  entry('command', 'Go to Bench'),
  entry('command', 'Run the experiment'),
  entry('command', 'Move the run on', 'Compare'),
  entry('command', 'Write a report on it', 'Journal'),
  entry('experiment', 'Leak at 16 pages'),
  entry('model', 'v6.12', 'add to the experiment'),
  entry('setting', 'Theme: dark'),
]
const shown = (text: string, recent: readonly string[] = []) =>
  paletteSections({ text, entries, recent }).map(({ title, entries: of }) => [title, of.map((each) => each.title)])

describe('the palette', () => {
  it('shows what was chosen last and then all commands while nothing is typed', () => {
    expect(shown('', ['command:Move the run on', 'command:gone'])).toEqual([
      ['Chosen last', ['Move the run on']],
      ['Commands', ['Go to Bench', 'Run the experiment', 'Move the run on', 'Write a report on it']],
    ])
  })

  it('finds all words in title or note, titles that begin with them first, each kind by itself', () => {
    expect(shown('run')).toEqual([
      ['Commands', ['Run the experiment', 'Move the run on']],
      ['Experiments', ['Leak at 16 pages']],
    ])
    expect(shown('compare run')[0]).toEqual(['Commands', ['Move the run on']])
    expect(shown('DARK')).toContainEqual(['Settings', ['Theme: dark']])
    expect(shown('kernel v6')).toContainEqual(['Kernel models', ['v6.12']])
    expect(shown('experiment').flat(2)).not.toContain('v6.12')
    expect(shown('v6.12')).toContainEqual(['Kernel models', ['v6.12']])
    expect(shown('v6x12').flat(2)).not.toContain('v6.12')
  })

  it('shows commands alone after >', () => {
    expect(shown('>')).toEqual([['Commands', entries.slice(0, 4).map(({ title }) => title)]])
    expect(shown('> go')).toEqual([['Commands', ['Go to Bench']]])
  })

  it('shows so many of each kind and no more', () => {
    const many = Array.from({ length: 50 }, (_, place) => entry('scenario', `Scenario ${place}`))
    const [section] = paletteSections({ text: 'scenario', entries: many, recent: [] })
    expect(section?.entries).toHaveLength(SECTION_ENTRIES_MAX)
  })

  it('marks what was searched for, whatever its signs mean elsewhere', () => {
    expect(titleParts('Run (a) run', ['run', '(a)'])).toEqual([
      { text: 'Run', marked: true },
      { text: ' ', marked: false },
      { text: '(a)', marked: true },
      { text: ' ', marked: false },
      { text: 'run', marked: true },
    ])
    expect(titleParts('As it is', [])).toEqual([{ text: 'As it is', marked: false }])
  })
})
