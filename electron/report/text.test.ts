import { beforeAll, describe, expect, test } from 'vitest'
import type { RunRecord } from '../../shared/journal.ts'
import type { Machine } from '../../shared/machine.ts'
import { patch2015Runs } from '../../shared/published.ts'
import type { FreeListSummary, RunSpec } from '../../shared/run.ts'
import { parseMachineFile } from '../exchange/machine-file.ts'
import { execute } from '../runner/execute.ts'
import { buildReport, writeReport, type ReportInput } from './index.ts'
import { inputOf, recordOf } from './report.fixture.ts'
import { freeListLines } from './text/free-list.ts'
import { columnsOf, wrap, wrapCommand } from './text/wrap.ts'

function made(id: number, spec: RunSpec): RunRecord {
  const execution = execute(spec, { cancelled: () => false, onProgress: () => undefined, clock: () => 0 })
  if (execution.kind !== 'finished') throw new Error('not finished')
  return recordOf(id, spec, execution.result)
}

function textOf(input: ReportInput): string {
  return writeReport(buildReport(input), 'text')
}

/** Every line but those that the scenario source holds itself. */
function proseOf(text: string, runs: readonly RunRecord[]): string[] {
  const sources = new Set(runs.flatMap((run) => run.source.split('\n')))
  return text.split('\n').filter((line) => !sources.has(line))
}

const [SPEC] = patch2015Runs() as [RunSpec]
let published: RunRecord[] = []

beforeAll(() => {
  published = patch2015Runs().map((spec, index) => made(index + 1, spec))
})

describe('the published experiment', () => {
  test("has the patch's table layout, with the published hits beside the simulated ones", () => {
    const text = textOf(inputOf(published))
    expect(text).toContain(
      [
        'BEFORE (v4.0)',
        '  Function                               Hit   Published',
        '  --------                               ---   ---------',
        '  vm_map_ram                          126000      126000',
        '  vm_unmap_ram                        126000      126000',
        '  alloc_vmap_area                       1000        1000',
        '  free_vmap_block                          0      no row',
        '',
      ].join('\n'),
    )
    expect(text).toContain(
      [
        'AFTER (v4.1)',
        '  Function                               Hit   Published',
        '  --------                               ---   ---------',
        '  vm_map_ram                           10000       10000',
        '  vm_unmap_ram                         10000       10000',
        '  alloc_vmap_area                        414         414',
        '  free_vmap_block                        412         412',
        '',
      ].join('\n'),
    )
    expect(text).toContain('All 24 published counts come out exactly.')
    expect(text).toContain('383 blocks stay listed in v4.0; 2 in v4.1.')
  })

  test('draws free lists from HEAD to TAIL with exact numbers below', () => {
    const text = textOf(inputOf(published))
    expect(text).toContain(
      [
        '  HEAD |xxxxxxx---|xxxxxxxxx-|xxxxxxxxx-| ... |xxxxxxxxx-| TAIL',
        '        287 free   8 free     22 free          14 free',
        '  379 more blocks between them.',
      ].join('\n'),
    )
    expect(text).toContain('  HEAD |xxxxxxxxx-|xxxxx-----| TAIL\n        13 free    512 free\n')
    expect(text).toContain('AFTER (v4.1): no block is listed.')
  })

  test('keeps to 72 columns', () => {
    const lines = proseOf(textOf(inputOf(published, { tags: ['long'.repeat(10), 'b'.repeat(40)] })), published)
    expect(lines.length).toBeGreaterThan(150)
    expect(lines.filter((line) => columnsOf(line) > 72)).toEqual([])
  })

  test('says what has to be known about the published figures', () => {
    const text = textOf(inputOf(published)).replace(/\s+/g, ' ')
    expect(text).toContain("The author's seed for the random workload is not known.")
    expect(text).toContain("Six of the patch's s^2 values cannot be right")
    expect(text).toContain('orders AFTER, vm_map_ram and vm_unmap_ram')
  })

  test('says that another seed need not give the published counts', () => {
    const runs = patch2015Runs()
      .filter(({ scenarioId }) => scenarioId === 'random')
      .map((spec, index) => made(index + 1, { ...spec, seed: 1 }))
    const text = textOf(inputOf(runs)).replace(/\s+/g, ' ')
    expect(text).toContain('Counts with seed 1 need not equal the published ones')
    expect(text).toContain('Published counts that differ:')
  })

  test('gives one command for all and one for each run', () => {
    const text = textOf(inputOf(published))
    expect(text).toContain('  npm run -s lab -- reproduce\n')
    expect(text).toContain(
      '  npm run -s lab -- run exhaust --model v4.0 --machine x86_64 \\\n    --seed 2424 --param iters=1000\n',
    )
    for (const run of published) expect(text).toContain(run.digest)
    expect(textOf(inputOf(published.slice(1)))).not.toContain('lab -- reproduce')
  })
})

describe('other runs', () => {
  test('one run only', () => {
    const text = textOf(inputOf(published.slice(3, 4)))
    expect(text).toContain('AFTER (v4.1)')
    expect(text).not.toContain('BEFORE (')
    expect(text).toContain('2 blocks stay listed in v4.1.')
  })

  test('without published figures there is no published column and no caveat', () => {
    const run = made(1, { ...SPEC, parameters: { iters: 7 } })
    const text = textOf(inputOf([run]))
    expect(text).toContain(
      '  Function                               Hit\n  --------                               ---\n',
    )
    expect(text).not.toContain("author's seed")
    expect(text).not.toContain('Roman Pen')
  })

  test('unfinished runs show their status and no counts', () => {
    const runs = (['running', 'cancelled', 'interrupted', 'failed'] as const).map((status, index) =>
      recordOf(index + 1, SPEC, undefined, { status, ...(status === 'failed' && { failure: 'out of memory' }) }),
    )
    const text = textOf(inputOf(runs))
    expect(text).toContain('Run 1 (v4.0) had not finished when this report was written: no counts.')
    expect(text).toContain('Run 2 (v4.0) was cancelled: no counts.')
    expect(text).toContain('Run 3 (v4.0) was interrupted: no counts.')
    expect(text).toContain('Run 4 (v4.0) failed: out of memory')
    expect(text).not.toContain('Hit')
    expect(text).not.toContain('undefined')
  })

  test('a custom machine comes with its file, exact to the byte', () => {
    const machine: Machine = {
      wordBits: 64,
      nrCpus: 3,
      vmallocStartPage: 0xffff_c900_0000_1,
      vmallocPages: 123_456_789,
      bbmapBits: 256,
    }
    const run = made(9, { ...SPEC, parameters: { iters: 5 }, machineId: 'custom', machine })
    const text = textOf(inputOf([run]))
    expect(text).toContain('--machine machine.json')
    const [, file = ''] = /\nmachine\.json:\n((?: {2}.*\n)+)/.exec(text) ?? []
    expect(file).toContain(`"vmalloc_start":${0xffff_c900_0000_1n * 4096n}`)
    expect(parseMachineFile(file)).toEqual(machine)
  })

  test('two custom machines get a file each', () => {
    const machines = [3, 5].map((nrCpus) => ({ ...SPEC.machine, nrCpus }))
    const runs = machines.map((machine, index) => made(index + 1, { ...SPEC, machineId: 'custom', machine }))
    const text = textOf(inputOf(runs))
    expect(text).toContain('--machine machine.json')
    expect(text).toContain('--machine machine-2.json')
    expect(text).toContain('Exhaust (iters 1,000) on machine-2.json')
  })

  test('sections that were not chosen are absent', () => {
    const note = [{ text: 'Private.', writtenAtMs: 0 }]
    const text = textOf(inputOf(published, { note, sections: ['reproduce', 'verdict'] }))
    expect(text).toMatch(/Verdict\n=======[^]*How to reproduce/)
    for (const absent of ['Private.', 'HEAD |', 'Function', 'static int', 'Roman Pen'])
      expect(text).not.toContain(absent)
  })
})

describe("people's words", () => {
  test('lose control and direction characters, keep letters, lines and indents', () => {
    const note = [
      { text: 'first\r\n  second\u001b[31m\u0007 \u202e\u0645\u0631\u062d\u0628\u0627\n\nthird\u0000', writtenAtMs: 0 },
    ]
    const text = textOf(inputOf(published.slice(0, 1), { title: 'a\u001b]0;b\u0007\nc', note }))
    expect(text).toContain('a]0;b c\n')
    expect(text).toContain('first\n  second[31m \u0645\u0631\u062d\u0628\u0627\n\nthird\n')
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
  })

  test('an empty note has no heading, long words are cut', () => {
    expect(textOf(inputOf(published, { note: [{ text: ' \n', writtenAtMs: 0 }] }))).not.toMatch(/^Note$/m)
    const note = [{ text: `${'x'.repeat(200)} ${'語'.repeat(50)}`, writtenAtMs: 0 }]
    const lines = proseOf(textOf(inputOf(published, { note, question: 'q'.repeat(1000) })), published)
    expect(lines.filter((line) => columnsOf(line) > 72)).toEqual([])
  })

  test('the request has its own title', () => {
    expect(textOf(inputOf(published, { requestTitle: 'Mine' }))).toMatch(/^Mine\n/)
  })
})

describe('block bars', () => {
  test('lists of every length fit the columns', () => {
    for (let length = 1; length <= 70; length++) {
      const head = Array.from({ length: Math.min(length, 64) }, (_, index) => [index, 1024, 0] as const)
      const tail = Array.from({ length: length - head.length }, (_, index) => [64 + index, 7, 0] as const)
      const list: FreeListSummary = { cpu: 0, length, head, tail, freeSlotsMax: [] }
      const lines = freeListLines(list, 1024, '  ')
      expect(lines.filter((line) => columnsOf(line) > 72)).toEqual([])
      const shown = (lines[0]?.match(/[x-]{10}/g) ?? []).length
      const hidden = Number(/(\d+) more/.exec(lines[2] ?? '')?.[1] ?? 0)
      expect(shown + hidden).toBe(length)
    }
  })
})

describe('wrapping', () => {
  test('indents what follows under what came first', () => {
    expect(wrap('aa bb cc', { first: '- ', columns: 7 })).toEqual(['- aa bb', '  cc'])
    expect(wrap('')).toEqual([])
  })

  test('commands break between options and join again in a shell', () => {
    const command =
      'npm run -s lab -- run random --model v4.0+1+2 --machine x86_64-8192 --seed 4294967295 --param iters=10000'
    const lines = wrapCommand(command, '  ')
    expect(lines.every((line) => line.length <= 72)).toBe(true)
    expect(
      lines
        .join('\n')
        .replace(/ \\\n\s+/g, ' ')
        .trim(),
    ).toBe(command)
  })
})
