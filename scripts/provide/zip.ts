import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, writeFile } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createInflateRaw } from 'node:zlib'

/**
 * Unpacks chosen files of a zip archive without touching the rest, which no library among our dependencies does; the
 * archive this is for holds 25,000 files of which 80 are wanted. Format: PKWARE APPNOTE 6.3.10, sections 4.3.7 (local header), 4.3.12 (central directory) and
 * 4.3.16 (its end). ZIP64, encryption and links are refused.
 */

interface ZipEntry {
  readonly name: string
  readonly method: number
  readonly packedSize: number
  readonly localHeaderOffset: number
  /** Unix permission bits, 0 when the archive has none. */
  readonly mode: number
}

const END_SIGNATURE = 0x06054b50
const CENTRAL_SIGNATURE = 0x02014b50
const LOCAL_SIGNATURE = 0x04034b50
const END_SIZE = 22
const COMMENT_SIZE_MAX = 0xffff
const STORED = 0
const DEFLATED = 8
const FILE_TYPE_MASK = 0o170000
const SYMBOLIC_LINK = 0o120000

const readAt = async (file: FileHandle, offset: number, size: number): Promise<Buffer> => {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(size), 0, size, offset)
  if (bytesRead !== size) throw new Error(`zip archive ends early: ${bytesRead} of ${size} bytes at ${offset}`)
  return buffer
}

const readEntries = async (file: FileHandle): Promise<ZipEntry[]> => {
  const fileSize = (await file.stat()).size
  const tailSize = Math.min(fileSize, END_SIZE + COMMENT_SIZE_MAX)
  const tail = await readAt(file, fileSize - tailSize, tailSize)
  let end = tailSize - END_SIZE
  while (end >= 0 && tail.readUInt32LE(end) !== END_SIGNATURE) end -= 1
  if (end < 0) throw new Error('not a zip archive: it has no end record')

  const count = tail.readUInt16LE(end + 10)
  const directory = await readAt(file, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12))
  const entries: ZipEntry[] = []
  for (let at = 0, index = 0; index < count; index += 1) {
    if (directory.readUInt32LE(at) !== CENTRAL_SIGNATURE) throw new Error(`zip entry ${index} has no header`)
    const nameSize = directory.readUInt16LE(at + 28)
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameSize),
      method: directory.readUInt16LE(at + 10),
      packedSize: directory.readUInt32LE(at + 20),
      localHeaderOffset: directory.readUInt32LE(at + 42),
      mode: directory.readUInt32LE(at + 38) >>> 16,
    })
    at += 46 + nameSize + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  return entries
}

const unpackEntry = async (archive: string, file: FileHandle, entry: ZipEntry, target: string): Promise<void> => {
  if ((entry.mode & FILE_TYPE_MASK) === SYMBOLIC_LINK) throw new Error(`zip entry ${entry.name} is a link`)
  if (entry.method !== STORED && entry.method !== DEFLATED) {
    throw new Error(`zip entry ${entry.name} uses method ${entry.method}; stored and deflated are supported`)
  }
  const header = await readAt(file, entry.localHeaderOffset, 30)
  if (header.readUInt32LE(0) !== LOCAL_SIGNATURE) throw new Error(`zip entry ${entry.name} has no local header`)
  const start = entry.localHeaderOffset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
  await mkdir(path.dirname(target), { recursive: true })
  if (entry.packedSize === 0) return writeFile(target, '')
  const output = createWriteStream(target, { mode: entry.mode & 0o100 ? 0o755 : 0o644 })
  const packed = createReadStream(archive, { start, end: start + entry.packedSize - 1 })
  await (entry.method === STORED ? pipeline(packed, output) : pipeline(packed, createInflateRaw(), output))
}

/**
 * Unpacks the files for which `place` names a path inside `folder`; the others are skipped.
 * Returns how many were written. Throws on a damaged archive and on a place outside `folder`.
 */
export const unpackZip = async (
  archive: string,
  folder: string,
  place: (name: string) => string | undefined,
): Promise<number> => {
  const file = await open(archive)
  let written = 0
  try {
    for (const entry of await readEntries(file)) {
      if (entry.name.endsWith('/')) continue
      const relative = place(entry.name)
      if (relative === undefined) continue
      const target = path.resolve(folder, relative)
      if (!target.startsWith(path.resolve(folder) + path.sep))
        throw new Error(`zip entry ${entry.name} leaves its folder`)
      await unpackEntry(archive, file, entry, target)
      written += 1
    }
  } finally {
    await file.close()
  }
  return written
}
