import { Menu, type BrowserWindow, type MenuItemConstructorOptions } from 'electron'
import { eventChannel } from '../shared/contract.ts'

/**
 * The application menu. The window listens to the shortcuts itself (they can be shown in its palette and work with focus
 * anywhere in it), so accelerators here are displayed and not registered.
 */
export function setUpMenu(window: () => BrowserWindow | undefined, development: boolean): void {
  const command = (label: string, id: string, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    click: () => window()?.webContents.send(eventChannel('menuCommand'), id),
    ...(accelerator !== undefined && { accelerator, registerAccelerator: false }),
  })
  const separator: MenuItemConstructorOptions = { type: 'separator' }
  const mac = process.platform === 'darwin'
  const template: MenuItemConstructorOptions[] = [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        command('New Experiment', 'new-experiment', 'CmdOrCtrl+N'),
        command('Export Report…', 'export-report', 'CmdOrCtrl+E'),
        separator,
        command('Settings…', 'settings', 'CmdOrCtrl+,'),
        separator,
        mac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        command('Bench', 'go-bench', 'CmdOrCtrl+1'),
        command('Journal', 'go-journal', 'CmdOrCtrl+2'),
        command('Reports', 'go-reports', 'CmdOrCtrl+3'),
        separator,
        command('Command Palette', 'palette', 'CmdOrCtrl+K'),
        command('Next Panel', 'next-panel', 'F6'),
        command('Previous Panel', 'previous-panel', 'Shift+F6'),
        command('Switch Theme', 'theme-toggle', 'CmdOrCtrl+Shift+L'),
        separator,
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'resetZoom' },
        { role: 'togglefullscreen' },
        ...(development ? [separator, { role: 'toggleDevTools' } as const] : []),
      ],
    },
    {
      label: '&Run',
      submenu: [command('Run', 'run', 'CmdOrCtrl+Enter'), command('Cancel', 'cancel', 'Esc')],
    },
    { role: 'windowMenu' },
    {
      label: '&Help',
      submenu: [
        command('Keyboard Shortcuts', 'keys', '?'),
        command('Welcome', 'welcome'),
        separator,
        { role: 'about' },
      ],
    },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
