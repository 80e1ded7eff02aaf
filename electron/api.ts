import { clipboard, type BrowserWindow } from 'electron'
import type { LabApi, LabEvents, Outcome, WindowContent } from '../shared/contract.ts'
import type { JournalFile } from '../shared/journal.ts'
import { ChosenJournal } from './chosen-journal.ts'
import { ExportedReports } from './exported-reports.ts'
import { askForJournal, askForNewJournal } from './journal-dialogs.ts'
import { JournalError } from './journal/index.ts'
import { LabError, type Lab } from './lab.ts'
import type { StartedSweep } from './lab/sweeps.ts'
import { askForScenario, saveScenarioFile } from './scenario-dialogs.ts'
import { askForMachine, saveMachineFile } from './machine-dialogs.ts'
import { askForMoment, saveMomentFile } from './moment-dialogs.ts'
import { savePictureFile } from './picture-dialog.ts'
import { momentOf } from './lab/moment-of.ts'
import type { SettingsFile } from './settings.ts'
import { LAB_VERSION } from './version.ts'

export interface ApiParts {
  readonly lab: Lab
  readonly settings: SettingsFile
  /** Number of the page that is answered. */
  readonly page: number
  /** Its window. */
  readonly window: () => BrowserWindow | undefined
  readonly openWindow: (content: WindowContent) => void
  /** Told of an experiment that is started, or added to, from this page. */
  readonly onStarted: (experimentId: number) => void
  /** Whether it was: the page goes on with such when it is loaded again. */
  readonly isStarter: (experimentId: number) => boolean
  readonly tell: <Name extends keyof LabEvents>(name: Name, payload: LabEvents[Name]) => void
  /** Goes on with another journal. @throws {JournalError} @throws {LabError} and then nothing has changed. */
  readonly openJournal: (path: string) => Promise<void>
  /** Settings were changed. */
  readonly onSettings: () => void
  /** Told of a defect that no caller waits for. */
  readonly onDefect: (error: unknown) => void
}

/** The contract's methods for one page, carried out by the lab's services. */
export function labApi(parts: ApiParts): LabApi {
  const { lab, settings, page, window, openWindow, onStarted, isStarter, tell, openJournal, onSettings, onDefect } =
    parts
  const { journal } = lab
  const reports = new ExportedReports()
  const chosen = new ChosenJournal(lab)

  async function opened(path: string): Promise<Outcome<string>> {
    try {
      await openJournal(path)
      return { kind: 'done', value: path }
    } catch (error) {
      return refusal(error)
    }
  }

  /** A change of the journal that other parts of the window have to hear of. */
  function changed(change: () => void): Promise<void> {
    change()
    tell('journalChanged', journal.totals())
    return Promise.resolve()
  }

  async function changedUnlessRefused<Value>(change: () => Value | Promise<Value>): Promise<Outcome<Value>> {
    const outcome = await unlessRefused(change)
    if (outcome.kind === 'done') tell('journalChanged', journal.totals())
    return outcome
  }

  /** What this page waits for, to be ended: the file that is read, and statistics. */
  let importing = new AbortController()
  let analysing = new AbortController()

  /** Work that may have changed the journal, whether it came to its end or not. */
  async function worked<Value>(work: () => Promise<Outcome<Value>>): Promise<Outcome<Value>> {
    const outcome = await answerUnlessRefused(work)
    tell('journalChanged', journal.totals())
    return outcome
  }

  function fileAfter(outcome: Outcome<undefined>): Outcome<JournalFile> {
    return outcome.kind === 'done' ? { kind: 'done', value: journal.fileFacts() } : outcome
  }

  /** The id of a sweep that is under way from now on. */
  function begun({ sweepId, finished }: StartedSweep): number {
    void finished.catch(onDefect)
    return sweepId
  }

  return {
    appInfo: () =>
      Promise.resolve({
        labVersion: LAB_VERSION,
        electronVersion: process.versions.electron,
        journalPath: journal.path,
        workers: lab.workers,
        platform: process.platform,
      }),
    openWindow: (content) => {
      openWindow(content)
      return Promise.resolve()
    },
    catalog: () => Promise.resolve(lab.catalog()),
    readSettings: () => Promise.resolve(settings.settings),
    changeSettings: (change) => {
      const result = settings.change(change)
      onSettings()
      tell('settingsChanged', result)
      return Promise.resolve(result)
    },

    saveModel: ({ model, formerName }) => changedUnlessRefused(() => lab.saveModel(model, formerName)),
    deleteModel: (name) => changed(() => lab.deleteModel(name)),
    saveMachine: ({ machine, formerName }) => changedUnlessRefused(() => lab.machines.save(machine, formerName)),
    deleteMachine: (name) => changed(() => lab.machines.delete(name)),
    importMachine: async (source) => {
      const owner = window()
      return owner === undefined ? { kind: 'declined' } : askForMachine(owner, source)
    },
    exportMachine: async (machine) => {
      const owner = window()
      return owner === undefined ? { kind: 'declined' } : saveMachineFile(owner, machine)
    },

    checkScenario: (source, machine) => lab.checkScenario(source, machine),
    previewScenario: (request) => lab.previewScenario(request),
    listScenarios: () => Promise.resolve(journal.savedScenarios()),
    saveScenario: (request) => changedUnlessRefused(() => lab.saveScenario(request)),
    scenarioVersions: (id) => Promise.resolve(journal.scenarioVersions(id)),
    renameScenario: (id, name) => changedUnlessRefused(() => lab.renameScenario(id, name)),
    duplicateScenario: (id) => changedUnlessRefused(() => journal.duplicateScenario(id)),
    deleteScenario: (id) => changed(() => journal.deleteScenario(id)),
    importScenario: async () => {
      const owner = window()
      const path = owner && (await askForScenario(owner))
      if (path === undefined) return { kind: 'declined' }
      importing = new AbortController()
      const { signal } = importing
      return unlessAborted(signal, () => changedUnlessRefused(() => lab.importScenario(path, signal)))
    },
    cancelImport: () => {
      importing.abort()
      return Promise.resolve()
    },
    exportScenario: async (id) => {
      const owner = window()
      const scenario = journal.savedScenarios().find((saved) => saved.id === id)
      if (owner === undefined || scenario === undefined) return { kind: 'declined' }
      return saveScenarioFile(owner, scenario)
    },

    startExperiment: (request) =>
      changedUnlessRefused(async () => {
        const { experimentId, finished } = await lab.startExperiment(request)
        onStarted(experimentId)
        void finished.catch(onDefect)
        return experimentId
      }),
    addRuns: (experimentId, runs) =>
      changedUnlessRefused(async () => {
        const { finished } = await lab.addRuns(experimentId, runs)
        onStarted(experimentId)
        void finished.catch(onDefect)
        return true as const
      }),
    cancelExperiment: (experimentId) => {
      lab.cancelExperiment(experimentId)
      return Promise.resolve()
    },
    pauseExperiment: (experimentId) => {
      lab.pauseExperiment(experimentId)
      return Promise.resolve()
    },
    resumeExperiment: (experimentId) => {
      lab.resumeExperiment(experimentId)
      return Promise.resolve()
    },
    currentJob: () => Promise.resolve(lab.currentJob(isStarter)),

    planSweep: (request) => unlessRefused(() => lab.sweeps.plan(request)),
    startSweep: (request) => unlessRefused(async () => begun(await lab.sweeps.start(request))),
    resumeSweep: (sweepId) => unlessRefused(() => begun(lab.sweeps.resume(sweepId))),
    pauseSweep: (sweepId, pause) => {
      if (pause) lab.sweeps.pause(sweepId)
      else lab.sweeps.goOn(sweepId)
      return Promise.resolve()
    },
    cancelSweep: (sweepId) => {
      lab.sweeps.cancel(sweepId)
      return Promise.resolve()
    },
    currentSweep: () => Promise.resolve(lab.sweeps.progress()),
    listSweeps: () => Promise.resolve(journal.sweeps.list()),
    openSweep: (sweepId) => Promise.resolve(journal.sweeps.open(sweepId)),
    analyseSweep: async (sweepId, cell) => {
      const { signal } = analysing
      return unlessAborted(signal, async () => ({
        kind: 'done',
        value: await lab.sweeps.analyse(sweepId, cell, signal),
      }))
    },
    cancelAnalyses: () => {
      analysing.abort()
      analysing = new AbortController()
      return Promise.resolve()
    },
    sweepColumn: (sweepId, figure, range) => Promise.resolve(lab.sweeps.column(sweepId, figure, range)),
    openReplay: (runs) => answerUnlessRefused(() => lab.replays.open(runs, page)),
    moveReplay: (replayId, move) => answerUnlessRefused(() => lab.replays.ask(replayId, 'move', move)),
    compareReplayBlocks: (replayId, part) =>
      answerUnlessRefused(() => lab.replays.ask(replayId, 'compared-blocks', part)),
    replayBlock: (replayId, run, index) =>
      answerUnlessRefused(() => lab.replays.ask(replayId, 'block', { run, index })),
    replayValues: (replayId, run, operation) =>
      answerUnlessRefused(() => lab.replays.ask(replayId, 'values', { run, operation })),
    replayOccupation: (replayId, part) => answerUnlessRefused(() => lab.replays.ask(replayId, 'occupation', part)),
    findInReplay: (replayId, search) => answerUnlessRefused(() => lab.replays.ask(replayId, 'find', search)),
    findDivergence: (replayId) => answerUnlessRefused(() => lab.replays.ask(replayId, 'diverge', {})),
    cancelReplay: (replayId) => {
      lab.replays.cancel(replayId)
      return Promise.resolve()
    },
    closeReplay: (replayId) => lab.replays.close(replayId),
    closeReplays: () => lab.replays.closeAll(page),

    recheckRuns: (runIds) => changedUnlessRefused(() => lab.checks.check(runIds)),
    cancelChecks: () => {
      lab.checks.cancel()
      return Promise.resolve()
    },

    journalFile: () => Promise.resolve(journal.fileFacts()),
    checkJournal: async () => fileAfter(await worked(() => lab.journalWork.check())),
    backUpJournal: async () => fileAfter(await worked(() => lab.journalWork.backUp())),
    cancelJournalWork: () => {
      lab.journalWork.cancel()
      return Promise.resolve()
    },
    chooseJournalToMerge: async () => {
      const owner = window()
      const path = owner && (await askForJournal(owner, 'Merge a journal'))
      return path === undefined ? { kind: 'declined' } : worked(() => chosen.choose(path))
    },
    mergeChosenJournal: () => worked(() => chosen.merge()),
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
    renameExperiment: (experimentId, title) => changed(() => journal.renameExperiment(experimentId, title)),
    writeNote: (experimentId, text, stretch) => changed(() => journal.writeNote(experimentId, text, stretch)),
    saveMoment: async (request) => {
      const owner = window()
      const moment = await unlessRefused(() => momentOf(journal, request))
      if (moment.kind !== 'done') return moment
      return owner === undefined ? { kind: 'declined' } : saveMomentFile(owner, moment.value)
    },
    askForMoment: () => {
      const owner = window()
      return owner === undefined ? Promise.resolve({ kind: 'declined' }) : askForMoment(owner)
    },
    savePicture: (picture) => {
      const owner = window()
      return owner === undefined ? Promise.resolve({ kind: 'declined' }) : savePictureFile(owner, picture)
    },
    listBookmarks: (runIds) => Promise.resolve(journal.bookmarks(runIds)),
    keepBookmark: (bookmark) => changedUnlessRefused(() => journal.keepBookmark(bookmark)),
    deleteBookmark: (id) => changed(() => journal.deleteBookmark(id)),
    experimentTitled: (title) => Promise.resolve(journal.experimentTitled(title)),
    setTags: (experimentId, tags) => changed(() => journal.setTags(experimentId, tags)),
    setStarred: (experimentId, starred) => changed(() => journal.setStarred(experimentId, starred)),

    changeMarks: (ids, change) => worked(() => lab.journalWork.changeMarks(ids, change)),
    restoreMarks: (marks) => worked(() => lab.journalWork.restoreMarks(marks)),
    trashContents: () => Promise.resolve(journal.trashContents()),
    emptyTrash: () => worked(() => lab.journalWork.emptyTrash()),

    previewReport: (request, format) => lab.report(request, format),
    exportReport: async (request, format) => {
      const owner = window()
      if (owner === undefined) return { kind: 'declined' }
      const title = request.title ?? 'vmap-lab-report'
      return reports.save(owner, title, format, await lab.report(request, format))
    },
    openReport: (path) => reports.open(path),

    copyText: async (text) => {
      await clipboard.writeText(text)
    },
  }
}

async function unlessRefused<Value>(work: () => Value | Promise<Value>): Promise<Outcome<Value>> {
  try {
    return { kind: 'done', value: await work() }
  } catch (error) {
    return refusal(error)
  }
}

async function answerUnlessRefused<Value>(ask: () => Promise<Outcome<Value>>): Promise<Outcome<Value>> {
  try {
    return await ask()
  } catch (error) {
    return refusal(error)
  }
}

/** What was ended on the way is declined. */
async function unlessAborted<Value>(signal: AbortSignal, work: () => Promise<Outcome<Value>>): Promise<Outcome<Value>> {
  try {
    return await work()
  } catch (error) {
    if (signal.aborted) return { kind: 'declined' }
    throw error
  }
}

/** What the user can put right becomes an answer; anything else is a defect. */
function refusal(error: unknown): Outcome<never> {
  if (error instanceof LabError || error instanceof JournalError) return { kind: 'refused', reason: error.message }
  throw error
}
