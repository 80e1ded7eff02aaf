import { existsSync, readdirSync, readFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { userCacheFolder } from './cache.ts'
import { lastLines, packageFolder, packageManifest, runCommand } from './command.ts'
import { say } from './report.ts'

const PROBE_TIMEOUT_MS = 5_000
/** Long enough for 120 MB over a slow line: whether it can work at all was asked before. */
const DOWNLOAD_TIMEOUT_MS = 20 * 60_000
const RELEASES = 'https://github.com/electron/electron/releases/download/'

export const officialVersion = (): string => packageManifest('electron').version

/** The executable that the electron package has unpacked into its own folder, if it is there in the right version. */
const installedExecutable = (): string | undefined => {
  try {
    const folder = packageFolder('electron')
    const version = readFileSync(path.join(folder, 'dist/version'), 'utf8').trim().replace(/^v/, '')
    const executable = path.join(folder, 'dist', readFileSync(path.join(folder, 'path.txt'), 'utf8').trim())
    return version === officialVersion() && existsSync(executable) ? executable : undefined
  } catch {
    return undefined
  }
}

/** Whether an earlier download of any project still lies in @electron/get's own cache, which needs no connection. */
const isInDownloadCache = (): boolean => {
  const home = os.homedir()
  const usual = {
    darwin: path.join(home, 'Library/Caches/electron'),
    win32: path.join(process.env['LOCALAPPDATA'] ?? path.join(home, 'AppData/Local'), 'electron/Cache'),
    linux: path.join(userCacheFolder(), 'electron'),
  }
  const folder =
    process.env['electron_config_cache'] ?? (process.platform in usual ? usual[process.platform as 'linux'] : '')
  const name = `electron-v${officialVersion()}-${process.platform}-${process.arch}.zip`
  try {
    return readdirSync(folder).some((entry) => existsSync(path.join(folder, entry, name)))
  } catch {
    return false
  }
}

/**
 * Whether the download can be expected to start. A mirror or a proxy is the user's own arrangement, which @electron/get
 * knows better than we do; only the plain way to GitHub is probed, so that a closed network costs seconds, not minutes.
 */
const canDownload = async (): Promise<boolean> => {
  const arranged = Object.keys(process.env).some((name) =>
    /^(ELECTRON_MIRROR|npm_config_electron_mirror|ELECTRON_GET_USE_PROXY)$/i.test(name),
  )
  if (arranged) return true
  try {
    await fetch(RELEASES, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) })
    return true
  } catch {
    return false
  }
}

/** The official runtime's executable, downloaded by the electron package's own installer when needed and possible. */
export const provideOfficialElectron = async (): Promise<string | undefined> => {
  const installed = installedExecutable()
  if (installed !== undefined) return installed
  if (!isInDownloadCache() && !(await canDownload())) return undefined

  say(`downloading Electron ${officialVersion()} from its official source (about 120 MB)`)
  const installer = path.join(packageFolder('electron'), 'install.js')
  const result = await runCommand(process.execPath, [installer], { timeoutMs: DOWNLOAD_TIMEOUT_MS })
  const executable = installedExecutable()
  if (executable === undefined) say(`the official download failed: ${lastLines(result.stderr, 1) || 'no reason given'}`)
  return executable
}
