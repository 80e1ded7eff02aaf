import type { JournalApi } from '../shared/contract/journal.ts'
import type { Outcome } from '../shared/contract.ts'
import type { JournalFile } from '../shared/journal.ts'
import type { ApiParts } from './api-parts.ts'
import { refusal, type JournalChanges } from './api-outcomes.ts'
import { ChosenJournal } from './chosen-journal.ts'
import { askForJournal, askForNewJournal } from './journal-dialogs.ts'

/** The journal: its file, what it holds, and what is done with it, for one page. */
export function journalApi(
  { lab, window, openJournal }: Pick<ApiParts, 'lab' | 'window' | 'openJournal'>,
  changes: JournalChanges,
): JournalApi {
  const { journal } = lab
  const chosen = new ChosenJournal(lab)

  async function opened(path: string): Promise<Outcome<string>> {
    try {
      await openJournal(path)
      return { kind: 'done', value: path }
    } catch (error) {
      return refusal(error)
    }
  }

  function fileAfter(outcome: Outcome<undefined>): Outcome<JournalFile> {
    return outcome.kind === 'done' ? { kind: 'done', value: journal.fileFacts() } : outcome
  }

  return {
    journalFile: () => Promise.resolve(journal.fileFacts()),
    checkJournal: async () => fileAfter(await changes.worked(() => lab.journalWork.check())),
    backUpJournal: async () => fileAfter(await changes.worked(() => lab.journalWork.backUp())),
    cancelJournalWork: () => {
      lab.journalWork.cancel()
      return Promise.resolve()
    },
    chooseJournalToMerge: async () => {
      const owner = window()
      const path = owner && (await askForJournal(owner, 'Merge a journal'))
      return path === undefined ? { kind: 'declined' } : changes.worked(() => chosen.choose(path))
    },
    mergeChosenJournal: () => changes.worked(() => chosen.merge()),
    openJournal: async () => {
      const owner = window()
      const path = owner && (await askForJournal(owner, 'Open a journal'))
      return path === undefined ? { kind: 'declined' } : opened(path)
    },
    newJournal: async () => {
      const owner = window()
      const path = owner && (await askForNewJournal(owner))
      return path === undefined ? { kind: 'declined' } : opened(path)
    },
    journalTotals: () => Promise.resolve(journal.totals()),
    listExperiments: (query) => Promise.resolve(journal.listExperiments(query)),
    findExperiments: (search) => Promise.resolve(journal.findExperiments(search)),
    readExperiments: (search, ids) => Promise.resolve(journal.readExperiments(search, ids)),
    journalFacets: (search) => Promise.resolve(journal.facets(search)),
    journalNames: () => Promise.resolve(journal.names()),
    openExperiment: (experimentId) => Promise.resolve(journal.openExperiment(experimentId)),
    openRun: (runId) => Promise.resolve(journal.openRun(runId)),
    summarizeRuns: (runIds) => Promise.resolve(journal.summarizeRuns(runIds)),
    renameExperiment: (experimentId, title) => changes.made(() => journal.renameExperiment(experimentId, title)),
    writeNote: (experimentId, text, stretch) => changes.made(() => journal.writeNote(experimentId, text, stretch)),
    experimentTitled: (title) => Promise.resolve(journal.experimentTitled(title)),
    setTags: (experimentId, tags) => changes.made(() => journal.setTags(experimentId, tags)),
    setStarred: (experimentId, starred) => changes.made(() => journal.setStarred(experimentId, starred)),
    changeMarks: (ids, change) => changes.worked(() => lab.journalWork.changeMarks(ids, change)),
    restoreMarks: (marks) => changes.worked(() => lab.journalWork.restoreMarks(marks)),
    trashContents: () => Promise.resolve(journal.trashContents()),
    emptyTrash: () => changes.worked(() => lab.journalWork.emptyTrash()),
  }
}
