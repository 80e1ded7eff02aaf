/** Starts the app: one concern after the other, each in a file of its own. */
import { app, dialog, ipcMain, nativeTheme, type BrowserWindow } from 'electron'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { eventChannel, type LabEvents } from '../shared/contract.ts'
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
import { openWindow } from './window.ts'

let mainWindow: BrowserWindow | undefined

function tell<Name extends keyof LabEvents>(name: Name, payload: LabEvents[Name]): void {
  if (mainWindow?.isDestroyed() === false) mainWindow.webContents.send(eventChannel(name), payload)
}

/** What nobody waited for and went wrong: said once, and the app goes on as far as it can. */
function showDefect(error: unknown): void {
  if (error instanceof JournalError || error instanceof LabError) {
    dialog.showErrorBox('Vmap Lab: the journal cannot be used', error.message)
    return
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
  dialog.showErrorBox('Vmap Lab: something went wrong', detail)
}

function focusWindow(): void {
  if (mainWindow === undefined || mainWindow.isDestroyed()) return
  if (mainWindow.isMinimized()) mainWindow.restore()
  // Hidden or minimised, it comes back
  mainWindow.show()
  mainWindow.focus()
}

/** @throws {JournalError} when the journal cannot be opened. */
function newLab(settings: SettingsFile, journalPath: string): Lab {
  return new Lab({
    journalPath,
    onProgress: (progress) => tell('runProgress', progress),
    onCheckProgress: (progress) => tell('checkProgress', progress),
    onRunEnded: (run) => tell('runEnded', run),
    onSweepProgress: (progress) => tell('sweepProgress', progress),
    onSweepEnded: (sweep) => tell('sweepEnded', sweep),
    onReplayProgress: (progress) => tell('replayProgress', progress),
    budgets: () => settings.settings.budgets,
    threads: () => settings.settings.threads,
  })
}

/** The lab's services, or `undefined` after the user was told why the journal cannot be opened. */
function openLab(settings: SettingsFile): Lab | undefined {
  const path = defaultJournalPath()
  try {
    return newLab(settings, path)
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
    return openLab(settings)
  }
}

/** Connects the window with the services, and with those of another journal once it is opened. Answers how to end. */
function serve(settings: SettingsFile, first: Lab): () => Promise<void> {
  let lab = first
  let stopWatching = connect()

  function connect(): () => void {
    setUpIpc(
      ipcMain,
      labApi({ lab, settings, tell, window: () => mainWindow, openJournal, onSettings, onDefect: showDefect }),
    )
    return watchJournal({ journal: lab.journal, window: () => mainWindow, tell, onDefect: showDefect })
  }

  /** What of the settings is not the window's. */
  function onSettings(): void {
    nativeTheme.themeSource = settings.settings.theme
    showMenu(settings)
  }

  async function openJournal(path: string): Promise<void> {
    if (lab.currentJob() !== undefined || lab.sweeps.progress() !== undefined) {
      throw new LabError(
        'An experiment or a sweep is under way. Cancel it or wait for its end, then open the other journal.',
      )
    }
    const before = lab
    lab = newLab(settings, path)
    rememberJournal(lab.journal.path)
    stopWatching()
    stopWatching = connect()
    await before.close()
    // Once the answer is on its way
    setImmediate(() => mainWindow?.webContents.reload())
  }

  return () => {
    stopWatching()
    // Running simulations are cancelled and recorded
    return lab.close()
  }
}

function showMenu({ settings: { keys } }: SettingsFile): void {
  setUpMenu({ window: () => mainWindow, development: !app.isPackaged, keys })
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
  const lab = openLab(settings)
  if (lab === undefined) {
    app.exit(1)
    return
  }
  nativeTheme.themeSource = settings.settings.theme
  serveApp(join(import.meta.dirname, '../renderer'))
  const end = serve(settings, lab)
  showMenu(settings)
  mainWindow = openWindow(settings, showDefect)
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
  app.on('second-instance', focusWindow)
  declareAppProtocol()
  start().catch((error: unknown) => {
    showDefect(error)
    app.exit(1)
  })
} else {
  app.quit()
}
