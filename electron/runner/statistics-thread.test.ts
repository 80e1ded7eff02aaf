import { expect, it } from 'vitest'
import { mersenne } from 'pure-rand/generator/mersenne'
import { patch2015Runs } from '../../shared/published.ts'
import type { SweepDefinition } from '../../shared/sweep.ts'
import { SWEEP_FIGURES } from '../../shared/sweep-columns.ts'
import { analyseOnThread, type StatisticsJob } from './statistics-thread.ts'

const workerUrl = new URL('statistics-worker.ts', import.meta.url)

/** Columns of random figures for two models. */
function job(seeds: number): StatisticsJob {
  const spec = patch2015Runs().find(({ scenarioId }) => scenarioId === 'random')!
  const { scenarioId, parameters, machineId, machine } = spec
  const definition: SweepDefinition = {
    ...{ title: 'A sweep', question: '', scenarioId, parameters, axes: [], machines: [{ machineId, machine }] },
    ...{ models: [{ modelId: 'v4.0' }, { modelId: 'v4.1' }], seeds: { first: 1, count: seeds }, usesSeed: true },
  }
  const random = mersenne(1)
  const column = (): Float64Array => Float64Array.from({ length: 2 * seeds }, () => (random.next() >>> 0) % 1000)
  return { definition, cell: 0, columns: Object.fromEntries(SWEEP_FIGURES.map((figure) => [figure, column()])) }
}

it('answers with the statistics of a cell', async () => {
  const { pairs, seeds } = await analyseOnThread(workerUrl, job(50))
  expect(seeds).toBe(50)
  expect(pairs.length).toBeGreaterThan(0)
})

it('is ended at once, before it starts and on the way', async () => {
  await expect(analyseOnThread(workerUrl, job(2), AbortSignal.abort())).rejects.toThrow('aborted')
  const ending = new AbortController()
  const asked = analyseOnThread(workerUrl, job(10_000), ending.signal)
  ending.abort()
  await expect(asked).rejects.toThrow('aborted')
})
