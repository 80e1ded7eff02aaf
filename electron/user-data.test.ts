import { homedir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { userDataFolder } from './user-data.ts'

it.each([
  ['Linux', {}, 'linux', join(homedir(), '.config', 'vmap-lab')],
  ['Linux with XDG_CONFIG_HOME', { XDG_CONFIG_HOME: '/x' }, 'linux', join('/x', 'vmap-lab')],
  ['macOS', {}, 'darwin', join(homedir(), 'Library', 'Application Support', 'vmap-lab')],
  ['Windows', { APPDATA: '/a' }, 'win32', join('/a', 'vmap-lab')],
  ['anywhere with VMAP_LAB_HOME', { VMAP_LAB_HOME: '/h', XDG_CONFIG_HOME: '/x' }, 'linux', '/h'],
])('is where Electron puts it on %s', (_, env, platform, folder) => {
  expect(userDataFolder(env, platform)).toBe(folder)
})
