import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { unpackZip } from './zip.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'zip-'))
})
afterEach(() => rm(folder, { recursive: true }))

interface File {
  readonly name: string
  readonly text: string
  readonly mode?: number
  readonly stored?: boolean
}

/** A zip archive with the fields that a reader needs. */
const zip = (files: readonly File[]): Buffer => {
  const local: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const { name, text, mode = 0o100644, stored = false } of files) {
    const packed = stored ? Buffer.from(text) : deflateRawSync(text)
    const header = Buffer.alloc(30)
    header.writeUInt32LE(0x04034b50, 0)
    header.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(stored ? 0 : 8, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(mode * 0x10000, 38)
    entry.writeUInt32LE(offset, 42)
    local.push(header, Buffer.from(name), packed)
    central.push(entry, Buffer.from(name))
    offset += 30 + name.length + packed.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...local, directory, end])
}

const unpack = async (archive: Buffer, place: (name: string) => string | undefined): Promise<number> => {
  await writeFile(path.join(folder, 'archive.zip'), archive)
  return unpackZip(path.join(folder, 'archive.zip'), path.join(folder, 'to'), place)
}
const unpacked = (name: string) => readFile(path.join(folder, 'to', name), 'utf8')

describe('unpacking a zip archive', () => {
  it('writes the chosen files under the chosen names', async () => {
    const archive = zip([
      { name: 'a/one', text: 'first' },
      { name: 'a/two', text: 'second', stored: true },
      { name: 'b/three', text: 'third' },
      { name: 'a/', text: '' },
    ])
    const written = await unpack(archive, (name) => (name.startsWith('a/') ? `x/${name.slice(2)}` : undefined))
    expect(written).toBe(2)
    expect(await unpacked('x/one')).toBe('first')
    expect(await unpacked('x/two')).toBe('second')
  })

  it('keeps the right to execute', async () => {
    await unpack(zip([{ name: 'run', text: '#!/bin/sh', mode: 0o100755 }]), (name) => name)
    expect((await stat(path.join(folder, 'to/run'))).mode & 0o111).toBe(0o111)
  })

  it('writes empty files', async () => {
    await unpack(zip([{ name: 'empty', text: '', stored: true }]), (name) => name)
    expect(await unpacked('empty')).toBe('')
  })

  it('refuses to write outside its folder', async () => {
    await expect(unpack(zip([{ name: '../escaped', text: 'x' }]), (name) => name)).rejects.toThrow('leaves its folder')
  })

  it('refuses links', async () => {
    const archive = zip([{ name: 'link', text: '/etc/passwd', mode: 0o120777 }])
    await expect(unpack(archive, (name) => name)).rejects.toThrow('is a link')
  })

  it('says what is wrong with a file that is no archive', async () => {
    await expect(unpack(Buffer.from('hello'.repeat(100)), (name) => name)).rejects.toThrow('not a zip archive')
  })
})
