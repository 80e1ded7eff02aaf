import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ReadError } from '../scenario/bytes.ts'
import { openFileBytes } from './file-bytes.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vmap-lab-bytes-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

function written(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

/** All of a file, read in small portions. */
function readAll(path: string): string {
  const bytes = openFileBytes(path)
  const parts: Buffer[] = []
  try {
    for (;;) {
      const target = new Uint8Array(1 + 70_000)
      const read = bytes.read(target, 1)
      if (read === 0) return Buffer.concat(parts).toString('utf8')
      parts.push(Buffer.from(target.subarray(1, 1 + read)))
    }
  } finally {
    bytes.close()
  }
}

const long = Array.from({ length: 200_000 }, (_, id) => `m ${id} ${id % 64}\n`).join('')

describe('the bytes of a file', () => {
  it.each([
    ['nothing', ''],
    ['one byte', 'a'],
    ['two lines', 'a\na\n'],
    ['megabytes', long],
  ])('are read as they are, and through gzip whatever the name: %s', (_, text) => {
    expect(readAll(written('plain.txt', text))).toBe(text)
    expect(readAll(written('packed.trace', gzipSync(text)))).toBe(text)
  })

  it('are those of all members of a gzip file', () => {
    const path = written('members.gz', Buffer.concat(['a\n', long, 'm 1 1\n'].map((text) => gzipSync(text))))
    expect(readAll(path)).toBe(`a\n${long}m 1 1\n`)
  })

  it('may be given back early', () => {
    const bytes = openFileBytes(written('early.gz', gzipSync(long)))
    expect(bytes.read(new Uint8Array(10), 0)).toBe(10)
    bytes.close()
  })

  it('say why they cannot be read', () => {
    const whole = gzipSync(long)
    const damaged = Buffer.from(whole)
    damaged.fill(0, whole.length - 8)
    for (const [path, reason] of [
      [join(folder, 'missing'), /ENOENT/],
      [folder, /EISDIR/],
      [written('short.gz', whole.subarray(0, whole.length / 2)), /unexpected end of file/],
      [written('damaged.gz', damaged), /incorrect data check/],
    ] as const) {
      expect(() => readAll(path)).toThrow(reason)
      expect(() => readAll(path)).toThrow(ReadError)
    }
  })
})
