/** What can be done in the window by command: for palette, menus, shortcuts and buttons, also while its place is not shown. */

/** A keyboard shortcut as it is shown, such as `Ctrl+Shift+L`, `M` or `?`. On macOS, Ctrl is the Command key. */
export type Shortcut = string

/** Where a command acts. */
export const SCOPES = {
  window: 'Everywhere',
  bench: 'Bench',
  replay: 'Replay',
  compare: 'Compare',
  sweep: 'Sweep',
  journal: 'Journal',
  reports: 'Reports',
} as const
export type Scope = keyof typeof SCOPES

export interface CatalogEntry {
  readonly scope: Scope
  /** A verb and its object, as in the palette. */
  readonly title: string
  /** By default. */
  readonly key?: Shortcut
  /** A key that is held down goes on running it. */
  readonly repeats?: true
  /** Acts only while there is something to end, so that several may have the same key. */
  readonly ends?: true
  /** Acts only while its part of the window has the focus, and then before any other with its key. */
  readonly focused?: true
}

function entry(
  scope: Scope,
  title: string,
  key?: Shortcut,
  more?: Pick<CatalogEntry, 'repeats' | 'ends' | 'focused'>,
): CatalogEntry {
  return { scope, title, ...(key !== undefined && { key }), ...more }
}

export const COMMANDS = {
  'go-bench': entry('window', 'Go to Bench', 'Ctrl+1'),
  'go-replay': entry('window', 'Go to Replay', 'Ctrl+2'),
  'go-compare': entry('window', 'Go to Compare', 'Ctrl+3'),
  'go-sweep': entry('window', 'Go to Sweep', 'Ctrl+4'),
  'go-journal': entry('window', 'Go to Journal', 'Ctrl+5'),
  'go-reports': entry('window', 'Go to Reports', 'Ctrl+6'),
  'open-moment': entry('window', 'Open a moment of a replay…'),
  'new-window': entry('window', 'New window', 'Ctrl+Shift+N'),
  'new-experiment': entry('window', 'New experiment', 'Ctrl+N'),
  run: entry('window', 'Run the experiment or the sweep', 'Ctrl+Enter'),
  'export-report': entry('window', 'Export the report', 'Ctrl+E'),
  pause: entry('window', 'Pause the running experiment', 'F9'),
  cancel: entry('window', 'Cancel the running experiment', 'Esc', { ends: true }),
  'journal-file': entry('window', 'Journal file: check, back up, open another, merge'),
  palette: entry('window', 'Search runs and commands', 'Ctrl+K'),
  settings: entry('window', 'Open settings', 'Ctrl+,'),
  keys: entry('window', 'Show and change keyboard shortcuts', '?'),
  undo: entry('window', 'Undo the last change', 'Ctrl+Z'),
  'theme-toggle': entry('window', 'Switch theme', 'Ctrl+Shift+L'),
  'next-panel': entry('window', 'Next panel', 'F6'),
  'previous-panel': entry('window', 'Previous panel', 'Shift+F6'),
  guide: entry('window', 'Open or close the guide', 'F1'),
  explain: entry('window', 'Explain what is shown', 'Shift+F1'),
  tour: entry('window', 'Take the tour of the 2015 patch'),
  welcome: entry('window', 'Show the welcome'),

  'run-new': entry('bench', 'Run what is new and add it to this experiment', 'Ctrl+Shift+Enter'),
  'next-problem': entry('bench', 'Go to the next problem', 'F8'),
  'previous-problem': entry('bench', 'Go to the previous problem in the text', 'Shift+F8'),
  machine: entry('bench', 'Choose the machine', 'M'),
  'edit-machine': entry('bench', 'Edit the machine, or a copy of it'),
  'import-config': entry('bench', 'Import a kernel .config as a machine'),
  models: entry('bench', 'Choose kernel models', 'K'),
  'new-model': entry('bench', 'New kernel model', 'Ctrl+Shift+M'),
  'bench-replay': entry('bench', 'Replay these runs', 'R'),
  'bench-report': entry('bench', 'Write a report on these runs', 'P'),
  'scenario-new': entry('bench', 'New scenario', 'Ctrl+Alt+N'),
  'scenario-choose': entry('bench', 'Choose scenarios…', 'Ctrl+O'),
  'scenario-save': entry('bench', 'Save scenario', 'Ctrl+S'),
  'scenario-versions': entry('bench', 'Versions of the scenario…', 'Ctrl+Alt+V'),
  'scenario-duplicate': entry('bench', 'Duplicate scenario', 'Ctrl+Shift+D'),
  'scenario-rename': entry('bench', 'Rename scenario…', 'F2'),
  'scenario-delete': entry('bench', 'Delete scenario…', 'Ctrl+Shift+Delete'),
  'scenario-import': entry('bench', 'Import .c file or trace…', 'Ctrl+Shift+O'),
  'scenario-export': entry('bench', 'Export as .c file…', 'Ctrl+Shift+S'),
  'scenario-fix': entry('bench', 'Fix the problem at the cursor', 'Ctrl+.'),
  'scenario-help': entry('bench', 'Help for the name at the cursor', 'F1', { focused: true }),
  'scenario-search': entry('bench', 'Search and replace in the scenario', 'Ctrl+F'),
  'scenario-form': entry('bench', 'Text or form of the scenario', 'Ctrl+Alt+F'),

  'replay-play': entry('replay', 'Play or pause the replay', 'Space'),
  'replay-forward': entry('replay', 'Next operation', 'Right', { repeats: true }),
  'replay-back': entry('replay', 'Operation before', 'Left', { repeats: true }),
  'replay-next-event': entry('replay', 'Next event', 'Shift+Right'),
  'replay-event-before': entry('replay', 'Event before', 'Shift+Left'),
  'replay-start': entry('replay', 'To the beginning', 'Home'),
  'replay-end': entry('replay', 'To the end', 'End'),
  'replay-page-forward': entry('replay', 'Forward by 1 %', 'PageDown', { repeats: true }),
  'replay-page-back': entry('replay', 'Back by 1 %', 'PageUp', { repeats: true }),
  'replay-go': entry('replay', 'Go to an operation', 'G'),
  'replay-find': entry('replay', 'Find a moment', '/'),
  'replay-blocks': entry('replay', 'Next block allocated', 'B'),
  'replay-drains': entry('replay', 'Next purge or drain', 'N'),
  'replay-iteration': entry('replay', 'Next iteration of the loop', 'I'),
  'replay-iteration-before': entry('replay', 'Iteration before', 'Shift+I'),
  'replay-divergence': entry('replay', 'Go to the first divergence', 'D'),
  'replay-bookmark': entry('replay', 'Keep this moment as a bookmark', 'M'),
  'replay-link': entry('replay', 'Save a link to this moment…', 'Ctrl+Shift+S'),
  'replay-swap': entry('replay', 'Swap the sides', 'X'),
  'replay-slower': entry('replay', 'Play slower', '['),
  'replay-faster': entry('replay', 'Play faster', ']'),
  'replay-picture': entry('replay', 'Copy this moment as a picture', 'Ctrl+Shift+C'),
  'replay-save-svg': entry('replay', 'Save this moment as SVG…'),
  'replay-save-png': entry('replay', 'Save this moment as PNG…'),
  'replay-animate': entry('replay', 'Save an animation of some moments…', 'Ctrl+Shift+A'),
  'replay-cancel': entry('replay', 'Cancel what Replay is doing', 'Esc', { ends: true }),

  'compare-add': entry('compare', 'Add runs to the comparison', 'A'),
  'compare-baseline': entry('compare', 'Make the run the baseline, or no longer', 'B'),
  'compare-differences': entry('compare', 'Show only counters that differ', 'F'),
  'compare-pin': entry('compare', 'Pin the run to the top, or no longer', 'I'),
  'compare-remove': entry('compare', 'Take the run out of the comparison', 'Delete'),
  'compare-back': entry('compare', 'Move the run back', 'Alt+Left'),
  'compare-forward': entry('compare', 'Move the run on', 'Alt+Right'),
  'compare-copy': entry('compare', 'Copy the comparison for a spreadsheet'),
  'compare-csv': entry('compare', 'Copy the comparison as CSV'),
  'compare-clear': entry('compare', 'Take all runs out of the comparison'),

  'measure-sweep': entry('sweep', 'Measure how long the sweep takes'),
  'pause-sweep': entry('sweep', 'Pause the sweep', 'Space'),
  'cancel-sweep': entry('sweep', 'Cancel the sweep', 'Esc', { ends: true }),
  'resume-sweep': entry('sweep', 'Make the rest of the shown sweep'),
  'open-seed': entry('sweep', 'Open a seed of the sweep', 'O'),
  'copy-sweep': entry('sweep', 'Copy the statistics of the sweep', 'Ctrl+Shift+C'),

  'search-journal': entry('journal', 'Search the journal', '/'),
  'search-help': entry('journal', 'Explain how to search the journal'),
  'start-experiment': entry('journal', 'Set up a new experiment', 'N'),
  'open-on-bench': entry('journal', 'Open on Bench', 'B'),
  'open-in-window': entry('journal', 'Open in a new window', 'W'),
  rename: entry('journal', 'Rename the experiment', 'F2'),
  rerun: entry('journal', 'Run again and compare', 'Shift+R'),
  report: entry('journal', 'Write a report on it', 'P'),
  replay: entry('journal', 'Replay its runs', 'R'),
  compare: entry('journal', 'Add to the comparison', 'C'),
  star: entry('journal', 'Star the experiment', 'S'),
  tag: entry('journal', 'Add a tag', 'T'),
  archive: entry('journal', 'Archive the experiment, or take it out again', 'A'),
  trash: entry('journal', 'Move the experiment to the trash', 'Delete'),
  restore: entry('journal', 'Restore the experiment from the trash'),
  'show-trash': entry('journal', 'Show the trash'),
  'empty-trash': entry('journal', 'Empty the trash'),
  'select-all': entry('journal', 'Select all experiments of the list'),
  note: entry('journal', 'Edit the note', 'E'),
  history: entry('journal', 'Show versions of the note', 'H'),
  'notes-beside': entry('journal', 'Show the notes of two selected experiments side by side'),

  'copy-report': entry('reports', 'Copy the report as plain text', 'Ctrl+Shift+C'),
  'report-runs': entry('reports', 'Choose the runs of the report', 'A'),
  'next-preview': entry('reports', 'Show the next preview', 'V'),
} as const satisfies Readonly<Record<string, CatalogEntry>>

export type CommandId = keyof typeof COMMANDS
export const COMMAND_IDS = Object.keys(COMMANDS) as readonly CommandId[]

/** The user's own shortcuts, by command; empty for none. */
export type KeyChanges = Readonly<Partial<Record<CommandId, Shortcut>>>

/** A command's shortcut, or `undefined` when it has none. */
export function keyOf(id: CommandId, changes: KeyChanges): Shortcut | undefined {
  const { key }: CatalogEntry = COMMANDS[id]
  const now = changes[id] ?? key
  return now === '' ? undefined : now
}

/** The commands that would answer to a key of another one, too: those of its place and those that act everywhere. */
export function clashesOf(id: CommandId, key: Shortcut, changes: KeyChanges): readonly CommandId[] {
  const { scope, ends, focused }: CatalogEntry = COMMANDS[id]
  return COMMAND_IDS.filter((other) => {
    const found: CatalogEntry = COMMANDS[other]
    const together = found.scope === scope || found.scope === 'window' || scope === 'window'
    const apart = (ends === true && found.ends === true) || focused !== found.focused
    return other !== id && together && !apart && keyOf(other, changes) === key
  })
}
