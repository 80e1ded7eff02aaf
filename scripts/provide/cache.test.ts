import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fileSha256, folderSha256, publishFolder } from './cache.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'cache-'))
  await mkdir(path.join(folder, 'a/b'), { recursive: true })
  await writeFile(path.join(folder, 'a/b/file'), 'hello\n')
  await writeFile(path.join(folder, 'a/other'), 'other')
})
afterEach(() => rm(folder, { recursive: true }))

describe('the digest of a file', () => {
  it('is its sha256', async () => {
    const expected = '5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03'
    expect(await fileSha256(path.join(folder, 'a/b/file'))).toBe(expected)
  })

  it('is undefined when there is none', async () => {
    expect(await fileSha256(path.join(folder, 'none'))).toBeUndefined()
  })
})

describe('the digest of a folder', () => {
  const digest = (except: string[] = []) => folderSha256(path.join(folder, 'a'), except)

  it.each([
    ['a byte', () => writeFile(path.join(folder, 'a/b/file'), 'hallo\n')],
    ['the right to execute', () => chmod(path.join(folder, 'a/b/file'), 0o755)],
    ['one file more', () => writeFile(path.join(folder, 'a/b/more'), '')],
    ['one file less', () => rm(path.join(folder, 'a/b/file'))],
  ])('changes with %s', async (_what, change) => {
    const before = await digest()
    await change()
    expect(await digest()).not.toBe(before)
  })

  it('does not see what is excepted', async () => {
    const before = await digest(['other'])
    await writeFile(path.join(folder, 'a/other'), 'changed')
    expect(await digest(['other'])).toBe(before)
  })

  it('is undefined when there is none', async () => {
    expect(await folderSha256(path.join(folder, 'none'))).toBeUndefined()
  })
})

describe('publishing a folder', () => {
  it('replaces what was there', async () => {
    await mkdir(path.join(folder, 'target'))
    await writeFile(path.join(folder, 'target/old'), '')
    await publishFolder(path.join(folder, 'a'), path.join(folder, 'target'))
    expect(await readFile(path.join(folder, 'target/other'), 'utf8')).toBe('other')
    await expect(readFile(path.join(folder, 'target/old'))).rejects.toThrow('ENOENT')
  })
})
