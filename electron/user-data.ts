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

/** The journal that window and command line share unless told otherwise. */
export function defaultJournalPath(): string {
  return join(userDataFolder(), 'journal.sqlite')
}
