import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { COUNT_NAMES } from '../../shared/counts.ts'
import { formatMachineFile } from '../../shared/machine-file.ts'
import { loadGoldenCases } from '../allocator/golden/golden-cases.ts'
import { lab, labJson, useFolder } from './cli.fixture.ts'

const folder = useFolder()
let journal: string

beforeAll(() => {
  journal = folder.path('journal.sqlite')
})

/** What `lab journal list --json` prints, as far as it is looked at. */
type Listed = readonly { readonly runs: readonly { readonly run: number }[] }[]

describe('reproduce', () => {
  it('compares twelve times four counts, records the runs and writes the report that is asked for', async () => {
    const report = folder.path('report.txt')
    const { exit, out, err } = await lab(['reproduce', '--json', '--report', report, '--journal', journal])
    expect(exit).toBe(0)
    const { matches, rows } = JSON.parse(out) as { matches: boolean; rows: object[] }
    expect(matches).toBe(true)
    expect(rows).toHaveLength(6)
    expect(rows[0]).toEqual({
      scenario: 'exhaust',
      model: 'v4.0',
      counts: { vm_map_ram: 126_000, vm_unmap_ram: 126_000, alloc_vmap_area: 1000, free_vmap_block: 0 },
      published: { vm_map_ram: 126_000, vm_unmap_ram: 126_000, alloc_vmap_area: 1000, free_vmap_block: 0 },
      matches: true,
    })
    expect(readFileSync(report, 'utf8')).toContain('alloc_vmap_area')
    expect(err).toContain(report)
    expect(err).toContain(journal)
  })

  it('prints the tables of the patch', async () => {
    const { out } = await lab(['reproduce', '--journal', journal])
    expect(out).toMatch(/random, BEFORE \(v4\.0\): equal\n.*simulated +published\n/)
    expect(out).toContain('All 24 published counts come out exactly.')
    expect(out).toContain("the author's own seed is unknown")
  })
})

describe('run', () => {
  it('gives the counts in the golden form', async () => {
    const args = ['run', 'exhaust', '--model', 'p3', '--machine', 'x86_64-1cpu', '--journal', journal]
    const golden = loadGoldenCases().find(({ name }) => name === 'scenario1-64-1000')
    const run = (await labJson(args)) as { counts: object; model: string; digest: string }
    expect(run.counts).toEqual(golden?.results['p3']?.counts)
    expect(Object.keys(run.counts)).toEqual([...COUNT_NAMES])
    expect(run).toMatchObject({ model: 'v4.1', status: 'finished', parameters: { iters: 1000 } })
  })

  it('gives the exact distributions over its maps, as data and as text', async () => {
    const args = ['run', 'exhaust', '--model', 'v4.0', '--journal', journal]
    const run = (await labJson(args)) as { run: number; visited_nodes: object; request_orders: object }
    // The 16-page map of each iteration walks every block so far, all others find the first one
    expect(run.visited_nodes).toEqual({
      ranges_max: 65_536,
      ranges: [
        [1, 1, 125_001],
        [2, 1000, 1],
      ],
    })
    expect(run.request_orders).toEqual({ by_order: [0, 0, 0, 125_000, 1000, 0, 0], larger: 0, empty: 0 })
    expect(await labJson(['journal', 'show', String(run.run), '--journal', journal])).toMatchObject(run)
    const { out } = await lab(args)
    expect(out).toMatch(/Blocks walked by a map, median +1\n.*99th percentile +1\n.*most +1000\n/)
    expect(out).toMatch(/Maps of order 3, 5 to 8 pages +125000\n +Maps of order 4, 9 to 16 pages +1000\n/)
    expect(out).not.toContain('Maps of order 2')
  })

  it('takes parameters, a seed and a machine file, and repeats itself exactly', async () => {
    const machine = folder.path('machine.json')
    writeFileSync(machine, '{"bits":32,"nr_cpus":4,"vmalloc_start":4034920448,"vmalloc_pages":32768}')
    const args = ['run', 'random', '--model', 'v4.0', '--machine', machine, '--seed', '7', '--param', 'iters=500']
    const runs = [await labJson([...args, '--journal', journal]), await labJson([...args, '--journal', journal])]
    const [first, second] = runs as { digest: string; counts: object; machine: object; seed: number }[]
    expect(first).toMatchObject({
      seed: 7,
      machine: { id: 'custom', bits: 32, bbmap_bits: 512 },
      counts: { vm_map_ram: 500 },
    })
    expect(second?.digest).toBe(first?.digest)
  })
})

const traced = loadGoldenCases().filter(
  ({ lines, results }) => lines !== undefined && results['before']?.addr !== undefined,
)

describe('trace', () => {
  it.each(traced)('answers exactly as the golden file: $name', async ({ machine, lines, results }) => {
    const machineFile = folder.path('golden-machine.json')
    writeFileSync(machineFile, formatMachineFile(machine))
    const text = lines?.join('\n') ?? ''
    const args = ['trace', '-', '--machine', machineFile, '--model', 'before']
    expect(await labJson([...args, '--per-op'], text)).toEqual(results['before'])
    const { counts, free_lists } = results['before']!
    expect(await labJson(args, text)).toEqual({ counts, free_lists })
  })

  it('has cases to answer', () => {
    expect(traced.length).toBeGreaterThan(25)
  })

  it('says what a kernel leaves undefined instead of inventing it', async () => {
    const args = ['trace', '-', '--machine', 'i386', '--model', 'v3.2', '--json']
    const { exit, out, err } = await lab(args, 'm 1 0\n')
    expect({ exit, out }).toEqual({ exit: 1, out: '' })
    expect(err).toBe('lab trace: A map of 0 pages is not simulated under v3.2: that kernel does not check for it.\n')
  })

  it('reads a file and prints a table', async () => {
    const trace = folder.path('trace.txt')
    writeFileSync(trace, 'm 1 4\nu 1\n')
    const { exit, out } = await lab(['trace', trace, '--machine', 'i386', '--model', 'v4.1', '--per-op'])
    expect(exit).toBe(0)
    expect(out).toMatch(/vm_map_ram +1\n/)
    expect(out).toMatch(/addr +visited\n +0 +0\n/)
  })
})

describe('the lists', () => {
  it.each(['scenarios', 'models', 'machines'])('%s are printed as text and as data', async (name) => {
    expect((await lab([name])).out.length).toBeGreaterThan(100)
    const listed = (await labJson([name])) as { id: string }[]
    expect(listed.length).toBeGreaterThanOrEqual(3)
    expect(listed.every(({ id }) => id.length > 0)).toBe(true)
  })
})

describe('journal and report', () => {
  it('finds a run again, shows it and reports on it in every format', async () => {
    const { run, digest } = (await labJson([
      'run',
      'orders',
      '--model',
      'v4.1',
      '--param',
      'iters=3',
      '--journal',
      journal,
    ])) as {
      run: number
      digest: string
    }
    const [newest] = (await labJson(['journal', 'list', '--limit', '1', '--journal', journal])) as { runs: object[] }[]
    expect(newest?.runs).toMatchObject([{ run, digest, scenario: 'orders', parameters: { iters: 3 } }])
    expect(await labJson(['journal', 'show', String(run), '--journal', journal])).toMatchObject({ run, digest })
    for (const format of ['html', 'text', 'json']) {
      const path = folder.path(`report.${format}`)
      const answer = await lab(['report', String(run), '--format', format, '--out', path, '--journal', journal])
      expect(answer).toMatchObject({ exit: 0, out: '' })
      expect(readFileSync(path, 'utf8')).toContain(digest)
    }
    expect((await lab(['report', String(run), '--format', 'text', '--journal', journal])).out).toContain(digest)
  })

  it('makes a run again and says that the same comes out', async () => {
    const listed = await labJson(['journal', 'list', '--search', 'status:finished', '--journal', journal])
    const run = (listed as Listed)[0]?.runs[0]?.run
    expect(await lab(['rerun', String(run), '--journal', journal])).toMatchObject({
      exit: 0,
      out: `Run ${run}: Reproduced: same digest.\n`,
    })
    const again = await labJson(['rerun', String(run), '--json', '--journal', journal])
    expect(again).toEqual([{ run, kind: 'reproduced', sentence: 'Reproduced: same digest.', differences: [] }])
    expect(await lab(['rerun', '999999', '--journal', journal])).toMatchObject({
      exit: 1,
      err: expect.stringContaining('There is no run 999999') as unknown,
    })
  })

  it('looks after the file and merges another one', async () => {
    expect((await lab(['journal', 'check', '--journal', journal])).out).toContain('nothing wrong')
    const backup = (await labJson(['journal', 'backup', '--json', '--journal', journal])) as {
      readonly last_backup: { readonly path: string }
    }
    const merged = await labJson([
      'journal',
      'merge',
      backup.last_backup.path,
      '--dry-run',
      '--json',
      '--journal',
      journal,
    ])
    expect(merged).toMatchObject({ dryRun: true, experiments: 0, runs: 0, underWay: 0 })
    const file = await lab(['journal', 'file', '--journal', journal])
    expect(file).toMatchObject({ exit: 0 })
    expect(file.out).toContain(backup.last_backup.path)
    expect(await lab(['journal', 'merge', folder.path('none'), '--journal', journal])).toMatchObject({
      exit: 1,
      err: expect.stringContaining('There is no file') as unknown,
    })
  })

  it('searches', async () => {
    const found = await labJson(['journal', 'list', '--search', 'orders', '--journal', journal])
    expect(found).not.toEqual([])
    expect(await labJson(['journal', 'list', '--search', 'nothing-like-it', '--journal', journal])).toEqual([])
    const query = 'scenario=orders (model=v4.0 OR seed<0)'
    const both = (await labJson(['journal', 'list', '--search', query, '--journal', journal])) as Listed
    expect(both.length).toBeGreaterThan(0)
    for (const { runs } of both) expect(runs).toMatchObject([{ scenario: 'orders', model: 'v4.0' }])
    const { exit, err } = await lab(['journal', 'list', '--search', 'orders model<4', '--journal', journal])
    expect({ exit, err }).toMatchObject({
      exit: 2,
      err: expect.stringContaining('Column 14: model has no order.') as unknown,
    })
  })

  it.each([
    [['journal', 'show', '999999'], 'there is no run 999999'],
    [['report', '999999', '--format', 'text'], 'There is no run 999999'],
  ])('says when a run is not there: %j', async (args, message) => {
    const { exit, out, err } = await lab([...args, '--journal', journal])
    expect({ exit, out }).toEqual({ exit: 1, out: '' })
    expect(err).toContain(message)
  })

  it('refuses a journal that is none, in one line, and leaves it as it was', async () => {
    const path = folder.path('no-journal.txt')
    writeFileSync(path, 'plain text '.repeat(100))
    const { exit, err } = await lab(['journal', 'list', '--journal', path])
    expect(exit).toBe(1)
    expect(err).toContain(path)
    expect(err.trim().split('\n')).toHaveLength(1)
    expect(readFileSync(path, 'utf8')).toBe('plain text '.repeat(100))
  })

  it('says when a report cannot be written', async () => {
    const path = folder.path('missing/report.html')
    const { exit, err } = await lab(['report', '1', '--format', 'html', '--out', path, '--journal', journal])
    expect(exit).toBe(1)
    expect(err).toContain('cannot be written')
    expect(existsSync(path)).toBe(false)
  })
})

describe('wrong use', () => {
  it.each([
    [['nonsense'], 'command "nonsense" is not known; accepted are: reproduce, run, sweep, trace'],
    [['run'], 'expected one SCENARIO, got nothing'],
    [['run', 'exhaust'], '--model is missing'],
    [
      ['run', 'exhaust', '--model', 'v9'],
      '--model "v9" is not known; accepted are: v2.6.28, v3.2, v4.0 (before, v4.0.5)',
    ],
    [['run', 'none', '--model', 'v4.0'], 'scenario "none" is not known; accepted are: exhaust, random, orders'],
    [['run', 'exhaust', '--model', 'v4.0', '--param', 'iters=0'], 'iters is 0; accepted are whole numbers from 1 to'],
    [['run', 'exhaust', '--model', 'v4.0', '--param', 'iters'], '--param "iters" cannot be read'],
    [['run', 'exhaust', '--model', 'v4.0', '--param', 'size=3'], 'has no parameter size; accepted are: iters'],
    [['run', 'exhaust', '--model', 'v4.0', '--seed', '-1'], "'--seed'"],
    [['run', 'exhaust', '--model', 'v4.0', '--seed', '4294967296'], '--seed is "4294967296"; accepted are'],
    [
      ['run', 'exhaust', '--model', 'v4.0', '--machine', '/no/such'],
      'is neither a preset, a file nor a saved machine; presets are: x86_64',
    ],
    [['run', 'exhaust', '--modle', 'v4.0'], "'--modle'; accepted are: --model"],
    [['trace', '/no/such', '--machine', 'i386', '--model', 'v4.0'], '/no/such: cannot be read'],
    [['trace', '-', '--model', 'v4.0'], '--machine is missing'],
    [['journal', 'destroy'], 'expected list, show and a RUN, file'],
    [['report', '1', '--format', 'pdf'], '--format "pdf" is not known; accepted are: html, text, json'],
    [['report', 'one', '--format', 'text'], 'RUN is "one"; accepted are whole numbers'],
    [['models', 'extra'], 'expected no argument, got "extra"'],
  ])('%j', async (args, message) => {
    const { exit, out, err } = await lab(args)
    expect({ exit, out }).toEqual({ exit: 2, out: '' })
    expect(err).toContain(message)
    expect(err.trim().split('\n')).toHaveLength(1)
  })

  it('names the line of a malformed trace and replays nothing', async () => {
    const { exit, out, err } = await lab(
      ['trace', '-', '--machine', 'i386', '--model', 'v4.0', '--json'],
      'm 1 1\nm 2\n',
    )
    expect({ exit, out }).toEqual({ exit: 2, out: '' })
    expect(err).toBe('lab trace: standard input, line 2: "m 2" has 1 numbers; accepted is: m ID COUNT\n')
  })
})

describe('help', () => {
  it('lists the commands and explains each', async () => {
    const { exit, out } = await lab(['--help'])
    expect(exit).toBe(0)
    for (const name of ['reproduce', 'run', 'trace', 'scenarios', 'models', 'machines', 'journal', 'report']) {
      expect(out).toContain(`  ${name} `)
      expect(await lab([name, '--help'])).toMatchObject({ exit: 0, err: '' })
      expect((await lab([name, '--help'])).out).toContain(`lab ${name} `)
    }
  })

  it('is what an empty command line gets, as wrong use', async () => {
    expect(await lab([])).toMatchObject({ exit: 2, out: '' })
  })

  it('says the version', async () => {
    expect((await lab(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
})

describe('exhaust', () => {
  it('says when the space is used up and what the failure purge frees', async () => {
    const { exit, out } = await lab(['exhaust', '--machine', 'i386', '--model', 'v4.0'])
    expect(exit).toBe(0)
    expect(out).toContain('Map 4,033, of 16 pages, found no address space. There were 32 live blocks (128 MiB)')
    expect(out).toContain('The failure purge freed 32 blocks, indexes 0 to 31: 32 with 8 free slots.')
  })

  it('goes on for as many maps as are asked for', async () => {
    const data = await labJson(['exhaust', '--machine', 'i386', '--model', 'v4.1', '--maps', '126000'])
    expect(data).toMatchObject({ failure: null, counts: { alloc_vmap_area: 993, purge_on_lazy_threshold: 110 } })
  })

  it('refuses a number of maps that is none', async () => {
    const { exit, err } = await lab(['exhaust', '--model', 'v4.1', '--maps', 'many'])
    expect(exit).toBe(2)
    expect(err).toContain('--maps is "many"; accepted are whole numbers from 1 to')
  })
})
