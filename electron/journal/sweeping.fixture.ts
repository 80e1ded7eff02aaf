import { Journal } from './index.ts'
import { newSweep, sweepChunk } from './new-sweep.fixture.ts'

/** A process for the tests that makes a sweep of the journal at the given path, chunk after chunk, until it is killed. */
const journal = Journal.open(process.argv[2] ?? '', { labVersion: '0.1.0' })
const id = journal.sweeps.start(newSweep(100_000))
for (let first = 0; first < 100_000; first += 10) {
  journal.sweeps.add(id, sweepChunk(first, 10))
  if (first === 50) process.stdout.write(`${id}\n`)
}
