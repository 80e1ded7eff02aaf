import { gzipSync } from 'node:zlib'
import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { lab, labJson, useFolder } from './cli.fixture.ts'

const folder = useFolder()
const TRACE = '# three maps\nm 1 4\nc 2\nm 2 64\nu 1\nm 3 5000\na\nu 2\nu 3\n'
const journal = (): string[] => ['--journal', folder.path('journal.sqlite')]

function traceFile(name: string, text: string | Buffer = TRACE): string {
  writeFileSync(folder.path(name), text)
  return folder.path(name)
}

describe('lab run of a trace', () => {
  it.each([
    ['requests.trace', TRACE],
    ['requests.gz', gzipSync(TRACE)],
  ])('gives the counts of its replay, and is in the journal: %s', async (name, text) => {
    const path = traceFile(name, text)
    const run = await labJson(['run', path, '--model', 'v4.1', ...journal()])
    const replay = await labJson(['trace', path, '--machine', 'x86_64', '--model', 'v4.1'])
    expect(run).toMatchObject({ status: 'finished', scenario: 'trace', program: name, operations: 7 })
    expect(run).toMatchObject({ counts: (replay as { counts: object }).counts })
    const { run: id } = run as { run: number }
    const report = await lab(['report', String(id), '--format', 'text', ...journal()])
    expect(report.out).toContain(name)
    expect(report.out).toMatch(/"sha256": "[0-9a-f]{64}"/)
    expect(report.out).toContain(`run ${name}`)
  })

  it('fails at a line that is no request, and names it', async () => {
    const run = await lab(['run', traceFile('bad.trace', `${TRACE}m 4\n`), '--model', 'v4.1', '--json', ...journal()])
    expect(run.exit).toBe(1)
    expect(JSON.parse(run.out)).toMatchObject({ status: 'failed', failure: expect.stringMatching(/line 10/) as string })
  })

  it('takes any other file for a text in C', async () => {
    const path = traceFile('notes.txt', 'vm_unmap_aliases();\n')
    expect(await labJson(['run', path, '--model', 'v4.1', ...journal()])).toMatchObject({ scenario: 'program' })
  })
})
