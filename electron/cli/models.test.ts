import { existsSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { KERNEL_MODELS } from '../allocator/models.ts'
import { Journal } from '../journal/index.ts'
import { lab, labJson, useFolder } from './cli.fixture.ts'
import { nearNames } from './near-names.ts'

const folder = useFolder()
let journals = 0

/** The option that names a new journal of its own. */
function newJournal(): [option: string, path: string] {
  journals += 1
  return ['--journal', folder.path(`journal-${journals}.sqlite`)]
}

const BEST_FIT = ['--base', 'v4.0', '--search', 'best-fit']

/** A journal with the model "mine". */
async function journalWithMine(): Promise<[option: string, path: string]> {
  const journal = newJournal()
  expect((await lab(['models', '--save', 'mine', ...BEST_FIT, ...journal])).exit).toBe(0)
  return journal
}

describe('lab models', () => {
  it('lists the releases without making a journal', async () => {
    const { exit, out } = await lab(['models'])
    expect(exit).toBe(0)
    expect(out).toContain('v4.0 (before, v4.0.5): Linux 4.0, before the 2015 series.')
    expect(existsSync(folder.path('home/journal.sqlite'))).toBe(false)
    const listed = (await labJson(['models'])) as { id: string; experimental: boolean }[]
    expect(listed.map(({ id, experimental }) => [id, experimental])).toEqual(KERNEL_MODELS.map(({ id }) => [id, false]))
  })

  it('saves a model and lists it after the releases, as its difference from its base', async () => {
    const journal = newJournal()
    const choices = ['--new-block', 'tail', '--after-new-block', 'occupy', '--lazy-factor', '0.5']
    const saved = await lab(['models', '--save', 'mine', '--base', 'before', ...choices, ...journal])
    const line = 'mine: Experimental: v4.0 with new block at the TAIL, a new block is used at once, lazy limit × 0.5.\n'
    expect(saved).toMatchObject({ exit: 0, out: line })
    expect((await lab(['models', ...journal])).out.endsWith(`\n\n${line}`)).toBe(true)
    const listed = (await labJson(['models', ...journal])) as object[]
    expect(listed).toHaveLength(KERNEL_MODELS.length + 1)
    expect(listed.at(-1)).toMatchObject({
      id: 'mine',
      experimental: true,
      base: 'v4.0',
      new_block_at: 'tail',
      after_new_block: 'occupy',
      lazy_factor: 0.5,
      search: 'first-fit',
      model_file: { name: 'mine', base: 'v4.0', new_block_at: 'tail', after_new_block: 'occupy', lazy_factor: 0.5 },
    })
  })

  it('saves over a model of the same name and says so', async () => {
    const journal = await journalWithMine()
    const again = await lab(['models', '--save', 'Mine', '--base', 'v4.1', '--node-pools', 'on', ...journal])
    expect(again.err).toContain('saved over mine')
    const listed = (await labJson(['models', ...journal])) as { id: string; base?: string }[]
    expect(listed.filter(({ base }) => base !== undefined)).toMatchObject([{ id: 'Mine', base: 'v4.1' }])
  })

  it('deletes a model; its runs stay', async () => {
    const journal = await journalWithMine()
    const made = (await labJson(['run', 'exhaust', '--model', 'mine', '--param', 'iters=5', ...journal])) as {
      run: number
    }
    expect(await lab(['models', '--delete', 'mine', ...journal])).toMatchObject({ exit: 0, out: '' })
    expect(await labJson(['models', ...journal])).toHaveLength(KERNEL_MODELS.length)
    expect(await labJson(['journal', 'show', String(made.run), ...journal])).toMatchObject({
      custom_model: { name: 'mine', base: 'v4.0', search: 'best-fit' },
    })
  })

  it('lists what it cannot make with the reason', async () => {
    const journal = newJournal()
    const opened = Journal.open(journal[1], { labVersion: '9.9.9' })
    opened.saveItem({ kind: 'model', name: 'later', definition: { base: 'v9.9', choices: { search: 'best-fit' } } })
    opened.close()
    expect((await lab(['models', ...journal])).out).toContain(
      'later: Experimental, and cannot be used: there is no release v9.9; accepted are v2.6.28',
    )
    expect(((await labJson(['models', ...journal])) as object[]).at(-1)).toMatchObject({
      id: 'later',
      experimental: true,
    })
    expect((await lab(['run', 'exhaust', '--model', 'later', ...journal])).err).toContain('there is no release v9.9')
  })

  it.each([
    [['--save', 'mine', '--search', 'best-fit'], '--base is missing'],
    [['--save', 'mine', '--base', 'v4.0'], 'it chooses nothing different from v4.0'],
    [['--save', 'v4.1', ...BEST_FIT], 'v4.1 is the name of a release; choose another'],
    [
      ['--save', 'mine', '--base', 'v4.2', '--search', 'best-fit'],
      '--base "v4.2" is not known; near it are: v3.2, v4.0, v4.1',
    ],
    [['--save', 'mine', '--base', 'v4.0', '--search', 'fast'], '--search is "fast"; accepted are first-fit, best-fit'],
    [
      ['--save', 'mine', '--base', 'v4.0', '--lazy-factor', '0'],
      '--lazy-factor is "0"; accepted are numbers from 0.001',
    ],
    [['--save', 'mine', '--base', 'v4.0', '--purge-threshold', ''], '--purge-threshold is ""; accepted are numbers'],
    [['--search', 'best-fit'], '--search goes with --save NAME'],
    [['--base', 'v4.0'], '--base goes with --save NAME'],
    [['--save', 'mine', '--delete', 'mine'], '--save and --delete cannot be used together'],
    [['--delete', 'yours'], '--delete "yours" is no saved model; saved are: none'],
    [['--export', 'v4.0'], '--export "v4.0" is no saved model; saved are: none'],
  ])('refuses %j', async (args, message) => {
    const { exit, out, err } = await lab(['models', ...args])
    expect({ exit, out }).toEqual({ exit: 2, out: '' })
    expect(err).toContain(message)
    expect(err.trim().split('\n')).toHaveLength(1)
  })
})

describe("a model of one's own", () => {
  interface Run {
    readonly model: string
    readonly digest: string
    readonly custom_model: object
  }
  const ITERS = ['--param', 'iters=5']
  const run = async (...args: readonly string[]): Promise<Run> =>
    (await labJson(['run', 'random', ...ITERS, ...args])) as Run

  it('is run by its name, from its file or from its choices, with the same result', async () => {
    const journal = await journalWithMine()
    const named = await run('--model', 'MINE', ...journal)
    expect(named).toMatchObject({ model: 'mine', custom_model: { name: 'mine', base: 'v4.0', search: 'best-fit' } })
    const file = folder.path('mine.json')
    writeFileSync(file, (await lab(['models', '--export', 'mine', ...journal])).out)
    const other = newJournal()
    expect(await run('--model', file, ...other)).toMatchObject({ model: 'mine', digest: named.digest })
    const unnamed = await run('--model', 'v4.0', '--search', 'best-fit', ...other)
    expect(unnamed).toMatchObject({ model: 'v4.0 best-fit', digest: named.digest })
    expect(await labJson(['models', ...other])).toHaveLength(KERNEL_MODELS.length)
    expect((await lab(['models', '--import', file, ...other])).out).toContain('mine: Experimental:')
    expect(await labJson(['models', ...other])).toHaveLength(KERNEL_MODELS.length + 1)
  })

  it('is named once in text, with what it is', async () => {
    const journal = await journalWithMine()
    const note = 'experimental (v4.0 with search best-fit)'
    const { out } = await lab(['run', 'exhaust', ...ITERS, '--model', 'mine', ...journal])
    expect(out.split(note)).toHaveLength(2)
    expect(out).toContain(`under mine, ${note} on x86_64`)
    const list = await lab(['journal', 'list', ...journal])
    expect(list.out.split(`mine: ${note}`)).toHaveLength(2)
  })

  it('replays a trace', async () => {
    const journal = await journalWithMine()
    const args = ['trace', '-', '--machine', 'i386', ...journal]
    const answer = (await labJson([...args, '--model', 'mine'], 'm 1 4\nu 1\n')) as object
    expect(answer).toMatchObject({ counts: { vm_map_ram: 1 }, custom_model: { name: 'mine' } })
    expect(await labJson([...args, '--model', 'v4.0'], 'm 1 4\n')).not.toHaveProperty('custom_model')
    expect((await lab([...args, '--model', 'v4.0', '--search', 'next-fit'], 'm 1 4\n')).out).toMatch(
      /^v4\.0 next-fit: experimental \(v4\.0 with search next-fit\)\n/,
    )
  })

  it('keeps its own choices: others go with releases', async () => {
    const journal = await journalWithMine()
    const { exit, err } = await lab(['run', 'exhaust', '--model', 'mine', '--new-block', 'tail', ...journal])
    expect(exit).toBe(2)
    expect(err).toContain('--new-block changes a release; --model "mine" has its own choices (base v4.0)')
  })

  it('is looked for among near names', async () => {
    const journal = await journalWithMine()
    const { exit, err } = await lab(['run', 'exhaust', '--model', 'mien', ...journal])
    expect(exit).toBe(2)
    expect(err).toBe('lab run: --model "mien" is not known; near it are: mine; "lab models" lists all\n')
  })

  it.each([
    ['{', 'not JSON'],
    [
      '{"name":"mine","base":"v4.0","search":"fastest"}',
      'search: accepted are first-fit, best-fit, worst-fit, next-fit',
    ],
    ['{"name":"mine","base":"v4.0","lazy_factor":0}', 'lazy_factor: accepted are numbers from 0.001 to 1000'],
    ['{"name":"mine","base":"v4.0","colour":"blue"}', 'colour'],
    ['{"name":"mine","search":"best-fit"}', 'base: accepted is the id of a release'],
    ['{"name":"v4.1","base":"v4.0","search":"best-fit"}', 'v4.1 is the name of a release'],
    ['{"name":"mine","base":"v4.0"}', 'it chooses nothing different from v4.0'],
  ])('in a bad file is refused with file and reason: %s', async (text, message) => {
    const file = folder.path('bad.json')
    writeFileSync(file, text)
    for (const args of [
      ['run', 'exhaust', '--model', file],
      ['models', '--import', file],
    ]) {
      const { exit, err } = await lab(args)
      expect(exit).toBe(2)
      expect(err).toContain(`${file}: `)
      expect(err).toContain(message)
    }
  })
})

describe('near names', () => {
  it('are those that a slip or two away, or that hold what was typed; the nearest first', () => {
    expect(nearNames('v4.o', ['v4.0', 'v6.19', 'v4.1'])).toEqual(['v4.0', 'v4.1'])
    expect(nearNames('best', ['mine', 'v4.0 Best-fit'])).toEqual(['v4.0 Best-fit'])
    expect(nearNames('bset-fit', ['best-fit', 'worst-fit'])).toEqual(['best-fit'])
    expect(nearNames('x', ['v4.0', 'mine'])).toEqual([])
  })
})
