import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { derivedFacts } from '../../shared/derived-facts.ts'
import { MACHINE_PRESETS } from '../../shared/machine.ts'
import { Journal } from '../journal/index.ts'
import { lab, labJson, useFolder } from './cli.fixture.ts'

const folder = useFolder()
const CONFIG = join(import.meta.dirname, '../exchange/fixtures/config-6.1-small')
let journals = 0

/** The option that names a new journal of its own. */
function newJournal(): [option: string, path: string] {
  journals += 1
  return ['--journal', folder.path(`journal-${journals}.sqlite`)]
}

/** A journal with the machine "board". */
async function journalWithBoard(): Promise<[option: string, path: string]> {
  const journal = newJournal()
  expect((await lab(['machines', '--import', CONFIG, '--save', 'board', ...journal])).exit).toBe(0)
  return journal
}

const ITERS = ['--model', 'v6.1', '--param', 'iters=3']

describe('lab machines', () => {
  it('lists the presets and what follows from each, without making a journal', async () => {
    const { exit, out } = await lab(['machines'])
    expect(exit).toBe(0)
    expect(existsSync(folder.path('home/journal.sqlite'))).toBe(false)
    const i386 = out.split('\n').find((line) => line.startsWith('i386-4 '))
    expect(i386?.split(/ {2,}/)).toEqual([
      ...['i386-4', '32-bit', '4', '4 KiB', '0xf0800000', '128 MiB', '512', '2 MiB', '64', '24,576 pages'],
    ])
    for (const { id, description } of MACHINE_PRESETS) expect(out).toContain(`${id}: ${description}\n`)
  })

  it('gives the same as data', async () => {
    const listed = (await labJson(['machines'])) as { id: string; saved: boolean; derived: Record<string, unknown> }[]
    expect(listed.map(({ id, saved }) => [id, saved])).toEqual(MACHINE_PRESETS.map(({ id }) => [id, false]))
    for (const [position, { machine }] of MACHINE_PRESETS.entries()) {
      const facts = derivedFacts(machine)
      expect(listed[position]?.derived).toMatchObject({
        block_pages: facts.blockPages,
        block_bytes: facts.blockBytes,
        blocks: facts.blocksMax,
        lazy_limit_pages: facts.lazyMaxPages,
        max_alloc_pages: facts.maxAllocPages,
        page_bytes: 4096,
        vmalloc_first: facts.vmallocFirst,
        vmalloc_last: facts.vmallocLast,
      })
    }
  })
})

describe('a kernel .config', () => {
  it.each([[[]], [['--json']]])('is printed as a machine file, with %j too', async (options) => {
    const { exit, out, err } = await lab(['machines', '--import', CONFIG, ...options])
    expect(exit).toBe(0)
    expect(err.trim().split('\n')).toEqual([
      expect.stringMatching(/^Assumed: CONFIG_X86_5LEVEL=y: /) as string,
      expect.stringMatching(/^Assumed: All 8 CPUs of CONFIG_NR_CPUS are taken to be online/) as string,
    ])
    const file = folder.path('printed.json')
    writeFileSync(file, out)
    const journal = newJournal()
    const run = (machine: string) => labJson(['run', 'exhaust', ...ITERS, '--machine', machine, ...journal])
    const [fromFile, preset] = (await Promise.all([run(file), run('x86_64-8')])) as { digest: string }[]
    expect(fromFile).toMatchObject({ machine: { id: 'custom', bits: 64, nr_cpus: 8, bbmap_bits: 1024 } })
    expect(fromFile?.digest).toBe(preset?.digest)
  })

  it('tells its assumptions as data', async () => {
    const { assumptions } = (await labJson(['machines', '--import', CONFIG])) as { assumptions: string[] }
    expect(assumptions).toHaveLength(2)
  })

  it('is saved under a name, and chosen by it whatever the case', async () => {
    const journal = await journalWithBoard()
    const listed = (await labJson(['machines', ...journal])) as object[]
    expect(listed).toHaveLength(MACHINE_PRESETS.length + 1)
    expect(listed.at(-1)).toMatchObject({ id: 'board', saved: true, nr_cpus: 8, derived: { blocks: 8_388_608 } })
    expect((await lab(['machines', ...journal])).out).toContain('\nboard: From a kernel .config (Linux/x86 6.1.192). ')
    const run = await labJson(['run', 'exhaust', ...ITERS, '--machine', 'BOARD', ...journal])
    expect(run).toMatchObject({ machine: { id: 'board', nr_cpus: 8 } })
    expect((await lab(['trace', '-', '--model', 'v4.0', '--machine', 'board', ...journal], 'm 1 4\n')).exit).toBe(0)
    const again = await lab(['machines', '--import', CONFIG, '--save', 'Board', ...journal])
    expect(again.err).toContain('saved over board')
  })

  it('that is given as a machine is told apart from a machine file', async () => {
    const { exit, err } = await lab(['run', 'exhaust', ...ITERS, '--machine', CONFIG])
    expect(exit).toBe(2)
    expect(err).toBe(
      `lab run: --machine ${CONFIG}: it is a kernel's .config; "lab machines --import ${CONFIG}" prints a machine file of it\n`,
    )
  })

  it('that cannot be read is refused with file, line and reason', async () => {
    const path = folder.path('bad.config')
    writeFileSync(path, 'CONFIG_ARM64=y\nCONFIG_ARM64_64K_PAGES=y\n')
    expect(await lab(['machines', '--import', path])).toEqual({
      exit: 2,
      out: '',
      err: `lab machines: --import ${path}: line 2: CONFIG_ARM64_64K_PAGES=y makes pages of 64 KiB; the lab simulates pages of 4 KiB\n`,
    })
  })
})

describe('a saved machine', () => {
  it('is exported, deleted, and imported again; runs on it stay', async () => {
    const journal = await journalWithBoard()
    const { run } = (await labJson(['run', 'exhaust', ...ITERS, '--machine', 'board', ...journal])) as { run: number }
    const file = folder.path('board.json')
    writeFileSync(file, (await lab(['machines', '--export', 'board', ...journal])).out)
    expect(await lab(['machines', '--delete', 'BOARD', ...journal])).toMatchObject({ exit: 0, out: '' })
    expect(await labJson(['machines', ...journal])).toHaveLength(MACHINE_PRESETS.length)
    expect(await labJson(['journal', 'show', String(run), ...journal])).toMatchObject({
      machine: { id: 'board', nr_cpus: 8, vmalloc_start: '0xffffc90000000000' },
    })
    await lab(['machines', '--import', file, '--save', 'again', ...journal])
    expect((await lab(['machines', ...journal])).out).toContain('\nagain: From a kernel .config')
  })

  it('comes with its file in a report, for others do not have it', async () => {
    const journal = await journalWithBoard()
    const { run } = (await labJson(['run', 'exhaust', ...ITERS, '--machine', 'board', ...journal])) as { run: number }
    const { out } = await lab(['report', String(run), '--format', 'text', ...journal])
    expect(out).toContain('--machine machine.json')
    expect(out).toContain('"nr_cpus":8')
  })

  it('makes way for a file of its name, so that a machine file needs no journal', async () => {
    const [, broken] = newJournal()
    writeFileSync(broken, 'no journal '.repeat(100))
    const file = folder.path('file.json')
    writeFileSync(file, (await lab(['machines', '--export', 'i386'])).out)
    const args = ['trace', '-', '--model', 'v4.0', '--journal', broken]
    expect((await lab([...args, '--machine', file], 'm 1 4\n')).exit).toBe(0)
    expect((await lab([...args, '--machine', 'i386'], 'm 1 4\n')).exit).toBe(0)
    expect((await lab([...args, '--machine', 'board'], 'm 1 4\n')).err).toContain(broken)
  })

  it('of another version is listed with the reason, and not run', async () => {
    const journal = newJournal()
    const opened = Journal.open(journal[1], { labVersion: '9.9.9' })
    const machine = { ...MACHINE_PRESETS[0]!.machine, bbmapBits: 4096 }
    opened.saveItem({ kind: 'machine', name: 'later', definition: { description: '', machine } })
    opened.close()
    const reason = 'bbmap_bits is 4096; accepted are powers of two from 128 to 1024'
    expect((await lab(['machines', ...journal])).out).toContain(`\nlater: cannot be simulated: ${reason}.\n`)
    expect(((await labJson(['machines', ...journal])) as object[]).at(-1)).toMatchObject({
      id: 'later',
      problem: reason,
    })
    expect((await lab(['run', 'exhaust', ...ITERS, '--machine', 'later', ...journal])).err).toContain(reason)
  })
})

describe('wrong use', () => {
  const presets =
    'presets are: x86_64, x86_64-1cpu, x86_64-8, x86_64-8192, i386, i386-4, i386-8, i386-32, arm64, arm, tiny'

  it('of a machine that is unknown lists what exists', async () => {
    const journal = await journalWithBoard()
    const { exit, err } = await lab(['run', 'exhaust', ...ITERS, '--machine', 'bored', ...journal])
    expect(exit).toBe(2)
    expect(err).toContain(
      `--machine "bored" is neither a preset, a file nor a saved machine; ${presets}; saved are: board\n`,
    )
  })

  it.each([
    [['--save', 'mine'], '--save goes with --import FILE'],
    [['--import', CONFIG, '--save', 'i386'], 'the machine is refused: the name i386 belongs to a preset'],
    [['--import', CONFIG, '--save', 'a/b'], 'the name "a/b" is not a letter'],
    [['--import', CONFIG, '--export', 'i386'], '--import and --export cannot be used together'],
    [['--import', '/no/such'], '--import /no/such: cannot be read'],
    [['--export', 'mine'], `--export "mine" is no machine; ${presets}; saved are: none`],
    [['--delete', 'i386'], '--delete "i386" is no saved machine; saved are: none'],
  ])('%j', async (args, message) => {
    const { exit, out, err } = await lab(['machines', ...args])
    expect({ exit, out }).toEqual({ exit: 2, out: '' })
    expect(err).toContain(message)
  })
})
