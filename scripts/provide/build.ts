import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'
import { fileSha256, writeFileAtomic } from './cache.ts'
import { packageCommand, root, runCommand } from './command.ts'
import { ProvideError, say } from './report.ts'

const INPUT_FOLDERS = ['electron', 'renderer', 'shared']
const INPUT_FILES = ['electron.vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.json']
const OUTPUTS = ['out/main/main.js', 'out/preload', 'out/renderer/index.html']
const STATE_FOLDER = path.join(root, 'node_modules/.cache/vmap-lab')
/** Holds the digest of the inputs that out/ was built from. */
const STAMP = path.join(STATE_FOLDER, 'built-from')
const LOCK = path.join(STATE_FOLDER, 'build.lock')
const LOCK_AGE_MAX_MS = 5 * 60_000
const LOCK_RETRY_MS = 250
const BUILD_TIMEOUT_MS = 5 * 60_000

/** Tests and recorded cases do not end up in the app. */
const isInput = (file: string): boolean => !/\.test\.ts$|[\\/]golden[\\/]/.test(file)

const inputsDigest = async (): Promise<string> => {
  const files = [...INPUT_FILES]
  for (const folder of INPUT_FOLDERS) {
    for (const entry of await readdir(path.join(root, folder), { recursive: true, withFileTypes: true })) {
      const file = path.relative(root, path.join(entry.parentPath, entry.name))
      if (entry.isFile() && isInput(file)) files.push(file)
    }
  }
  const lines = files.sort().map(async (file) => `${(await fileSha256(path.join(root, file))) ?? 'none'} ${file}`)
  return createHash('sha256')
    .update((await Promise.all(lines)).join('\n'))
    .digest('hex')
}

const isUpToDate = async (digest: string): Promise<boolean> =>
  OUTPUTS.every((file) => existsSync(path.join(root, file))) &&
  (await readFile(STAMP, 'utf8').catch(() => undefined)) === digest

/** Two builds at once would empty out/ under each other. A lock left behind by a killed build runs out by its age. */
const withLock = async (body: () => Promise<void>): Promise<void> => {
  await mkdir(STATE_FOLDER, { recursive: true })
  for (;;) {
    try {
      await (await open(LOCK, 'wx')).close()
      break
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const { mtimeMs } = await stat(LOCK).catch(() => ({ mtimeMs: Date.now() }))
      if (Date.now() - mtimeMs > LOCK_AGE_MAX_MS) await rm(LOCK, { force: true })
      else await delay(LOCK_RETRY_MS)
    }
  }
  try {
    await body()
  } finally {
    await rm(LOCK, { force: true })
  }
}

/** The builder's own words without colours, which it also sends to files, and without its stack. */
const readable = (output: string): string =>
  stripVTControlCharacters(output)
    .split('\n')
    .filter((line) => !/^\s+at /.test(line))
    .join('\n')
    .trimEnd()

/** Builds the app into out/ when what is there was not made from the present sources. */
export const buildApp = async (options: { readonly always?: boolean } = {}): Promise<void> => {
  if (options.always !== true && (await isUpToDate(await inputsDigest()))) return
  await withLock(async () => {
    const digest = await inputsDigest()
    if (options.always !== true && (await isUpToDate(digest))) return
    say('building the app')
    await rm(STAMP, { force: true })
    const args = [packageCommand('electron-vite'), 'build', '--logLevel', 'warn']
    const result = await runCommand(process.execPath, args, { timeoutMs: BUILD_TIMEOUT_MS })
    if (result.code !== 0) {
      throw new ProvideError(`the app does not build:\n${readable(result.stdout + result.stderr)}`)
    }
    await writeFileAtomic(STAMP, digest)
  })
}
