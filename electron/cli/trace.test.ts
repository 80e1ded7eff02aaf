import { writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { lab, labJson, useFolder } from './cli.fixture.ts'

const folder = useFolder()

describe('a long trace', () => {
  const lines = Array.from({ length: 100_000 }, (_, id) => [`m ${id} ${1 + (id % 40)}`, `u ${Math.max(0, id - 5)}`])
    .flat()
    .join('\n')
  const options = ['--machine', 'i386', '--model', 'v4.1']

  it('is read through gzip to the same result', async () => {
    const [plain, packed] = [folder.path('long.txt'), folder.path('long.gz')]
    writeFileSync(plain, lines)
    writeFileSync(packed, gzipSync(lines))
    expect(await labJson(['trace', packed, ...options])).toEqual(await labJson(['trace', plain, ...options]))
  })

  it('names the line that is wrong and prints nothing, also in gzip', async () => {
    const path = folder.path('wrong.gz')
    writeFileSync(path, gzipSync([lines, 'm 1', lines].join('\n')))
    expect(await lab(['trace', path, ...options])).toEqual({
      exit: 2,
      out: '',
      err: `lab trace: ${path}, line 200001: "m 1" has 1 numbers; accepted is: m ID COUNT\n`,
    })
  })

  it('that is cut off is not taken for a whole one', async () => {
    const path = folder.path('short.gz')
    writeFileSync(path, gzipSync(lines).subarray(0, 50_000))
    expect(await lab(['trace', path, ...options])).toEqual({
      exit: 2,
      out: '',
      err: `lab trace: ${path}: cannot be read (unexpected end of file)\n`,
    })
  })

  it('has a limit for the list of its maps', async () => {
    const many = 'm 1 1\nu 1\n'.repeat(1_000_001)
    const { exit, out, err } = await lab(['trace', '-', ...options, '--per-op', '--json'], many)
    expect({ exit, out }).toEqual({ exit: 1, out: '' })
    expect(err).toContain('standard input has more than 1000000 maps, the most that --per-op lists')
  })
})
