import { writeSync } from 'node:fs'
import { Journal } from './index.ts'
import { newExperiment, newResult } from './new-experiment.fixture.ts'

/**
 * A second process for the tests: `node second-process.fixture.ts hold|fill PATH`. hold starts an experiment, says its run ids
 * and lives until its input ends; fill starts and finishes 20 experiments and ends.
 */
const [, , task, path = ''] = process.argv
const journal = Journal.open(path, { labVersion: '0.1.0' })

if (task === 'hold') {
  const { runIds } = journal.startExperiment(newExperiment())
  writeSync(1, `${JSON.stringify(runIds)}\n`)
  process.stdin.resume().on('end', () => {
    for (const id of runIds) journal.finishRun(id, newResult())
    journal.close()
  })
} else {
  for (let i = 0; i < 20; i++) {
    for (const id of journal.startExperiment(newExperiment()).runIds) journal.finishRun(id, newResult())
  }
  journal.close()
}
