import { describe, expect, it } from 'vitest'
import { lab, labJson, useFolder } from './cli.fixture.ts'

const { path } = useFolder()
const journal = (): string[] => ['--journal', path('journal.sqlite')]

interface Told {
  readonly runs_done: number
  readonly cells: readonly {
    readonly parameters: unknown
    readonly figures: readonly { figure: string; model: string; summary: { mean: number } }[]
    readonly differences: readonly { figure: string; kind: string; difference?: number; p_holm?: number }[]
    readonly published_seeds: readonly { seeds: number; first: readonly number[] }[]
    readonly sentences: readonly string[]
  }[]
}

describe('lab sweep', () => {
  it('compares models seed by seed and says so in words, with the published values in place', async () => {
    const { exit, out, err } = await lab(['sweep', 'random', '--models', 'v4.0,v4.1', '--seeds', '100', ...journal()])
    expect({ exit }).toEqual({ exit: 0 })
    expect(out).toMatch(/^Sweep 1: Random\. 200 of 200 runs\.\n/)
    expect(out).toMatch(/v4\.0 +alloc_vmap_area .* 420 /)
    expect(out).toMatch(
      /^Blocks left listed: 37\d\.\d\d fewer under v4\.1 than under v4\.0 on average \(95 % interval /m,
    )
    expect(out).toMatch('fewer in all 100 seeds; effect 1.00, p < 0.001.')
    expect(out).toMatch(/The 414 alloc_vmap_area published for v4\.1: \d+ of 100 seeds give less/)
    expect(err).toMatch('sweep 1\n')
  }, 20_000)

  it('gives the exact difference and no p value where the seed is not used, and one seed for all', async () => {
    const told = (await labJson([
      ...['sweep', 'exhaust', '--models', 'v4.0,v4.1', '--seeds', '50', '--param', 'iters=10..30:10', ...journal()],
    ])) as Told
    expect(told.runs_done).toBe(6)
    expect(told.cells.map(({ parameters }) => parameters)).toEqual([{ iters: 10 }, { iters: 20 }, { iters: 30 }])
    const listed = told.cells[1]?.differences.find(({ figure }) => figure === 'blocks_listed')
    expect(listed).toMatchObject({ kind: 'constant', difference: 19 })
    expect(listed).not.toHaveProperty('p_holm')
    expect(told.cells[1]?.sentences).toContain('Blocks left listed: exactly 19 fewer under v4.1 than under v4.0.')
  })

  it('finds the seeds that give the published counts', async () => {
    const told = (await labJson([
      ...['sweep', 'random', '--models', 'v4.0,v4.1', '--seeds', '3', '--first-seed', '2423', ...journal()],
    ])) as Told
    expect(told.cells[0]?.published_seeds.at(-1)).toMatchObject({ seeds: 1, first: [2424] })
  })

  it('sweeps machines and texts in C, and plans without running', async () => {
    const text =
      'static int n = 4; /* 1..64: pages */\nvoid scenario(void) { vm_unmap_ram(vm_map_ram(pages, n, -1, PAGE_KERNEL), n); }'
    const args = ['sweep', '-', '--models', 'v4.1', '--machine', 'x86_64', '--machine', 'i386', '--param', 'n=1,8']
    const planned = await lab([...args, '--plan', ...journal()], text)
    expect(planned.out).toMatch(
      /^4 runs: 1 seed, 1 kernel model, 2 values of n, 2 machines\. The scenario does not use its seed/,
    )
    const told = (await labJson([...args, ...journal()], text)) as Told
    expect(told.cells).toHaveLength(4)
  })

  it('refuses what is no sweep in one sentence each', async () => {
    const refused = async (...args: string[]): Promise<string> => {
      const { exit, err } = await lab(['sweep', ...args, ...journal()])
      expect(exit).not.toBe(0)
      return err
    }
    expect(await refused()).toMatch('expected one SCENARIO, or --resume')
    expect(await refused('random')).toMatch('--models is missing')
    expect(await refused('random', '--models', 'v4.0', '--param', 'iters=9..1')).toMatch('runs backwards')
    expect(await refused('random', '--models', 'v4.0', '--param', 'iters=0,5')).toMatch('iters is 0; accepted are')
    expect(await refused('random', '--models', 'v4.0,v4.1', '--seeds', '600000')).toMatch(
      'at most 1000000 (SWEEP_RUNS_MAX)',
    )
    expect(await refused('--resume', '1')).toMatch('Sweep 1 has finished: there is nothing to resume.')
    expect(await refused('--resume', '99')).toMatch('There is no sweep 99')
  })
})
