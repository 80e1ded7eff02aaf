/** Starts the app: one concern after the other, each in a file of its own. */
import { app, dialog, ipcMain, nativeTheme } from 'electron'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { labApi } from './api.ts'
import { setUpIpc } from './ipc.ts'
import { watchJournal } from './journal-watch.ts'
import { JournalError } from './journal/index.ts'
import { Lab, LabError } from './lab.ts'
import { setUpMenu } from './menu.ts'
import { declareAppProtocol, serveApp } from './protocol.ts'
import { quitAfter } from './quit.ts'
import { SettingsFile } from './settings.ts'
import { defaultJournalPath, rememberJournal, standardJournalPath, userDataFolder } from './user-data.ts'
import { Windows } from './windows.ts'

/** What nobody waited for and went wrong: said once, and the app goes on as far as it can. */
function showDefect(error: unknown): void {
  if (error instanceof JournalError || error instanceof LabError) {
    dialog.showErrorBox('Vmap Lab: the journal cannot be used', error.message)
    return
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
  dialog.showErrorBox('Vmap Lab: something went wrong', detail)
}

/** The page from which each experiment was started, or last added to, while its window is open. */
const starters = new Map<number, number>()

/** @throws {JournalError} when the journal cannot be opened. */
function newLab(settings: SettingsFile, windows: Windows, journalPath: string): Lab {
  const lab = new Lab({
    journalPath,
    onProgress: (progress, experimentId) => {
      const page = starters.get(experimentId)
      if (page !== undefined) windows.tellOne(page, 'runProgress', progress)
    },
    onCheckProgress: (progress) => windows.tell('checkProgress', progress),
    onRunEnded: (run) => {
      const page = starters.get(run.experimentId)
      if (page !== undefined) windows.tellOne(page, 'runEnded', run)
      windows.tellOthers(page, 'journalChanged', lab.journal.totals())
    },
    onSweepProgress: (progress) => windows.tell('sweepProgress', progress),
    onSweepEnded: (sweep) => windows.tell('sweepEnded', sweep),
    onJournalWork: (progress) => windows.tell('journalWork', progress),
    onReplayProgress: (progress, page) => windows.tellOne(page, 'replayProgress', progress),
    budgets: () => settings.settings.budgets,
    threads: () => settings.settings.threads,
  })
  return lab
}

/** The lab's services, or `undefined` after the user was told why the journal cannot be opened. */
function openLab(settings: SettingsFile, windows: Windows): Lab | undefined {
  const path = defaultJournalPath()
  try {
    return newLab(settings, windows, path)
  } catch (error) {
    if (!(error instanceof JournalError)) throw error
    // One on a disk that is away is no reason to be without a lab
    const standard = standardJournalPath()
    const next = path === standard ? '' : ` The journal ${standard} is opened in its place.`
    // For whoever started it in a terminal, too
    process.stderr.write(`vmap-lab: ${error.message}${next}\n`)
    dialog.showErrorBox('Vmap Lab: the journal cannot be opened', `${error.message}${next}`)
    if (path === standard) return undefined
    rememberJournal(standard)
    return openLab(settings, windows)
  }
}

/** Connects the windows with the services, and with those of another journal once it is opened. Answers how to end. */
function serve(settings: SettingsFile, windows: Windows, first: Lab): () => Promise<void> {
  let lab = first
  let stopWatching = connect()
  setUpIpc(ipcMain, (page) => windows.apiOf(page))
  // What a closed window had started goes on and is recorded
  windows.onClosed = (page) => {
    for (const [experimentId, starter] of starters) if (starter === page) starters.delete(experimentId)
    lab.replays.closeAll(page).catch(showDefect)
  }

  function connect(): () => void {
    const tell: Windows['tell'] = (name, payload) => windows.tell(name, payload)
    windows.serve((page) =>
      labApi({
        ...{ lab, settings, page, tell, openJournal, onSettings, onDefect: showDefect },
        onStarted: (experimentId) => starters.set(experimentId, page),
        isStarter: (experimentId) => starters.get(experimentId) === page,
        window: () => windows.of(page),
        openWindow: (content) => windows.open(content),
      }),
    )
    return watchJournal({ journal: lab.journal, isShown: () => windows.anyVisible, tell, onDefect: showDefect })
  }

  /** What of the settings is not the page's. */
  function onSettings(): void {
    nativeTheme.themeSource = settings.settings.theme
    showMenu(settings, windows)
  }

  async function openJournal(path: string): Promise<void> {
    if (lab.currentJob() !== undefined || lab.sweeps.progress() !== undefined) {
      throw new LabError(
        'An experiment or a sweep is under way. Cancel it or wait for its end, then open the other journal.',
      )
    }
    const before = lab
    lab = newLab(settings, windows, path)
    rememberJournal(lab.journal.path)
    // Its experiments have numbers of their own
    starters.clear()
    stopWatching()
    stopWatching = connect()
    await before.close()
    // Once the answer is on its way
    setImmediate(() => windows.reload())
  }

  return () => {
    stopWatching()
    // Running simulations are cancelled and recorded
    return lab.close()
  }
}

function showMenu({ settings: { keys } }: SettingsFile, windows: Windows): void {
  setUpMenu({ window: () => windows.current(), development: !app.isPackaged, keys })
}

async function start(): Promise<void> {
  await app.whenReady()
  const settings = new SettingsFile(join(userDataFolder(), 'settings.json'))
  if (settings.unusable.length > 0) {
    const what = settings.unusable.join(', ')
    process.stderr.write(
      `vmap-lab: of settings.json ${what} cannot be used and has its default; the file as it was is ${settings.damagedPath}\n`,
    )
  }
  const windows = new Windows(settings, showDefect)
  const lab = openLab(settings, windows)
  if (lab === undefined) {
    app.exit(1)
    return
  }
  nativeTheme.themeSource = settings.settings.theme
  serveApp(join(import.meta.dirname, '../renderer'))
  const end = serve(settings, windows, lab)
  showMenu(settings, windows)
  app.on('second-instance', () => windows.focus())
  windows.open()
  app.on('window-all-closed', () => app.quit())
  quitAfter(app, end, showDefect)
}

/** Chromium itself answers a missing display with a crash, so it is asked for first. */
function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY']) || Boolean(process.env['WAYLAND_DISPLAY'])
}

app.setName('Vmap Lab')
mkdirSync(userDataFolder(), { recursive: true })
app.setPath('userData', userDataFolder())
if (!hasDisplay()) {
  process.stderr.write(
    'vmap-lab: there is no display to open a window on; start it in a desktop session, or use the command line: lab --help\n',
  )
  process.exit(1)
} else if (app.requestSingleInstanceLock()) {
  declareAppProtocol()
  start().catch((error: unknown) => {
    showDefect(error)
    app.exit(1)
  })
} else {
  app.quit()
}
