import { expect, it } from 'vitest'
import { packAsar } from './asar.ts'

it('puts every file where the header says', () => {
  const files = { 'package.json': '{"main":"main.js"}', 'main.js': 'first()\n// ü\n' }
  const archive = packAsar(files)
  const headerSize = archive.readUInt32LE(4)
  const json = archive.toString('utf8', 16, 16 + archive.readUInt32LE(12))
  const header = JSON.parse(json) as { files: Record<string, { size: number; offset: string }> }
  for (const [name, text] of Object.entries(files)) {
    const { size, offset } = header.files[name]!
    const start = 8 + headerSize + Number(offset)
    expect(archive.toString('utf8', start, start + size)).toBe(text)
  }
})

it('aligns the files to four bytes', () => {
  for (const name of ['a', 'ab', 'abc', 'abcd']) expect((8 + packAsar({ [name]: 'x' }).readUInt32LE(4)) % 4).toBe(0)
})
