import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MACHINE_PRESETS } from '../../shared/machine.ts'
import { importMachine, MachineImportError } from './import-machine.ts'
import { importKernelConfig } from './kernel-config.ts'
import { formatSavedMachine } from './machine-file.ts'

const MEASURED = readFileSync(join(import.meta.dirname, 'fixtures/config-6.1-small'))
const saved = { name: 'mine', description: 'A sentence.', machine: MACHINE_PRESETS[0]!.machine }

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vmap-lab-import-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

describe('a file that a machine is imported from', () => {
  it('is a .config, whatever its name', () => {
    expect(importMachine(file('config', MEASURED))).toEqual(importKernelConfig(MEASURED.toString('utf8')))
  })

  it('is a compressed .config as the kernel itself has it', () => {
    expect(importMachine(file('config.gz', gzipSync(MEASURED)))).toEqual(importMachine(file('plain', MEASURED)))
  })

  it('is a machine file, which assumes nothing', () => {
    expect(importMachine(file('machine.json', formatSavedMachine(saved)))).toEqual({ ...saved, assumptions: [] })
  })

  it.each<[string, string | Uint8Array, string]>([
    ['no text', new Uint8Array([0xff, 0xfe, 0x00]), 'it is no text; accepted are'],
    ['a machine file with a mistake', '{"bits": 16}', 'bits: accepted are 32 and 64'],
    ['a list', '[1]', 'the file'],
    ['a .config with a mistake', 'CONFIG_X86_64=y\nhere\n', 'line 2: "here"'],
    ['larger than the limit', new Uint8Array(4 * 2 ** 20 + 1).fill(0x0a), 'it has more than 4 MiB, the limit'],
    ['larger than the limit when decompressed', gzipSync(new Uint8Array(4 * 2 ** 20 + 1)), 'it has more than 4 MiB'],
    ['compressed and damaged', gzipSync(MEASURED).subarray(0, 1000), 'cannot be read'],
  ])('is refused by name when it is %s', (_, content, problem) => {
    const path = file('bad', content)
    expect(() => importMachine(path)).toThrow(MachineImportError)
    expect(() => importMachine(path)).toThrow(`${path}: `)
    expect(() => importMachine(path)).toThrow(problem)
  })

  it('is refused by name when it is not there, or no file', () => {
    expect(() => importMachine(join(folder, 'missing'))).toThrow(/missing: cannot be read/)
    expect(() => importMachine(folder)).toThrow('it is no file')
  })
})
