import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readScenarioFile, ScenarioFileError } from './scenario-file.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vmap-lab-scenario-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

function written(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

describe('a scenario file', () => {
  it('is its text under its name, with the line ends of C and without a byte order mark', () => {
    expect(readScenarioFile(written('xfs log.c', 'a\nb\n'))).toEqual({ name: 'xfs log', source: 'a\nb\n' })
    expect(readScenarioFile(written('DOS.C', '\uFEFFa\r\nb\rc'))).toEqual({ name: 'DOS', source: 'a\nb\nc' })
    expect(readScenarioFile(written('Größe.txt', '// 4096 é\n'))).toMatchObject({ source: '// 4096 é\n' })
    expect(readScenarioFile(written('old.c.C', '')).name).toBe('old')
    expect(readScenarioFile(written('.c', ''))).toEqual({ name: 'scenario', source: '' })
    expect(readScenarioFile(written('a\n\u202eb.c', '')).name).toBe('a b')
    expect(readScenarioFile(written(`${'x'.repeat(150)}.c`, '')).name).toBe('x'.repeat(100))
  })

  it.each([
    ['missing', () => join(folder, 'missing.c'), 'ENOENT'],
    ['a folder', () => folder, 'EISDIR'],
    ['no text', () => written('binary.c', new Uint8Array([0x7f, 0x45, 0xff, 0xfe])), 'it is no text in UTF-8'],
    [
      'far too long',
      () => written('long.c', ' '.repeat(600_001)),
      'it has 600001 bytes; accepted are 200000 characters',
    ],
    ['too long', () => written('longer.c', ' '.repeat(200_001)), 'it has 200001 characters; accepted are 200000'],
  ])('that is %s says so', (_, path, reason) => {
    expect(() => readScenarioFile(path())).toThrow(reason)
    expect(() => readScenarioFile(path())).toThrow(ScenarioFileError)
  })
})
