import { Menu, type BrowserWindow, type MenuItemConstructorOptions } from 'electron'
import { keyOf, type CommandId, type KeyChanges, type Shortcut } from '../shared/command-catalog.ts'
import { eventChannel } from '../shared/contract.ts'

/** What Electron knows as the key of an entry; others are not shown there. */
const ACCELERATOR =
  /^(CmdOrCtrl\+)?(Alt\+)?(Shift\+)?([A-Z0-9]|F\d\d?|[,.;/?[\]\\'`=-]|Plus|Esc|Space|Enter|Delete|Backspace|Left|Right|Up|Down|Home|End|PageUp|PageDown)$/

export function acceleratorOf(key: Shortcut | undefined): string | undefined {
  const accelerator = key?.replace('Ctrl+', 'CmdOrCtrl+')
  return accelerator !== undefined && ACCELERATOR.test(accelerator) ? accelerator : undefined
}

export interface MenuOptions {
  readonly window: () => BrowserWindow | undefined
  /** Developer tools are offered. */
  readonly development: boolean
  /** The user's own shortcuts. */
  readonly keys: KeyChanges
}

/**
 * The application menu. The window listens to the shortcuts itself (they can be shown in its palette and work with focus
 * anywhere in it), so accelerators here are displayed and not registered. To be called again when shortcuts change.
 */
export function setUpMenu({ window, development, keys }: MenuOptions): void {
  const mac = process.platform === 'darwin'
  /** An entry that stands for a command of the window; where places name it differently, the one that is shown answers. */
  const command = (label: string, ...ids: readonly [CommandId, ...CommandId[]]): MenuItemConstructorOptions => {
    const accelerator = acceleratorOf(keyOf(ids[0], keys))
    return {
      label,
      click: () => {
        for (const id of ids) window()?.webContents.send(eventChannel('menuCommand'), id)
      },
      // macOS always registers accelerators, and a single key must stay a letter to type
      ...(accelerator !== undefined &&
        !(mac && accelerator.length === 1) && { accelerator, registerAccelerator: false }),
    }
  }
  const separator: MenuItemConstructorOptions = { type: 'separator' }
  const template: MenuItemConstructorOptions[] = [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        command('New Window', 'new-window'),
        command('New Experiment', 'new-experiment'),
        command('Open Moment…', 'open-moment'),
        command('Write Report', 'report', 'bench-report'),
        command('Export Report…', 'export-report'),
        command('Copy Report as Text', 'copy-report'),
        separator,
        command('Journal File: Check, Back Up, Open, Merge…', 'journal-file'),
        separator,
        command('Settings…', 'settings'),
        separator,
        mac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        command('Bench', 'go-bench'),
        command('Replay', 'go-replay'),
        command('Compare', 'go-compare'),
        command('Sweep', 'go-sweep'),
        command('Journal', 'go-journal'),
        command('Reports', 'go-reports'),
        separator,
        command('Command Palette', 'palette'),
        command('Next Panel', 'next-panel'),
        command('Previous Panel', 'previous-panel'),
        command('Switch Theme', 'theme-toggle'),
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
        command('Run', 'run'),
        command('Run and Add What Is New', 'run-new'),
        command('Pause or Resume', 'pause'),
        command('Cancel', 'cancel'),
        separator,
        command('Choose Machine', 'machine'),
        command('Edit Machine…', 'edit-machine'),
        command('Import Kernel .config…', 'import-config'),
        command('Choose Kernel Models', 'models'),
        command('New Kernel Model…', 'new-model'),
        command('Next Problem', 'next-problem'),
      ],
    },
    {
      label: '&Sweep',
      submenu: [
        command('Measure the Plan', 'measure-sweep'),
        command('Pause or Resume Sweep', 'pause-sweep'),
        command('Cancel Sweep', 'cancel-sweep'),
        command('Make the Rest', 'resume-sweep'),
        separator,
        command('Open a Seed', 'open-seed'),
        command('Copy Statistics', 'copy-sweep'),
      ],
    },
    {
      label: '&Journal',
      submenu: [
        command('Search', 'search-journal'),
        separator,
        command('Open on Bench', 'open-on-bench'),
        command('Open in New Window', 'open-in-window'),
        command('Add to Comparison', 'compare'),
        command('Run Again and Compare', 'rerun'),
        command('Star', 'star'),
        command('Add Tag', 'tag'),
        command('Archive', 'archive'),
        command('Move to Trash', 'trash'),
        command('Restore from Trash', 'restore'),
        command('Undo Last Change', 'undo'),
        command('Edit Note', 'note'),
        command('Versions of the Note', 'history'),
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
        command('Guide', 'guide'),
        command('Explain What Is Shown', 'explain'),
        command('Tour of the 2015 Patch', 'tour'),
        separator,
        command('Keyboard Shortcuts', 'keys'),
        command('Welcome', 'welcome'),
        separator,
        { role: 'about' },
      ],
    },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
