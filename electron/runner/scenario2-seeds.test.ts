import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { MACHINE_PRESETS } from '../../shared/machine.ts'
import { PROGRAM_ID } from '../../shared/run.ts'
import { DEFAULT_BUDGETS } from '../../shared/scenario-budgets.ts'
import { runCount, type SweepDefinition } from '../../shared/sweep.ts'
import { analyseCell, completeSeeds, samplesOf } from '../../shared/sweep-analysis.ts'
import { SWEEP_FIGURES, type SweepChunk } from '../../shared/sweep-columns.ts'
import { loadGrammar } from '../scenario/c/syntax/parse.ts'
import golden from '../allocator/golden/scenario2-seeds.json' with { type: 'json' }
import { SweepPoints } from './sweep-points.ts'
import { SweepRun } from './sweep-runner.ts'

const RECORDED = z
  .object({ distribution_seeds_0_1999: z.array(z.string()), seeds: z.record(z.string(), z.array(z.number())) })
  .parse(golden)

/** How each variant of the generator makes a size from the next 32 random bits, as C. */
const WORD = '(unsigned int)rand(-2147483647 - 1, 2147483647) + 2147483648u'
const SIZES: Readonly<Record<string, string>> = {
  '1+x%64': 'unsigned int x = WORD; int n = 1 + x % 64;',
  '1+(x>>26) (real2*64)': 'unsigned int x = WORD; int n = 1 + (x >> 26);',
  '1+(int)(real1*63)': 'unsigned int x = WORD; int n = 1 + (int)((unsigned long)x * 63 / 4294967295ul);',
  '1+(x>>1)%64 (int31)': 'unsigned int x = WORD; int n = 1 + (x >> 1) % 64;',
  '1+x%63': 'unsigned int x = WORD; int n = 1 + x % 63;',
  'res53*64 (2 draws)': 'unsigned int x = WORD; int n = 1 + (x >> 26); x = WORD;',
  '(int)(real1*64)+1': 'unsigned int x = WORD; int n = (int)((unsigned long)x * 64 / 4294967295ul) + 1;',
  '1+((x>>1)>>25)': 'unsigned int x = WORD; int n = 1 + ((x >> 1) >> 25);',
}

function sourceOf(size: string): string {
  return `void scenario(void)
{
	int i;

	for (i = 0; i < 10000; i++) {
		${size.replaceAll('WORD', WORD)}
		void *p = vm_map_ram(pages, n, -1, PAGE_KERNEL);

		vm_unmap_ram(p, n);
	}
}
`
}

const machines = MACHINE_PRESETS.slice(0, 1).map(({ id, machine }) => ({ machineId: id, machine }))

function sweepOf(variant: string, first: number, count: number): SweepDefinition {
  return {
    ...{ title: variant, question: '', scenarioId: PROGRAM_ID, parameters: {}, axes: [], machines, usesSeed: true },
    program: { title: variant, source: sourceOf(SIZES[variant] ?? '') },
    ...{ models: [{ modelId: 'v4.0' }, { modelId: 'v4.1' }], seeds: { first, count } },
  }
}

async function columnsOf(sweep: SweepDefinition): Promise<Record<string, Float64Array>> {
  const runs = runCount(sweep)
  const columns = SWEEP_FIGURES.map(() => new Float64Array(runs).fill(NaN))
  const onChunk = (chunk: SweepChunk): void => {
    columns.forEach((column, place) => {
      column.set(chunk.columns[place] ?? [], chunk.first)
    })
  }
  const workerUrl = new URL('./sweep-worker.ts', import.meta.url)
  const run = new SweepRun({ workerUrl, sweep, budgets: DEFAULT_BUDGETS, ranges: [{ first: 0, count: runs }], onChunk })
  expect(await run.finished).toEqual({ kind: 'finished' })
  return Object.fromEntries(SWEEP_FIGURES.map((figure, place) => [figure, columns[place] ?? new Float64Array()]))
}

/** As C prints it: what lies in the middle of two goes to the even one. */
function printed(mean: number): string {
  const isMiddle = Number.isInteger(mean * 8) && !Number.isInteger(mean * 4)
  return (isMiddle ? (2 * Math.round(mean * 50)) / 100 : mean).toFixed(2)
}

/** The line of the recorded file. */
function line(variant: string, sweep: SweepDefinition, columns: Record<string, Float64Array>): string {
  const { rows } = analyseCell(sweep, 0, columns, () => () => 0)
  const seeds = completeSeeds(sweep, Object.values(columns))
  const samples = (figure: string): readonly Float64Array[] => samplesOf(sweep, seeds, columns[figure])
  const part = (model: number, heading: string, alloc: number, free: number): string => {
    const words = (figure: string): string => {
      const summary = rows.find((row) => row.figure === figure && row.model === model)?.summary
      return `mean ${printed(summary?.mean ?? NaN)} [${summary?.min}..${summary?.max}]`
    }
    const exact = seeds.filter(
      (_, place) =>
        samples('alloc_vmap_area')[model]?.[place] === alloc && samples('free_vmap_block')[model]?.[place] === free,
    ).length
    return `${heading} alloc ${words('alloc_vmap_area')} free ${words('free_vmap_block')} exact${alloc}/${free}=${exact}`
  }
  return `${variant} seeds 0..1999 ${part(0, 'BEFORE', 420, 37)} | ${part(1, 'AFTER', 414, 412)}`
}

beforeAll(loadGrammar)

describe('the recorded distribution of scenario 2', () => {
  it.each(RECORDED.distribution_seeds_0_1999.map((recorded) => [recorded.split(' seeds ')[0] ?? '', recorded]))(
    '%s comes out to the digit',
    async (variant, recorded) => {
      const sweep = sweepOf(variant, 0, 2000)
      expect(line(variant, sweep, await columnsOf(sweep))).toBe(recorded)
    },
    60_000,
  )

  it.each(Object.entries(RECORDED.seeds))('the seeds of %s give all four published counts', (variant, seeds) => {
    expect(seeds).toHaveLength(40)
    for (const first of seeds) {
      const points = new SweepPoints(sweepOf(variant, first, 1), {
        ...{ cancelled: () => false, clock: () => 0, budgets: DEFAULT_BUDGETS },
      })
      const counts = [0, 1].map((index) => {
        const end = points.make(index)
        return end.kind === 'finished' ? [end.figures.alloc_vmap_area, end.figures.free_vmap_block] : []
      })
      expect(counts).toEqual([
        [420, 37],
        [414, 412],
      ])
    }
  })
})
