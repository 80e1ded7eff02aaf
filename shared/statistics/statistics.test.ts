import fc from 'fast-check'
import { mersenne } from 'pure-rand/generator/mersenne'
import { describe, expect, it } from 'vitest'
import { binsOf, BINS_MAX, ecdfOf } from './distribution.ts'
import { holm } from './holm.ts'
import { BOOTSTRAP_VALUES_MAX, meanInterval } from './interval.ts'
import { normalAbove } from './normal.ts'
import { comparePairs, differencesOf } from './paired.ts'
import { summaryOf } from './summary.ts'
import { seedWarnings } from './warnings.ts'
import { EXACT_PAIRS_BELOW, wilcoxon } from './wilcoxon.ts'

/** The independent implementations below are the definitions, written out: every sign assignment, every pair of values. */
const DATA_SETS = 200

function wordsOf(seed: number): () => number {
  const random = mersenne(seed)
  return () => random.next()
}

/** Data sets with ties and zeros, from a fixed seed. */
function dataSets(lengthMax: number): readonly number[][] {
  const word = wordsOf(2015)
  const below = (limit: number): number => (word() >>> 0) % limit
  return Array.from({ length: DATA_SETS }, () => {
    const spread = 1 + below(30)
    return Array.from({ length: 1 + below(lengthMax) }, () => below(2 * spread + 1) - spread + below(3))
  })
}

/** Mean rank of each absolute difference among those that are not 0, in O(n^2): one more than are smaller, and half the equals. */
function naiveRanks(differences: readonly number[]): number[] {
  const sizes = differences.filter((value) => value !== 0).map(Math.abs)
  return sizes.map((size) => {
    const smaller = sizes.filter((other) => other < size).length
    const equal = sizes.filter((other) => other === size).length
    return smaller + (equal + 1) / 2
  })
}

function naiveRankSum(differences: readonly number[]): number {
  const ranks = naiveRanks(differences)
  return differences
    .filter((value) => value !== 0)
    .reduce((sum, value, place) => sum + (value > 0 ? (ranks[place] ?? 0) : 0), 0)
}

/** The p value by going through all 2^n assignments of signs. */
function naiveP(differences: readonly number[]): number {
  const ranks = naiveRanks(differences)
  const total = ranks.reduce((sum, rank) => sum + rank, 0)
  const observed = Math.min(naiveRankSum(differences), total - naiveRankSum(differences))
  let asSmall = 0
  for (let signs = 0; signs < 2 ** ranks.length; signs += 1) {
    const sum = ranks.reduce((part, rank, place) => part + ((signs >> place) & 1 ? rank : 0), 0)
    if (sum <= observed) asSmall += 1
  }
  return Math.min(1, (2 * asSmall) / 2 ** ranks.length)
}

function naiveQuantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right)
  const place = share * (sorted.length - 1)
  const low = sorted[Math.trunc(place)] ?? NaN
  return low + (place % 1) * ((sorted[Math.trunc(place) + 1] ?? low) - low)
}

describe('against the definitions on 200 data sets', () => {
  it('the exact signed-rank test equals the enumeration of all signs', () => {
    for (const differences of dataSets(14)) {
      const test = wilcoxon(differences)
      if (differences.every((value) => value === 0)) expect(test).toBeUndefined()
      else expect(test?.p).toBeCloseTo(naiveP(differences), 12)
    }
  })

  it('rank sums and the effect size equal ranks counted pair by pair', () => {
    for (const differences of dataSets(120)) {
      const test = wilcoxon(differences)
      const total = naiveRanks(differences).reduce((sum, rank) => sum + rank, 0)
      if (test === undefined) continue
      expect(test.ranks.positive).toBeCloseTo(naiveRankSum(differences), 9)
      expect(test.effect).toBeCloseTo((2 * naiveRankSum(differences) - total) / total, 12)
    }
  })

  it('the normal approximation equals the variance of the ranks at hand', () => {
    for (const differences of dataSets(120)) {
      const test = wilcoxon(differences)
      if (test?.method !== 'normal') continue
      // Each rank is positive with a probability of one half: its variance is rank^2 / 4
      const ranks = naiveRanks(differences)
      const sd = Math.sqrt(ranks.reduce((sum, rank) => sum + rank ** 2, 0) / 4)
      const mean = ranks.reduce((sum, rank) => sum + rank, 0) / 2
      const z = Math.max(0, Math.abs(naiveRankSum(differences) - mean) - 0.5) / sd
      expect(test.p).toBeCloseTo(Math.min(1, 2 * simpsonAbove(z)), 8)
    }
  })

  it('summaries, shares, distributions and Holm equal their definitions', () => {
    for (const values of dataSets(80)) {
      const summary = summaryOf(values)
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length
      const pairs = values.reduce((sum, a) => sum + values.reduce((part, b) => part + (a - b) ** 2, 0), 0)
      expect(summary?.mean).toBeCloseTo(mean, 9)
      // The mean squared difference of all pairs is twice the variance
      const variance = values.length < 2 ? 0 : pairs / (2 * values.length * (values.length - 1))
      expect(summary?.sd).toBeCloseTo(Math.sqrt(variance), 9)
      expect(summary?.q1).toBeCloseTo(naiveQuantile(values, 0.25), 9)
      expect(summary?.p95).toBeCloseTo(naiveQuantile(values, 0.95), 9)
      for (const [value, share] of ecdfOf(values)) {
        expect(share).toBeCloseTo(values.filter((other) => other <= value).length / values.length, 12)
      }
      const ps = values.map((value) => Math.abs(value) / 200)
      const adjusted = holm(ps)
      ps.forEach((p, place) => {
        expect(adjusted[place]).toBeCloseTo(naiveHolm(ps, p), 12)
      })
    }
  })
})

/** The largest of (how many are not smaller) times it over all p values up to this one; equal ones count from the first. */
function naiveHolm(ps: readonly number[], p: number): number {
  const factors = ps.filter((other) => other <= p).map((other) => other * ps.filter((third) => third >= other).length)
  return Math.min(1, Math.max(...factors))
}

/** The upper tail of the normal distribution by Simpson's rule. */
function simpsonAbove(z: number): number {
  const steps = 4000
  const width = 12 / steps
  let sum = 0
  for (let step = 0; step <= steps; step += 1) {
    const x = z + step * width
    const weight = step === 0 || step === steps ? 1 : step % 2 === 1 ? 4 : 2
    sum += weight * Math.exp(-0.5 * x * x)
  }
  return (sum * width) / 3 / Math.sqrt(2 * Math.PI)
}

describe('normalAbove', () => {
  it('knows tabulated values far out', () => {
    expect(normalAbove(0)).toBe(0.5)
    expect(normalAbove(1.959963984540054)).toBeCloseTo(0.025, 14)
    expect(normalAbove(6) / 9.865876450376981e-10).toBeCloseTo(1, 10)
    expect(normalAbove(20) / 2.7536241186062337e-89).toBeCloseTo(1, 10)
  })
})

describe('wilcoxon', () => {
  it('is exact below 50 pairs that differ and normal from 50 on, where both nearly agree', () => {
    const differences = Array.from(
      { length: EXACT_PAIRS_BELOW },
      (_, place) => (place % 3 === 0 ? -1 : 1) * (place + 1),
    )
    expect(wilcoxon(differences)?.method).toBe('normal')
    const fewer = wilcoxon(differences.slice(1))
    expect(fewer?.method).toBe('exact')
    expect(wilcoxon([...differences.slice(1), 0, 0])).toMatchObject({ method: 'exact', p: fewer?.p })
  })

  it('is the same for either order of the two, but for the sign of the effect', () => {
    const some = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 70 })
    fc.assert(
      fc.property(some, (differences) => {
        const test = wilcoxon(differences)
        const turned = wilcoxon(differences.map((value) => -value))
        expect(turned?.p).toBe(test?.p)
        expect(turned?.effect).toBe(test && 0 - test.effect)
        if (test !== undefined) expect(test.p > 0 && test.p <= 1 && Math.abs(test.effect) <= 1).toBe(true)
      }),
    )
  })
})

describe('comparePairs', () => {
  it('gives the exact difference and no p value when all pairs differ by the same', () => {
    expect(comparePairs(differencesOf([5, 6, 7], [2, 3, 4]), wordsOf(1))).toEqual({
      ...{ kind: 'constant', pairs: 3, difference: 3 },
      shares: { below: 0, equal: 0, above: 3 },
    })
    expect(comparePairs(new Float64Array(), wordsOf(1))).toBeUndefined()
  })

  it('has the same interval for the same words, around the mean', () => {
    const differences = Float64Array.from([1, 2, 3, 4, 10, -2, 0, 5, 5, 6])
    const compared = comparePairs(differences, wordsOf(7))
    expect(comparePairs(differences, wordsOf(7))).toEqual(compared)
    if (compared?.kind !== 'varying') throw new Error('these vary')
    expect(compared.interval.low).toBeLessThan(compared.meanDifference)
    expect(compared.interval.high).toBeGreaterThan(compared.meanDifference)
    expect(compared.shares).toEqual({ below: 1, equal: 1, above: 8 })
  })

  it('refuses samples that are not paired', () => {
    expect(() => differencesOf([1], [1, 2])).toThrow('Samples of 1 and 2 values are not paired.')
  })
})

describe('meanInterval', () => {
  it('agrees with the normal interval where the mean is normal', () => {
    const word = wordsOf(3)
    const sample = Float64Array.from({ length: BOOTSTRAP_VALUES_MAX }, () => (word() >>> 0) % 100)
    const drawn = meanInterval(sample, word)
    const normal = meanInterval(Float64Array.from([...sample, 50]), word)
    expect([drawn.method, normal.method]).toEqual(['bootstrap', 'normal'])
    expect(drawn.low).toBeCloseTo(normal.low, 1)
    expect(drawn.high).toBeCloseTo(normal.high, 1)
  })

  it('contains the true mean in about 95 of 100 samples', () => {
    const word = wordsOf(11)
    let contained = 0
    for (let sample = 0; sample < 100; sample += 1) {
      const { low, high } = meanInterval(
        Float64Array.from({ length: 60 }, () => (word() >>> 0) % 101),
        word,
      )
      if (low <= 50 && high >= 50) contained += 1
    }
    expect(contained).toBeGreaterThan(86)
  })
})

describe('binsOf', () => {
  it('counts every value once, in at most so many bars, and is aligned for all samples', () => {
    const sample = fc.array(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 50 })
    fc.assert(
      fc.property(sample, sample, (left, right) => {
        const [first, second] = binsOf([left, right]) ?? []
        if (first === undefined || second === undefined) throw new Error('there are values')
        expect(first.counts.length).toBeLessThanOrEqual(BINS_MAX)
        expect(first.counts.reduce((sum, count) => sum + count, 0)).toBe(left.length)
        expect([second.start, second.width, second.counts.length]).toEqual([
          ...[first.start, first.width, first.counts.length],
        ])
        const bar = Math.floor(((left[0] ?? 0) - first.start) / first.width)
        expect(first.counts[bar]).toBeGreaterThan(0)
      }),
    )
  })

  it('has one bar a whole number where they fit', () => {
    expect(binsOf([[3, 5, 5]])).toEqual([{ start: 3, width: 1, counts: [1, 0, 2] }])
    expect(binsOf([[], []])).toBeUndefined()
  })
})

describe('seedWarnings', () => {
  it('says what few seeds cannot show, and nothing of enough', () => {
    expect(seedWarnings(1, true)[0]).toMatch('One seed')
    expect(seedWarnings(5, true)[0]).toMatch('5 seeds: no test can reach p = 0.05 with fewer than 6')
    expect(seedWarnings(19, true)[0]).toMatch('19 seeds: intervals are rough')
    expect(seedWarnings(20, true)).toEqual([])
    expect(seedWarnings(1, false)[0]).toMatch('does not use its seed')
  })
})
