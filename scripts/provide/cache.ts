import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'

/** Where things that took long to get are kept for every clone of this user. */
export const cacheFolder = (): string => path.join(userCacheFolder(), 'vmap-lab')

/** The user's own folder for caches (XDG Base Directory Specification: an empty variable counts as unset). */
export const userCacheFolder = (): string => {
  const chosen = process.env['XDG_CACHE_HOME'] ?? ''
  return chosen === '' ? path.join(os.homedir(), '.cache') : chosen
}

/** sha256 of a file's bytes in hex, or undefined when it cannot be read. */
export const fileSha256 = async (file: string): Promise<string | undefined> => {
  try {
    const hash = createHash('sha256')
    await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash)
    return hash.digest('hex')
  } catch {
    return undefined
  }
}

/**
 * One sha256 for a whole folder: names, bytes and the right to execute of every file in it, `except` those named.
 * Undefined when the folder is not there.
 */
export const folderSha256 = async (folder: string, except: readonly string[] = []): Promise<string | undefined> => {
  let entries
  try {
    entries = await readdir(folder, { recursive: true, withFileTypes: true })
  } catch {
    return undefined
  }
  const lines: string[] = []
  for (const entry of entries) {
    const file = path.join(entry.parentPath, entry.name)
    const name = path.relative(folder, file).split(path.sep).join('/')
    if (entry.isDirectory() || except.includes(name)) continue
    const executable = ((await stat(file)).mode & 0o100) !== 0
    lines.push(`${(await fileSha256(file)) ?? 'unreadable'} ${executable ? 'x' : '-'} ${name}`)
  }
  return createHash('sha256').update(lines.sort().join('\n')).digest('hex')
}

/** A new folder inside the cache: on the same disk, so that what is built in it can be moved into place in one step. */
export const workFolder = async (): Promise<string> => {
  await mkdir(cacheFolder(), { recursive: true })
  return mkdtemp(path.join(cacheFolder(), '.work-'))
}

/**
 * Moves a finished folder into place in one step. What stood there before is moved away first: programs that still
 * run from it keep their open files. When another process put its own there in between, that one stays.
 */
export const publishFolder = async (finished: string, target: string): Promise<void> => {
  const old = `${target}.old-${randomBytes(4).toString('hex')}`
  await rename(target, old).catch(() => undefined)
  await rename(finished, target).catch(async (error: unknown) => {
    if (!(await stat(target).catch(() => undefined))) throw error
  })
  await rm(old, { recursive: true, force: true })
}

/** Writes a file so that readers see either the old or the new content, never a part. */
export const writeFileAtomic = async (file: string, content: string | Uint8Array): Promise<void> => {
  await mkdir(path.dirname(file), { recursive: true })
  const temporary = `${file}.new-${randomBytes(4).toString('hex')}`
  await writeFile(temporary, content)
  await rename(temporary, file)
}
