import { BrowserWindow, dialog, nativeTheme, screen, type Rectangle } from 'electron'
import { join } from 'node:path'
import { APP_ORIGIN, APP_URL } from './protocol.ts'
import type { SettingsFile, WindowState } from './settings.ts'

const DEFAULT_SIZE = { width: 1440, height: 900 }
const SMALLEST_SIZE = { minWidth: 960, minHeight: 640 }

/** The page colour before the first paint, so that a dark window does not flash white (token `bg`). */
const BACKGROUND = { light: '#f5f5f3', dark: '#121315' }

/** Enough of a title bar must be on a display to take hold of it. */
const GRIP_PIXELS = 64

function isReachable(state: WindowState, areas: readonly Rectangle[]): boolean {
  const { x, y } = state
  if (x === undefined || y === undefined) return false
  return areas.some(
    (area) =>
      x + state.width > area.x + GRIP_PIXELS &&
      x < area.x + area.width - GRIP_PIXELS &&
      y >= area.y &&
      y < area.y + area.height - GRIP_PIXELS,
  )
}

/** Where the window goes: where it was if that is still on a display, otherwise centred at its old or the default size. */
export function placement(state: WindowState | undefined, areas: readonly Rectangle[]): Partial<Rectangle> {
  if (state === undefined) return DEFAULT_SIZE
  const { x, y, width, height } = state
  return isReachable(state, areas) && x !== undefined && y !== undefined ? { x, y, width, height } : { width, height }
}

/** Opens the one window of the app. */
export function openWindow(settings: SettingsFile): BrowserWindow {
  const areas = screen.getAllDisplays().map((display) => display.workArea)
  const window = new BrowserWindow({
    ...placement(settings.window, areas),
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
  if (settings.window?.maximized) window.maximize()
  window.once('ready-to-show', () => {
    window.show()
  })
  window.on('close', () => {
    settings.rememberWindow({ ...window.getNormalBounds(), maximized: window.isMaximized() })
  })
  confine(window)
  offerReloadAfterCrash(window)
  void window.loadURL(APP_URL)
  return window
}

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
  session.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false)
  })
  session.setPermissionCheckHandler(() => false)
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
