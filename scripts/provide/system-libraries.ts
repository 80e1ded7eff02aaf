import { existsSync } from 'node:fs'
import path from 'node:path'
import { lastLines, runCommand } from './command.ts'
import { ProvideError, say } from './report.ts'
import { isRoot } from './user.ts'

/** What a step needs from the operating system. Each need may be met by any of its packages, newest name first. */
export interface SystemNeed {
  readonly anyOf: readonly [string, ...string[]]
  /** The program that is wanted from it, if any: wherever it came from, being there is enough. */
  readonly command?: string
}

/** Debian 13 and Ubuntu 24.04 renamed libraries for 64-bit time (wiki.debian.org/ReleaseGoals/64bit-time). */
const library = (name: string): SystemNeed => ({ anyOf: [`${name}t64`, name] })

export const WINDOW_NEEDS: readonly SystemNeed[] = [
  library('libgtk-3-0'),
  { anyOf: ['libnss3'] },
  library('libasound2'),
  { anyOf: ['libgbm1'] },
]
export const VIRTUAL_DISPLAY_NEEDS: readonly SystemNeed[] = [{ anyOf: ['xvfb'], command: 'Xvfb' }]
export const COMPILER_NEEDS: readonly SystemNeed[] = [
  { anyOf: ['python3'], command: 'python3' },
  { anyOf: ['make'], command: 'make' },
  { anyOf: ['g++'], command: 'g++' },
]

const APT_TIMEOUT_MS = 10 * 60_000
/** Other installations on a machine that has just started may hold the lock for minutes. */
const LOCK_TIMEOUT_S = 300

/** The needs that no installed package meets. `statusLines` are dpkg-query's, "name status-abbreviation" each. */
export const missingNeeds = (needs: readonly SystemNeed[], statusLines: string): SystemNeed[] => {
  const installed = new Set(
    statusLines
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([, status]) => status === 'ii')
      .map(([name]) => name),
  )
  return needs.filter((need) => !need.anyOf.some((name) => installed.has(name)))
}

const isDebianLike = (): boolean => existsSync('/usr/bin/dpkg-query') && existsSync('/usr/bin/apt-get')

const isOnPath = (command: string): boolean =>
  (process.env['PATH'] ?? '').split(path.delimiter).some((folder) => existsSync(path.join(folder, command)))

const queryMissing = async (needs: readonly SystemNeed[]): Promise<SystemNeed[]> => {
  const names = needs.flatMap((need) => need.anyOf)
  // Names it does not know make it fail, but it still prints those it does.
  const { stdout } = await runCommand('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Abbrev}\n', ...names])
  return missingNeeds(needs, stdout)
}

/** The first name this release of the system has a package for; needs fresh package lists. */
const availableName = async (need: SystemNeed): Promise<string> => {
  for (const name of need.anyOf.slice(0, -1)) {
    const { stdout } = await runCommand('apt-cache', ['show', '--no-all-versions', name])
    if (stdout.includes(`Package: ${name}\n`)) return name
  }
  return need.anyOf[need.anyOf.length - 1] ?? need.anyOf[0]
}

const apt = async (args: readonly string[]): Promise<void> => {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const options = ['-q', '-o', `DPkg::Lock::Timeout=${LOCK_TIMEOUT_S}`, '-o', 'Dpkg::Options::=--force-confold']
  const result = await runCommand('apt-get', [...options, ...args], { env, timeoutMs: APT_TIMEOUT_MS })
  if (result.code !== 0) {
    throw new ProvideError(`apt-get ${args.join(' ')} failed: ${lastLines(result.stderr || result.stdout)}`)
  }
}

/**
 * Sees to it that the operating system has what is needed: installs it as root on Debian and Ubuntu, otherwise throws
 * ProvideError with the command to type. On other systems package names differ, so it names the programs;
 * `requireLibraries` names the libraries there.
 */
export const provideSystemPackages = async (needs: readonly SystemNeed[]): Promise<void> => {
  if (process.platform !== 'linux') return
  const wanted = needs.filter(({ command }) => command === undefined || !isOnPath(command))
  if (!isDebianLike()) {
    const commands = wanted.flatMap(({ command }) => command ?? [])
    if (commands.length > 0) throw new ProvideError(`install the packages with these programs: ${commands.join(', ')}`)
    return
  }
  const missing = await queryMissing(wanted)
  if (missing.length === 0) return
  if (!isRoot()) {
    const names = await Promise.all(missing.map(availableName))
    throw new ProvideError(
      `system packages are missing; type: sudo apt-get update && sudo apt-get install --no-install-recommends ${names.join(' ')}`,
    )
  }
  // One unreachable source among many makes this fail; whether it matters shows in what follows.
  await apt(['update']).catch(() => undefined)
  const names = await Promise.all(missing.map(availableName))
  say(`installing system packages with apt-get: ${names.join(' ')}`)
  await apt(['install', '-y', '--no-install-recommends', ...names])
}

/** Throws ProvideError naming the shared libraries that a program asks for and the system does not have. */
export const requireLibraries = async (executable: string): Promise<void> => {
  if (process.platform !== 'linux') return
  const { stdout } = await runCommand('ldd', [executable])
  const missing = [...stdout.matchAll(/^\s*(\S+) => not found$/gm)].map((match) => match[1])
  if (missing.length > 0) {
    throw new ProvideError(`install the packages with these libraries, which the window needs: ${missing.join(', ')}`)
  }
}
