import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { ProvideError } from './report.ts'
import { isRoot } from './user.ts'

const SETUID = 0o4000

const readSetting = (file: string): string => {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return ''
  }
}

/**
 * The arguments Electron needs for its sandbox on this machine: none, but for root, for whom Chromium refuses to start
 * with it. Throws ProvideError with the command to type where the system keeps ordinary users from making namespaces
 * (Ubuntu since 23.10 through AppArmor, older Debian through a kernel setting) and Electron's helper is not set up.
 */
export const sandboxArguments = (executable: string): readonly string[] => {
  if (process.platform !== 'linux') return []
  if (isRoot()) return ['--no-sandbox']
  const closed =
    readSetting('/proc/sys/kernel/apparmor_restrict_unprivileged_userns') === '1' ||
    readSetting('/proc/sys/kernel/unprivileged_userns_clone') === '0'
  const helper = path.join(path.dirname(executable), 'chrome-sandbox')
  const status = statSync(helper, { throwIfNoEntry: false })
  const isSetUp = status?.uid === 0 && (status.mode & SETUID) !== 0
  if (closed && !isSetUp) {
    throw new ProvideError(
      `this system asks for Electron's sandbox helper to be set up once; type: ` +
        `sudo chown root '${helper}' && sudo chmod 4755 '${helper}'`,
    )
  }
  return []
}
