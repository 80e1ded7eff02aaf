import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { lab, labJson, useFolder } from './cli.fixture.ts'

const folder = useFolder()

let files = 0

function fileWith(text: string): string {
  files += 1
  const path = folder.path(`scenario${files}.c`)
  writeFileSync(path, text)
  return path
}

const RETRY = `static int sizes = 2000; /* 1..5000: pages */
void scenario(void)
{
	void *p = vm_map_ram(pages, sizes, -1, PAGE_KERNEL);
	void *q = vm_map_ram(pages, sizes, -1, PAGE_KERNEL);

	set_cpu(3);
	if (q)
		vm_unmap_ram(q, sizes);
	vm_unmap_ram(p, sizes);
}
`

describe('trace-out', () => {
  it('writes a ready scenario, which "trace" replays with the counts of a run', async () => {
    const trace = folder.path('random.trace')
    const model = ['--machine', 'x86_64-1cpu', '--model', 'v4.1']
    const { exit, out, err } = await lab([
      'trace-out',
      'random',
      '--seed',
      '7',
      '--trace-out',
      trace,
      '--machine',
      'x86_64-1cpu',
    ])
    expect({ exit, out, err }).toEqual({ exit: 0, out: '', err: `Trace: ${trace}\n` })
    const replayed = await labJson(['trace', trace, ...model])
    const { out: json } = await lab([
      'run',
      'random',
      '--seed',
      '7',
      ...model,
      '--json',
      '--journal',
      folder.path('journal.sqlite'),
    ])
    expect(replayed).toMatchObject({ counts: (JSON.parse(json) as { counts: object }).counts })
  })

  it('writes a scenario in C, as if every map succeeded or as a model answers', async () => {
    const path = fileWith(RETRY)
    const all = 'm 1 2000\nm 2 2000\nc 3\nu 2\nu 1\n'
    expect(await lab(['trace-out', path])).toEqual({ exit: 0, out: all, err: '' })
    const small = folder.path('small.json')
    writeFileSync(
      small,
      '{ "bits": 32, "nr_cpus": 4, "vmalloc_start": "0xf0800000", "vmalloc_pages": 4096, "bbmap_bits": 512 }',
    )
    const answered = await lab(['trace-out', path, '--machine', small, '--model', 'v4.1', '--param', 'sizes=3000'])
    expect(answered.out).toBe('m 1 3000\nm 2 3000\nc 3\nu 1\n')
  })

  it('refuses what is no scenario, and leaves no file behind', async () => {
    const trace = folder.path('none.trace')
    const cases = [
      [
        ['nothing'],
        2,
        'scenario "nothing" is not known; accepted are: exhaust, random, orders, and the path of a file that ends in .c',
      ],
      [[fileWith('void scenario(void) { x; }')], 1, '.c:1:23: x is not declared. "lab check'],
      [
        [fileWith('void scenario(void) { vm_unmap_ram(NULL, 1); }')],
        1,
        '.c, line 1, column 23: vm_unmap_ram(NULL, 1): the pointer is NULL',
      ],
      [
        [fileWith('void scenario(void) { for (;;) vm_unmap_aliases(); }'), '--operations-max', '10'],
        1,
        'The run has made 10 operations',
      ],
      [[fileWith(RETRY), '--param', 'sizes=0'], 2, 'sizes is 0; accepted are whole numbers from 1 to 5000'],
    ] as const
    for (const [args, exit, message] of cases) {
      const answer = await lab(['trace-out', ...args, '--trace-out', trace])
      expect(answer).toMatchObject({ exit, out: '' })
      expect(answer.err).toContain(message)
      expect(existsSync(trace)).toBe(false)
    }
    writeFileSync(trace, 'kept')
    await lab(['trace-out', fileWith('void scenario(void) { vm_unmap_ram(NULL, 1); }'), '--trace-out', trace])
    expect(readFileSync(trace, 'utf8')).toBe('kept')
  })
})
