import { describe, expect, it } from 'vitest'
import { fuzzOne, fuzzText, type FuzzOutcome } from './testing/fuzz.fixture.ts'
import { OUT_FUNCTION } from './testing/scenario.fixture.ts'
import { RandomProgram } from './testing/random-program.fixture.ts'

const TEXTS = 2500

describe('any text', () => {
  it(`is refused, ends or finishes: ${TEXTS} mutated programs`, () => {
    const outcomes: Record<FuzzOutcome, number> = { refused: 0, ended: 0, finished: 0 }
    for (let seed = 0; seed < TEXTS; seed += 1) {
      const text = fuzzText(seed)
      try {
        outcomes[fuzzOne(text, seed)] += 1
      } catch (error) {
        throw new Error(`seed ${seed}:\n${text}`, { cause: error })
      }
    }
    // Neither are all texts hopeless nor are all of them harmless
    for (const count of Object.values(outcomes)) expect(count).toBeGreaterThan(TEXTS / 50)
  })
})

describe('programs with a defined meaning', () => {
  it('make the operations that are announced, and none of them ends early', () => {
    for (let seed = 0; seed < 150; seed += 1) {
      const text = OUT_FUNCTION + new RandomProgram(seed).text(3)
      expect(fuzzOne(text, 2 * seed + 1 + Number(seed % 3 === 1)), text).not.toBe('refused')
    }
  })
})
