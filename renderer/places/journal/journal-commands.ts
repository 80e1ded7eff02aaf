import type { ExperimentRecord, ExperimentSummary } from '../../../shared/journal.ts'
import type { Command } from '../../commands/registry.ts'

/** What the Journal can do, and when. */
export interface JournalActions {
  /** The experiment that is shown. */
  readonly current: () => ExperimentRecord | undefined
  /** Experiments are selected, or one is shown. */
  readonly hasTargets: () => boolean
  readonly everyTarget: (holds: (experiment: ExperimentSummary) => boolean) => boolean
  readonly canStart: () => boolean
  readonly canShowBeside: () => boolean
  readonly focusSearch: () => void
  readonly showHelp: () => void
  readonly start: () => void
  readonly openOnBench: (experiment: ExperimentRecord) => void
  readonly rename: () => void
  readonly rerun: (experiment: ExperimentRecord) => void
  readonly report: (experiment: ExperimentRecord) => void
  readonly replay: (experiment: ExperimentRecord) => void
  readonly compare: () => void
  readonly star: () => void
  readonly tag: () => void
  readonly archive: () => void
  readonly trash: () => void
  readonly restore: () => void
  readonly showTrash: () => void
  readonly emptyTrash: () => void
  readonly showBeside: () => void
  readonly selectAll: () => void
  readonly editNote: () => void
  readonly showHistory: () => void
}

const isTrashed = ({ trashedAtMs }: ExperimentSummary): boolean => trashedAtMs !== undefined

export function journalCommands(act: JournalActions): readonly Command[] {
  /** Done to the experiment that is shown. */
  const shown = (run: (experiment: ExperimentRecord) => void): Pick<Command, 'enabled' | 'run'> => ({
    enabled: () => act.current() !== undefined,
    run: () => {
      const experiment = act.current()
      if (experiment !== undefined) run(experiment)
    },
  })
  /** Done to the selected experiments, or to the one that is shown. */
  const targets = (run: () => void, meets = () => true): Pick<Command, 'enabled' | 'run'> => ({
    enabled: () => act.hasTargets() && meets(),
    run,
  })
  const inTrash = (): boolean => act.everyTarget(isTrashed)
  return [
    { id: 'search-journal', title: 'Search the journal', shortcut: '/', run: act.focusSearch },
    { id: 'search-help', title: 'Explain how to search the journal', run: act.showHelp },
    {
      id: 'start-experiment',
      title: 'Set up a new experiment',
      shortcut: 'N',
      enabled: act.canStart,
      run: act.start,
    },
    { id: 'open-on-bench', title: 'Open on Bench', shortcut: 'B', ...shown(act.openOnBench) },
    { id: 'rename', title: 'Rename the experiment', shortcut: 'F2', ...shown(act.rename) },
    { id: 'rerun', title: 'Run again and compare', shortcut: 'Shift+R', ...shown(act.rerun) },
    { id: 'report', title: 'Write a report on it', shortcut: 'P', ...shown(act.report) },
    { id: 'replay', title: 'Replay its runs', shortcut: 'R', ...shown(act.replay) },
    { id: 'compare', title: 'Add to the comparison', shortcut: 'C', ...targets(act.compare) },
    { id: 'star', title: 'Star the experiment', shortcut: 'S', ...targets(act.star) },
    { id: 'tag', title: 'Add a tag', shortcut: 'T', ...targets(act.tag) },
    {
      id: 'archive',
      title: 'Archive the experiment, or take it out again',
      shortcut: 'A',
      ...targets(act.archive),
    },
    {
      id: 'trash',
      title: 'Move the experiment to the trash',
      shortcut: 'Delete',
      ...targets(act.trash, () => !inTrash()),
    },
    { id: 'restore', title: 'Restore the experiment from the trash', ...targets(act.restore, inTrash) },
    { id: 'show-trash', title: 'Show the trash', run: act.showTrash },
    { id: 'empty-trash', title: 'Empty the trash', run: act.emptyTrash },
    {
      id: 'notes-beside',
      title: 'Show the notes of two selected experiments side by side',
      enabled: act.canShowBeside,
      run: act.showBeside,
    },
    { id: 'select-all', title: 'Select all experiments of the list', run: act.selectAll },
    { id: 'note', title: 'Edit the note', shortcut: 'E', ...shown(act.editNote) },
    { id: 'history', title: 'Show versions of the note', shortcut: 'H', ...shown(act.showHistory) },
  ]
}
