/**
 * `npm run fuzz -- --seconds N --seed S`: random machines, models and traces on the allocator, every call checked, and on the
 * plain reference. A failure is shrunk and printed as a machine file and a trace that `lab trace` accepts; the exit status is
 * then 1.
 */
import { parseArgs } from 'node:util'
import { formatCount } from '../shared/format.ts'
import { formatMachineFile } from '../shared/machine-file.ts'
import { formatTrace } from './agreement/requests.ts'
import { randomCase } from './fuzzing/case.ts'
import { compare, shrink } from './fuzzing/compare.ts'

const PROGRESS_MS = 10_000

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string', default: '1' } },
})
const seconds = Number(values.seconds)
const firstSeed = Number(values.seed)
if (!(seconds > 0) || !Number.isInteger(firstSeed) || firstSeed < 0) {
  console.error('fuzz: expected --seconds above 0 and --seed as a whole number')
  process.exit(2)
}

const startedMs = performance.now()
let toldMs = startedMs
let operations = 0
let cases = 0
for (let seed = firstSeed; performance.now() - startedMs < seconds * 1000; seed += 1) {
  const trial = randomCase(seed)
  const outcome = compare(trial)
  if ('difference' in outcome) {
    const shortest = shrink(trial)
    console.log(`seed ${seed}, ${trial.model.description}\n${outcome.difference}. Machine file, then trace:`)
    console.log(formatMachineFile(shortest.machine))
    console.log(formatTrace(shortest.requests))
    process.exit(1)
  }
  operations += outcome.operations
  cases += 1
  if (performance.now() - toldMs < PROGRESS_MS) continue
  toldMs = performance.now()
  console.error(`${formatCount(cases)} traces, ${formatCount(operations)} operations, no difference`)
}
console.log(`${formatCount(cases)} traces from seed ${firstSeed}, ${formatCount(operations)} operations: no difference`)
