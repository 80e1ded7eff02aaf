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
  readonly openInWindow: (experimentId: number) => void
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
    { id: 'search-journal', run: act.focusSearch },
    { id: 'search-help', run: act.showHelp },
    {
      id: 'start-experiment',
      enabled: act.canStart,
      run: act.start,
    },
    { id: 'open-on-bench', ...shown(act.openOnBench) },
    { id: 'open-in-window', ...shown(({ id }) => act.openInWindow(id)) },
    { id: 'rename', ...shown(act.rename) },
    { id: 'rerun', ...shown(act.rerun) },
    { id: 'report', ...shown(act.report) },
    { id: 'replay', ...shown(act.replay) },
    { id: 'compare', ...targets(act.compare) },
    { id: 'star', ...targets(act.star) },
    { id: 'tag', ...targets(act.tag) },
    {
      id: 'archive',
      ...targets(act.archive),
    },
    {
      id: 'trash',
      ...targets(act.trash, () => !inTrash()),
    },
    { id: 'restore', ...targets(act.restore, inTrash) },
    { id: 'show-trash', run: act.showTrash },
    { id: 'empty-trash', run: act.emptyTrash },
    {
      id: 'notes-beside',
      enabled: act.canShowBeside,
      run: act.showBeside,
    },
    { id: 'select-all', run: act.selectAll },
    { id: 'note', ...shown(act.editNote) },
    { id: 'history', ...shown(act.showHistory) },
  ]
}
