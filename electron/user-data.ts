import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/**
 * The folder of journal and settings: the same for window and command line, so it is worked out here and not by Electron.
 * `VMAP_LAB_HOME` overrides it; otherwise it is where Electron would put it on each platform.
 */
export function userDataFolder(
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: string = process.platform,
): string {
  const chosen = env['VMAP_LAB_HOME']
  if (chosen !== undefined && chosen !== '') return chosen
  switch (platform) {
    case 'win32':
      return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'vmap-lab')
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'vmap-lab')
    default: {
      const config = env['XDG_CONFIG_HOME']
      return join(config === undefined || config === '' ? join(homedir(), '.config') : config, 'vmap-lab')
    }
  }
}

/** The journal that there is until another one is opened. */
export function standardJournalPath(): string {
  return join(userDataFolder(), 'journal.sqlite')
}

/** Holds the path of the journal that was opened last, where that is not the standard one. */
function placeFile(): string {
  return join(userDataFolder(), 'journal-place.txt')
}

/** The journal that window and command line share unless told otherwise: the one that was opened last. */
export function defaultJournalPath(): string {
  const path = existsSync(placeFile()) ? readFileSync(placeFile(), 'utf8').trim() : ''
  return path === '' ? standardJournalPath() : path
}

/** Makes a journal the one that window and command line share. */
export function rememberJournal(path: string): void {
  mkdirSync(userDataFolder(), { recursive: true })
  if (path === standardJournalPath()) rmSync(placeFile(), { force: true })
  else writeFileSync(placeFile(), `${path}\n`)
}
