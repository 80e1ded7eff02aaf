import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findScenario, SCENARIO_PRESETS } from '../scenario/presets.ts'
import { lab, labJson, useFolder } from './cli.fixture.ts'

const folder = useFolder()
let journals = 0

/** The option that names a new journal of its own. */
function newJournal(): [option: string, path: string] {
  journals += 1
  return ['--journal', folder.path(`journal-${journals}.sqlite`)]
}

const BURST = `static int iters = 20; /* 1..1000: bursts */

void scenario(void)
{
	int i;

	for (i = 0; i < iters; i++)
		vm_unmap_ram(vm_map_ram(pages, 16, -1), 16);
}
`

function written(name: string, text: string): string {
  const path = folder.path(name)
  writeFileSync(path, text)
  return path
}

/** A journal with the scenario "burst". */
async function journalWithBurst(): Promise<[option: string, path: string]> {
  const journal = newJournal()
  expect((await lab(['scenarios', '--save', written('burst.c', BURST), ...journal])).exit).toBe(0)
  return journal
}

describe('lab scenarios', () => {
  it('lists the ready scenarios without making a journal', async () => {
    expect((await lab(['scenarios'])).out).toMatch(/^exhaust: .*\n {2}iters=1000 {2}outer iterations, 1 to 10000000\n/)
    const listed = (await labJson(['scenarios'])) as { id: string }[]
    expect(listed.map(({ id }) => id)).toEqual(SCENARIO_PRESETS.map(({ info }) => info.id))
    expect(existsSync(folder.path('home/journal.sqlite'))).toBe(false)
  })

  it('lists the saved ones after them, with their parameters or that they have errors', async () => {
    const journal = await journalWithBurst()
    const wrong = written('wrong.c', 'while (1) goto end;\n')
    const saved = await lab(['scenarios', '--save', wrong, '--name', 'not yet', ...journal])
    expect(saved).toMatchObject({
      exit: 0,
      out: expect.stringMatching(/^not yet: Saved .*, 1 version, with 1 error/) as string,
    })
    const { out } = await lab(['scenarios', ...journal])
    expect(out).toMatch(/\nburst: Saved .*, 1 version\.\n {2}iters=20 {2}bursts, 1 to 1000\n$/)
    expect(((await labJson(['scenarios', ...journal])) as object[]).slice(SCENARIO_PRESETS.length)).toMatchObject([
      { id: 'not yet', versions: 1, errors: 1 },
      { id: 'burst', errors: 0, uses_seed: false, source: BURST, parameters: [{ name: 'iters', default: 20 }] },
    ])
  })

  it('saves the next version of a scenario, and none of the same text', async () => {
    const journal = await journalWithBurst()
    const path = written('burst.c', BURST)
    const same = await lab(['scenarios', '--save', path, ...journal])
    expect(same.err).toContain('burst, version 1, which has this text already')
    const other = written('other.c', BURST.replace('16), 16', '8), 8').replace(', 16,', ', 8,'))
    expect((await lab(['scenarios', '--save', other, '--name', 'BURST', ...journal])).err).toContain(
      'burst, version 2\n',
    )
    expect((await lab(['scenarios', '--export', 'Burst', ...journal])).out).toBe(readFileSync(other, 'utf8'))
    expect((await lab(['scenarios', '--export', 'burst', '--version', '1', ...journal])).out).toBe(BURST)
    expect(await labJson(['scenarios', '--versions', 'burst', ...journal])).toMatchObject([
      { version: 2 },
      { version: 1, source: BURST },
    ])
    expect((await lab(['scenarios', '--versions', 'burst', ...journal])).out).toMatch(
      /^VERSION .*\n +2 .* 9\n +1 .* 9\n$/,
    )
  })

  it('prints the text of a ready scenario, which has no versions and no errors', async () => {
    const { source } = findScenario('three-pages')!.info
    expect(await lab(['scenarios', '--export', 'three-pages'])).toEqual({ exit: 0, out: source, err: '' })
    expect(await labJson(['scenarios', '--export', 'three-pages'])).toEqual({ name: 'three-pages', source })
    expect((await lab(['scenarios', '--export', 'three-pages', '--version', '1'])).err).toContain('is not known')
    expect((await lab(['check', written('ready.c', source)])).out).toContain('0 errors, 0 warnings')
  })

  it('renames and deletes, and names what it does not know', async () => {
    const journal = await journalWithBurst()
    expect((await lab(['scenarios', '--rename', 'burst', '--name', 'bursts', ...journal])).err).toContain(
      'burst to bursts',
    )
    expect(await lab(['scenarios', '--delete', 'burst', ...journal])).toEqual({
      exit: 2,
      out: '',
      err: 'lab scenarios: --delete "burst" is not known; near it are: bursts\n',
    })
    expect((await lab(['scenarios', '--delete', 'bursts', ...journal])).exit).toBe(0)
    expect((await lab(['scenarios', '--export', 'bursts', ...journal])).err).toContain('is not known; there is none')
  })

  it.each([
    [['--save', 'a.c', '--delete', 'b'], '--save and --delete cannot be used together'],
    [['--name', 'x'], '--name goes with --save FILE.c or --rename NAME'],
    [['--version', '1'], '--version goes with --export NAME'],
    [['--save', 'none.c'], 'none.c: cannot be read (ENOENT'],
  ])('refuses %j', async (args, reason) => {
    const { exit, err } = await lab(['scenarios', ...args])
    expect({ exit, err }).toEqual({ exit: 2, err: expect.stringContaining(reason) as string })
  })

  it('refuses the name of a ready scenario', async () => {
    const { exit, err } = await lab(['scenarios', '--save', written('exhaust.c', BURST), ...newJournal()])
    expect({ exit, err }).toEqual({
      exit: 1,
      err: 'lab scenarios: "Exhaust" is a ready scenario. Choose another name.\n',
    })
  })
})

describe('lab run', () => {
  it('runs a file in C, a saved scenario and standard input, to the same result', async () => {
    const journal = await journalWithBurst()
    const options = ['--model', 'v4.1', '--param', 'iters=7', ...journal]
    const file = (await labJson(['run', written('my burst.c', BURST), ...options])) as { digest: string; run: number }
    expect(file).toMatchObject({
      scenario: 'program',
      program: 'my burst',
      status: 'finished',
      parameters: { iters: 7 },
      counts: { vm_map_ram: 7 },
    })
    const { digest } = file
    expect(await labJson(['run', 'BURST', ...options])).toMatchObject({ program: 'burst', digest })
    expect(await labJson(['run', '-', ...options], BURST)).toMatchObject({ program: 'standard input', digest })
    const shown = await labJson(['journal', 'show', String(file.run), ...journal])
    expect(shown).toMatchObject({ program: 'my burst', source: BURST, digest })
    expect((await lab(['journal', 'list', '--search', 'bursts', ...journal])).out).toMatch(/my burst +v4\.1/)
    expect((await lab(['run', 'burst', ...options])).out).toMatch(/^Run \d+: burst \(iters=7, seed 2424\) under v4\.1/)
  })

  it('names the first error of a text, and records nothing', async () => {
    const journal = newJournal()
    const wrong = written('wrong.c', 'while (1)\n  goto end;\nx = 1;\n')
    expect(await lab(['run', wrong, '--model', 'v4.1', ...journal])).toEqual({
      exit: 2,
      out: '',
      err: `lab run: ${wrong}, line 2, column 3: goto is not in the lab’s C; use a loop with break or continue. "lab check" lists all 2 errors.\n`,
    })
    expect(existsSync(journal[1])).toBe(false)
  })

  it('names parameters and scenarios that there are', async () => {
    const path = written('burst.c', BURST)
    const unknown = await lab(['run', path, '--model', 'v4.1', '--param', 'n=1'])
    expect(unknown.err).toBe('lab run: --param: burst has no parameter n; accepted are: iters\n')
    const none = await lab(['run', '-', '--model', 'v4.1', '--param', 'n=-1'], 'vm_unmap_aliases();')
    expect(none.err).toBe('lab run: --param: standard input has no parameter n; accepted are: none\n')
    const journal = await journalWithBurst()
    expect((await lab(['run', 'brust', '--model', 'v4.1', ...journal])).err).toContain('near it are: burst')
    expect((await lab(['run', 'q', '--model', 'v4.1', ...journal])).err).toContain(
      `scenario "q" is not known; accepted are: ${SCENARIO_PRESETS.map(({ info }) => info.id).join(', ')}, burst`,
    )
  })

  it('is failed by what a program does wrong, and held to budgets', async () => {
    const journal = newJournal()
    const twice = 'void *p = vm_map_ram(pages, 1, -1);\nvm_unmap_ram(p, 1);\nvm_unmap_ram(p, 1);\n'
    const failed = await lab(['run', '-', '--model', 'v4.1', ...journal], twice)
    expect(failed.exit).toBe(1)
    expect(failed.out).toMatch(/^Run 1: standard input \(seed 2424\) .*\nfailed: line 3, column 1: .*double unmap/)
    const endless = 'for (;;) (void)vm_map_ram(pages, 1, -1);'
    for (const [option, value, said] of [
      ['--max-operations', '50', 'made 50 operations'],
      ['--max-live', '60', '60 mappings live at the same time'],
      ['--max-seconds', '1', 'taken 1 s'],
    ] as const) {
      const text = option === '--max-seconds' ? 'for (;;) ;' : endless
      const { exit, out } = await lab(['run', '-', '--model', 'v4.1', option, value, ...journal], text)
      expect(exit).toBe(1)
      expect(out).toMatch(
        new RegExp(`failed: line 1, column \\d+: .*${said}.*To raise it: ${option} on the command line`),
      )
    }
    const { err } = await lab(['run', '-', '--model', 'v4.1', '--max-live', '1e9', ...journal], endless)
    expect(err).toBe('lab run: --max-live is "1e9"; accepted are whole numbers from 1 to 4194304\n')
  })
})

describe('lab check', () => {
  it('checks saved and ready scenarios as well', async () => {
    const journal = await journalWithBurst()
    expect((await lab(['check', 'burst', ...journal])).out).toMatch(/^burst: 0 errors, 0 warnings\n {2}iters = 20/)
    expect((await lab(['check', 'random'])).out).toMatch(
      /^random: 0 errors, 0 warnings\n.*\n {2}the seed makes a difference/,
    )
  })
})
