import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { SCENARIO_PRESETS } from '../scenario/presets.ts'
import { lab, labJson, useFolder } from './cli.fixture.ts'

const folder = useFolder()

/** Fills a small space, gives up for a while when a map fails, and moves about. */
const PRESSURE = `static int rounds = 400; /* 1..100000: maps that are tried */

static void *live[200];

void scenario(void)
{
	int i;

	for (i = 0; i < rounds; i++) {
		int slot = rand(0, ARRAY_SIZE(live) - 1);

		set_cpu(i % NR_CPUS);
		if (live[slot]) {
			vunmap(live[slot]);
			live[slot] = NULL;
		}
		live[slot] = vmap(pages, 400, VM_MAP, PAGE_KERNEL);
		if (!live[slot])
			vm_unmap_aliases();
		vm_unmap_ram(vm_map_ram(pages, 8, -1, PAGE_KERNEL), 8);
	}
}
`

interface Replayed {
  readonly counts: Readonly<Record<string, number>>
}

/** The counts of a run, and those of a replay of its trace. */
async function both(
  scenario: string,
  more: readonly string[],
  model: string,
  trace: string,
): Promise<Replayed['counts'][]> {
  const machine = ['--machine', 'i386-8']
  const run = (await labJson(['run', scenario, ...more, ...machine, '--model', model])) as Replayed
  expect((await lab(['trace-out', scenario, ...more, ...machine, '--model', model, '--out', trace])).exit).toBe(0)
  const replay = (await labJson(['trace', trace, ...machine, '--model', model])) as Replayed
  return [run.counts, replay.counts]
}

describe('a trace that was written', () => {
  it.each(SCENARIO_PRESETS.map(({ info }) => info))('replays to the results of the run: $id', async (info) => {
    const fewer = info.parameters.some(({ name }) => name === 'iters') ? ['--param', 'iters=30'] : []
    const [run, replay] = await both(info.id, [...fewer, '--seed', '5'], 'v4.0', folder.path(`${info.id}.trace`))
    expect(replay).toEqual(run)
  })

  it.each(['v3.2', 'v4.1', 'v6.12'])('replays to the results of a program under pressure: %s', async (model) => {
    const scenario = folder.path('pressure.c')
    writeFileSync(scenario, PRESSURE)
    const [run, replay] = await both(scenario, ['--param', 'rounds=300'], model, folder.path('pressure.trace.gz'))
    expect(replay).toEqual(run)
    expect(run!['alloc_vmap_area_failed']).toBeGreaterThan(0)
  })

  it('says what it is of, and how many maps failed', async () => {
    const scenario = folder.path('pressure.c')
    writeFileSync(scenario, PRESSURE)
    const path = folder.path('named.gz')
    const { exit, out, err } = await lab(['trace-out', scenario, '--machine', 'i386-8', '--out', path])
    expect({ exit, out }).toEqual({ exit: 0, out: '' })
    expect(err).toMatch(
      /^Wrote [\d,]+ requests to .*named\.gz\. \d+ maps failed under v6\.\S+: under another kernel model/,
    )
    const text = gunzipSync(readFileSync(path)).toString('utf8')
    expect(text).toMatch(
      /^# pressure \(rounds=400, seed 2424\) under v6\.\S+, written by Vmap Lab \d.*\n# machine i386-8: \{"bits":32/,
    )
    expect((await lab(['trace-out', 'exhaust', '--param', 'iters=1'])).err).toMatch(
      /^Wrote 252 requests to standard output\. No map failed under v6/,
    )
  })

  it('is a text on standard output', async () => {
    const { out } = await lab(['trace-out', '-', '--machine', 'i386'], 'vm_unmap_ram(vm_map_ram(pages, 3, -1), 3);\n')
    expect(out.split('\n').filter((line) => !line.startsWith('#'))).toEqual(['m 1 3', 'u 1', ''])
  })

  it('is whole or not there: of a program that goes wrong, of too many requests', async () => {
    const before = readdirSync(folder.path('.'))
    const path = folder.path('unfinished.trace')
    const wrong = 'vm_unmap_aliases();\nvunmap(vm_map_ram(pages, 1, -1));\n'
    const failed = await lab(['trace-out', '-', '--out', path], wrong)
    expect(failed.exit).toBe(1)
    expect(failed.err).toMatch(/^lab trace-out: line 2, column 1: .*it was mapped in line 2 by vm_map_ram/)
    const long = await lab(['trace-out', 'exhaust', '--out', path, '--max-operations', '1000'])
    expect(long).toMatchObject({ exit: 1, out: '' })
    expect(long.err).toContain(
      'there are more than 1000 requests, the most that are written; --max-operations raises that',
    )
    const program = await lab(
      ['trace-out', '-', '--out', path, '--max-operations', '7'],
      'for (;;) vm_unmap_aliases();',
    )
    expect(program.err).toMatch(/made 7 operations, which is the budget for operations\. To raise it: --max-operations/)
    expect(existsSync(path)).toBe(false)
    expect(readdirSync(folder.path('.'))).toEqual(before)
  })

  it('is written by the run itself, of its very requests', async () => {
    const scenario = folder.path('pressure.c')
    writeFileSync(scenario, PRESSURE)
    const path = folder.path('run.trace.gz')
    const spec = [scenario, '--machine', 'i386-8', '--model', 'v4.1', '--seed', '7', '--param', 'rounds=300']
    const run = await lab(['run', ...spec, '--json', '--trace-out', path, '--max-operations', '2000'])
    expect(run).toMatchObject({
      exit: 0,
      err: expect.stringMatching(/Wrote [\d,]+ requests to .*run\.trace\.gz\./) as string,
    })
    const replay = (await labJson(['trace', path, '--machine', 'i386-8', '--model', 'v4.1'])) as Replayed
    expect(replay.counts).toEqual((JSON.parse(run.out) as Replayed).counts)
    await lab(['trace-out', ...spec, '--out', folder.path('same.trace')])
    expect(gunzipSync(readFileSync(path)).toString('utf8')).toBe(readFileSync(folder.path('same.trace'), 'utf8'))
  })

  it('is not written of a run that fails', async () => {
    const path = folder.path('none.trace')
    const failed = await lab(
      ['run', '-', '--model', 'v4.1', '--trace-out', path],
      'vunmap(vm_map_ram(pages, 1, -1));\n',
    )
    expect(failed).toMatchObject({
      exit: 1,
      err: expect.stringContaining('No trace is written of a run that did not') as string,
    })
    expect(readdirSync(folder.path('.')).filter((name) => name.includes('none.trace'))).toEqual([])
  })

  it('names a place that cannot be written', async () => {
    const path = folder.path('none/trace')
    expect(await lab(['trace-out', 'exhaust', '--out', path])).toMatchObject({
      exit: 1,
      err: expect.stringContaining(`${path}: cannot be written (ENOENT`) as string,
    })
  })
})
