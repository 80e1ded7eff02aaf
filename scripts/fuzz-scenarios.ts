/**
 * `npm run fuzz-scenarios -- --count N --seed S`: mutated scenarios through parser, checker, generator and a short run. A text
 * that makes any of them fail, hang or do what the text must not reach is printed; the exit status is then 1.
 */
import { parseArgs } from 'node:util'
import { formatCount } from '../shared/format.ts'
import { fuzzOne, fuzzText, type FuzzOutcome } from '../electron/scenario/c/testing/fuzz.fixture.ts'

const PROGRESS_MS = 10_000
/** A text of this size is read in milliseconds; a second is a hang in the making. */
const SLOW_MS = 3000

const { values } = parseArgs({
  options: { count: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } },
})
const count = Number(values.count)
const firstSeed = Number(values.seed)
if (!Number.isInteger(count) || count < 1 || !Number.isInteger(firstSeed) || firstSeed < 0) {
  console.error('fuzz-scenarios: expected --count as a whole number above 0 and --seed as a whole number')
  process.exit(2)
}

const outcomes: Record<FuzzOutcome, number> = { refused: 0, ended: 0, finished: 0 }
let toldMs = performance.now()
let slowestMs = 0

function summary(): string {
  const { refused, ended, finished } = outcomes
  const parts = [
    `${formatCount(refused)} refused`,
    `${formatCount(ended)} ended early`,
    `${formatCount(finished)} finished`,
  ]
  return `${parts.join(', ')}; the slowest took ${Math.round(slowestMs)} ms`
}

function fail(seed: number, text: string, problem: unknown): never {
  console.log(`seed ${seed}:`)
  console.log(text)
  console.log(problem)
  process.exit(1)
}

for (let seed = firstSeed; seed < firstSeed + count; seed += 1) {
  const text = fuzzText(seed)
  const startedMs = performance.now()
  try {
    outcomes[fuzzOne(text, seed)] += 1
  } catch (error) {
    fail(seed, text, error)
  }
  const nowMs = performance.now()
  slowestMs = Math.max(slowestMs, nowMs - startedMs)
  if (nowMs - startedMs > SLOW_MS) fail(seed, text, `took ${Math.round(nowMs - startedMs)} ms`)
  if (nowMs - toldMs < PROGRESS_MS) continue
  toldMs = nowMs
  console.error(summary())
}
console.log(`${formatCount(count)} texts from seed ${firstSeed}: ${summary()}`)
