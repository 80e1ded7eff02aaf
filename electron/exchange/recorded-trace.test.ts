import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { formatTraceReference, parseTraceReference } from '../../shared/trace-reference.ts'
import { looksLikeTrace, openTrace, referenceTo } from './recorded-trace.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vmap-lab-trace-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

function file(text: string | Buffer): string {
  const path = join(folder, 'file')
  writeFileSync(path, text)
  return path
}

describe('a reference to a trace', () => {
  it('opens the file that it was made of', async () => {
    const bytes = openTrace(await referenceTo(file('m 1 4\nu 1\n')))
    expect(bytes.read(new Uint8Array(100), 0)).toBeGreaterThan(0)
    bytes.close()
  })

  it('refuses another file in its place, and none', async () => {
    const reference = await referenceTo(file('m 1 4\n'))
    file('m 1 5\n')
    expect(() => openTrace(reference)).toThrow(/is not the trace that was chosen: its SHA-256 was [0-9a-f]{64} and is/)
    rmSync(reference.path)
    expect(() => openTrace(reference)).toThrow(`${reference.path} cannot be read: ENOENT`)
    await expect(referenceTo(reference.path)).rejects.toThrow('cannot be read')
  })

  it('can be ended while the file is read', async () => {
    const path = file('m 1 4\n')
    await expect(referenceTo(path, AbortSignal.abort())).rejects.toThrow('aborted')
  })

  it('is a text and comes back from it', async () => {
    const reference = await referenceTo(file('a\n'))
    expect(parseTraceReference(formatTraceReference(reference))).toEqual(reference)
    for (const text of [
      '',
      'null',
      '{}',
      '[]',
      '{"trace": "x", "bytes": 1, "sha256": "short"}',
      'void scenario(void) {}',
    ]) {
      expect(parseTraceReference(text)).toBeUndefined()
    }
  })
})

describe('a file', () => {
  it.each(['m 1 4\n', '# of a run\n\n  c 3  \n', 'a', gzipSync('# x\nv 1 2\n'), 'm 1 4\r\nu 1\r\n'])(
    'looks like a trace: %j',
    (text) => {
      expect(looksLikeTrace(file(text))).toBe(true)
    },
  )

  it.each(['', '# m 1 4\n', 'a();\n', 'm 1\n', 'int i;\n', gzipSync('text')])('does not: %j', (text) => {
    expect(looksLikeTrace(file(text))).toBe(false)
    expect(looksLikeTrace(join(folder, 'none'))).toBe(false)
    expect(looksLikeTrace(folder)).toBe(false)
  })
})
