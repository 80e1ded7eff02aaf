import { Menu, type BrowserWindow, type MenuItemConstructorOptions } from 'electron'
import { eventChannel } from '../shared/contract.ts'

/**
 * The application menu. The window listens to the shortcuts itself (they can be shown in its palette and work with focus
 * anywhere in it), so accelerators here are displayed and not registered.
 */
export function setUpMenu(window: () => BrowserWindow | undefined, development: boolean): void {
  const mac = process.platform === 'darwin'
  /** An entry that stands for a command of the window; where places name it differently, the one that is shown answers. */
  const command = (
    label: string,
    ids: string | readonly string[],
    accelerator?: string,
  ): MenuItemConstructorOptions => ({
    label,
    click: () => {
      for (const id of [ids].flat()) window()?.webContents.send(eventChannel('menuCommand'), id)
    },
    // macOS always registers accelerators, and a single key must stay a letter to type
    ...(accelerator !== undefined && !(mac && accelerator.length === 1) && { accelerator, registerAccelerator: false }),
  })
  const separator: MenuItemConstructorOptions = { type: 'separator' }
  const template: MenuItemConstructorOptions[] = [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        command('New Experiment', 'new-experiment', 'CmdOrCtrl+N'),
        command('Write Report', ['report', 'bench-report'], 'P'),
        command('Export Report…', 'export-report', 'CmdOrCtrl+E'),
        command('Copy Report as Text', 'copy-report', 'CmdOrCtrl+Shift+C'),
        separator,
        command('Journal File: Check, Back Up, Open, Merge…', 'journal-file'),
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
        command('Replay', 'go-replay', 'CmdOrCtrl+2'),
        command('Compare', 'go-compare', 'CmdOrCtrl+3'),
        command('Sweep', 'go-sweep', 'CmdOrCtrl+4'),
        command('Journal', 'go-journal', 'CmdOrCtrl+5'),
        command('Reports', 'go-reports', 'CmdOrCtrl+6'),
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
      submenu: [
        command('Run', 'run', 'CmdOrCtrl+Enter'),
        command('Run and Add What Is New', 'run-new', 'CmdOrCtrl+Shift+Enter'),
        command('Pause or Resume', 'pause', 'F9'),
        command('Cancel', 'cancel', 'Esc'),
        separator,
        command('Choose Machine', 'machine', 'M'),
        command('Edit Machine…', 'edit-machine'),
        command('Import Kernel .config…', 'import-config'),
        command('Choose Kernel Models', 'models', 'K'),
        command('New Kernel Model…', 'new-model', 'CmdOrCtrl+Shift+M'),
        command('Next Problem', 'next-problem', 'F8'),
      ],
    },
    {
      label: '&Sweep',
      submenu: [
        command('Measure the Plan', 'measure-sweep'),
        command('Pause or Resume Sweep', 'pause-sweep', 'Space'),
        command('Cancel Sweep', 'cancel-sweep'),
        command('Make the Rest', 'resume-sweep'),
        separator,
        command('Open a Seed', 'open-seed', 'O'),
        command('Copy Statistics', 'copy-sweep'),
      ],
    },
    {
      label: '&Journal',
      submenu: [
        command('Search', 'search-journal', '/'),
        separator,
        command('Open on Bench', 'open-on-bench', 'B'),
        command('Add to Comparison', 'compare', 'C'),
        command('Run Again and Compare', 'rerun', 'Shift+R'),
        command('Star', 'star', 'S'),
        command('Add Tag', 'tag', 'T'),
        command('Archive', 'archive', 'A'),
        command('Move to Trash', 'trash', 'Delete'),
        command('Restore from Trash', 'restore'),
        command('Undo Last Change', 'undo'),
        command('Edit Note', 'note', 'E'),
        command('Versions of the Note', 'history', 'H'),
        command('Notes Side by Side', 'notes-beside'),
        separator,
        command('Show Trash', 'show-trash'),
        command('Empty Trash…', 'empty-trash'),
      ],
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
