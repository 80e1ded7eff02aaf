import { clipboard } from 'electron'
import type { LabApi } from '../shared/contract.ts'
import type { ApiParts } from './api-parts.ts'
import { JournalChanges, unlessAborted, unlessRefused } from './api-outcomes.ts'
import { ExportedReports } from './exported-reports.ts'
import { journalApi } from './journal-api.ts'
import type { StartedSweep } from './lab/sweeps.ts'
import { replayApi } from './replay-api.ts'
import { askForScenario, saveScenarioFile } from './scenario-dialogs.ts'
import { askForMachine, saveMachineFile } from './machine-dialogs.ts'
import { LAB_VERSION } from './version.ts'

/** The contract's methods for one page, carried out by the lab's services. */
export function labApi(parts: ApiParts): LabApi {
  const { lab, settings, window, openWindow, onStarted, isStarter, tell, onSettings, onDefect } = parts
  const { journal } = lab
  const reports = new ExportedReports()

  const changes = new JournalChanges(lab, tell)

  /** What this page waits for, to be ended: the file that is read, and statistics. */
  let importing = new AbortController()
  let analysing = new AbortController()

  /** The id of a sweep that is under way from now on. */
  function begun({ sweepId, finished }: StartedSweep): number {
    void finished.catch(onDefect)
    return sweepId
  }

  return {
    ...replayApi(parts, changes),
    ...journalApi(parts, changes),
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

    saveModel: ({ model, formerName }) => changes.unlessRefused(() => lab.saveModel(model, formerName)),
    deleteModel: (name) => changes.made(() => lab.deleteModel(name)),
    saveMachine: ({ machine, formerName }) => changes.unlessRefused(() => lab.machines.save(machine, formerName)),
    deleteMachine: (name) => changes.made(() => lab.machines.delete(name)),
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
    saveScenario: (request) => changes.unlessRefused(() => lab.saveScenario(request)),
    scenarioVersions: (id) => Promise.resolve(journal.scenarioVersions(id)),
    renameScenario: (id, name) => changes.unlessRefused(() => lab.renameScenario(id, name)),
    duplicateScenario: (id) => changes.unlessRefused(() => journal.duplicateScenario(id)),
    deleteScenario: (id) => changes.made(() => journal.deleteScenario(id)),
    importScenario: async () => {
      const owner = window()
      const path = owner && (await askForScenario(owner))
      if (path === undefined) return { kind: 'declined' }
      importing = new AbortController()
      const { signal } = importing
      return unlessAborted(signal, () => changes.unlessRefused(() => lab.importScenario(path, signal)))
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
      changes.unlessRefused(async () => {
        const { experimentId, finished } = await lab.startExperiment(request)
        onStarted(experimentId)
        void finished.catch(onDefect)
        return experimentId
      }),
    addRuns: (experimentId, runs) =>
      changes.unlessRefused(async () => {
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

    recheckRuns: (runIds) => changes.unlessRefused(() => lab.checks.check(runIds)),
    cancelChecks: () => {
      lab.checks.cancel()
      return Promise.resolve()
    },

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
