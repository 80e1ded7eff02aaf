import { BrowserWindow, dialog, nativeTheme, screen } from 'electron'
import { join } from 'node:path'
import type { WindowContent } from '../shared/contract.ts'
import { APP_ORIGIN, APP_URL } from './protocol.ts'
import type { SettingsFile } from './settings.ts'
import { placement, placementBeside } from './window-state.ts'

const SMALLEST_SIZE = { minWidth: 960, minHeight: 640 }

/** The page colour before the first paint, so that a dark window does not flash white (token `bg`). */
const BACKGROUND = { light: '#f5f5f3', dark: '#121315' }

export interface WindowOptions {
  readonly settings: SettingsFile
  /** Told of a page that cannot be loaded. */
  readonly onDefect: (error: unknown) => void
  readonly content: WindowContent
  /** Another window, which the new one does not hide. */
  readonly beside: BrowserWindow | undefined
}

/** Opens a window of the app. */
export function openWindow({ settings, onDefect, content, beside }: WindowOptions): BrowserWindow {
  const areas = screen.getAllDisplays().map((display) => display.workArea)
  const window = new BrowserWindow({
    ...(beside === undefined ? placement(settings.window, areas) : placementBeside(beside.getNormalBounds(), areas)),
    ...SMALLEST_SIZE,
    title: 'Vmap Lab',
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/preload.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  })
  if (beside === undefined && settings.window?.maximized) window.maximize()
  window.once('ready-to-show', () => {
    window.show()
  })
  window.on('close', () => {
    settings.rememberWindow({ ...window.getNormalBounds(), maximized: window.isMaximized() })
  })
  confine(window)
  offerReloadAfterCrash(window)
  window.loadURL(urlOf(content)).catch((error: unknown) => {
    // Closed before it was loaded: the user has changed their mind
    if (!window.isDestroyed()) onDefect(error)
  })
  return window
}

function urlOf({ experimentId }: WindowContent): string {
  return experimentId === undefined ? APP_URL : `${APP_URL}#experiment=${experimentId}`
}

/** Writing pictures to the clipboard on a click; Electron's own clipboard module differs between its versions there. */
const ALLOWED_PERMISSION = 'clipboard-sanitized-write'

/** The window shows the app and never anything else. */
function confine(window: BrowserWindow): void {
  const { webContents } = window
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
  webContents.on('will-navigate', (event) => {
    event.preventDefault()
  })
  webContents.on('will-frame-navigate', (event) => {
    if (!event.url.startsWith(`${APP_ORIGIN}/`) && event.url !== 'about:srcdoc') event.preventDefault()
  })
  webContents.on('will-attach-webview', (event) => {
    event.preventDefault()
  })
  const { session } = webContents
  session.setPermissionRequestHandler((_contents, permission, answer, { isMainFrame }) => {
    answer(isMainFrame && permission === ALLOWED_PERMISSION)
  })
  session.setPermissionCheckHandler(
    (_contents, permission, _origin, { isMainFrame }) => isMainFrame && permission === ALLOWED_PERMISSION,
  )
  session.on('will-download', (event) => {
    event.preventDefault()
  })
}

function offerReloadAfterCrash(window: BrowserWindow): void {
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit') return
    const choice = dialog.showMessageBoxSync(window, {
      type: 'error',
      message: 'The window stopped working.',
      detail: `Reason: ${details.reason}. The journal is not affected: finished runs are stored, running ones go on.`,
      buttons: ['Reload', 'Quit'],
      defaultId: 0,
      cancelId: 1,
    })
    if (choice === 0) window.webContents.reload()
    else window.close()
  })
}
