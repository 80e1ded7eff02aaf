import { mersenne } from 'pure-rand/generator/mersenne'
import { describe, expect, it } from 'vitest'
import { ecdfOf } from './distribution.ts'
import { holm } from './holm.ts'
import { meanInterval } from './interval.ts'
import recorded from './reference/scipy.json' with { type: 'json' }
import { summaryOf } from './summary.ts'
import { wilcoxon } from './wilcoxon.ts'

const { dataSets } = recorded

/** The largest distance of two numbers, as a share of the expected one. */
const RELATIVE = 1e-9

function expectClose(actual: number | undefined, expected: number): void {
  expect(Math.abs((actual ?? NaN) - expected)).toBeLessThanOrEqual(RELATIVE * Math.max(1e-300, Math.abs(expected)))
}

/** scripts/statistics-reference.py recorded what SciPy and statsmodels say of 200 data sets. */
describe('against SciPy and statsmodels', () => {
  it('the record holds 200 data sets of every kind', () => {
    expect(dataSets.length).toBe(200)
    const kinds = dataSets.map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === 'exact').length).toBe(50)
    expect(kinds.filter((kind) => kind === 'tied').length).toBe(50)
    expect(kinds.filter((kind) => kind === 'normal').length).toBe(100)
  })

  it.each(['exact', 'tied', 'normal'])('the signed-rank test, %s', (wanted) => {
    for (const { differences, p, positiveRankSum } of dataSets.filter(({ kind }) => kind === wanted)) {
      const test = wilcoxon(differences)
      expect(test?.method).toBe(wanted === 'normal' ? 'normal' : 'exact')
      expectClose(test?.p, p)
      expectClose(test?.ranks.positive, positiveRankSum)
      const { positive = NaN, negative = NaN } = test?.ranks ?? {}
      expectClose(test?.effect, (positiveRankSum - negative) / (positive + negative))
    }
  })

  it('mean, deviation, quantiles and distribution function', () => {
    for (const { differences, mean, sd, quantiles, ecdf } of dataSets) {
      const summary = summaryOf(differences)
      expect(summary?.mean).toBeCloseTo(mean, 9)
      expectClose(summary?.sd, sd)
      const { min, p5, q1, median, q3, p95, max } = summary ?? {}
      quantiles.forEach((quantile, place) => {
        expect([min, p5, q1, median, q3, p95, max][place]).toBeCloseTo(quantile, 9)
      })
      if (ecdf.length === 0) continue
      const steps = ecdfOf(differences)
      expect(steps.map(([value]) => value)).toEqual(ecdf.map(([value]) => value))
      ecdf.forEach(([, share], place) => {
        expect(steps[place]?.[1]).toBeCloseTo(share ?? NaN, 12)
      })
    }
  })

  it('the adjustment of Holm', () => {
    for (const { ps, holm: expected } of dataSets) {
      holm(ps).forEach((adjusted, place) => {
        expect(adjusted).toBeCloseTo(expected[place] ?? NaN, 12)
      })
    }
  })

  it('the bootstrap interval, to a tenth of its width: other resamples were drawn', () => {
    const random = mersenne(2015)
    for (const { differences, interval } of dataSets) {
      if (differences.length < 10) continue
      const [low = NaN, high = NaN] = interval
      const drawn = meanInterval(Float64Array.from(differences), () => random.next())
      expect(Math.abs(drawn.low - low)).toBeLessThan(0.1 * (high - low))
      expect(Math.abs(drawn.high - high)).toBeLessThan(0.1 * (high - low))
    }
  })
})
