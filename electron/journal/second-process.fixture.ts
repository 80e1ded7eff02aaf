import { writeSync } from 'node:fs'
import { Journal } from './index.ts'
import { newExperiment, newResult } from './new-experiment.fixture.ts'

/**
 * A second process for the tests: `node second-process.fixture.ts hold|fill PATH`. hold starts an experiment, says its run ids,
 * and finishes the runs when its input ends; fill says that it is ready, waits for the end of its input, so that several can
 * begin at one moment, and then makes 20 experiments.
 */
const [, , task, path = ''] = process.argv

function say(value: unknown): void {
  writeSync(1, `${JSON.stringify(value)}\n`)
}

function whenInputEnds(act: () => void): void {
  process.stdin.resume().on('end', act)
}

function hold(): void {
  const journal = Journal.open(path, { labVersion: '0.1.0' })
  const { runIds } = journal.startExperiment(newExperiment())
  say(runIds)
  whenInputEnds(() => {
    for (const id of runIds) journal.finishRun(id, newResult())
    journal.close()
  })
}

function fill(): void {
  say('ready')
  whenInputEnds(() => {
    const journal = Journal.open(path, { labVersion: '0.1.0' })
    for (let i = 0; i < 20; i++) {
      for (const id of journal.startExperiment(newExperiment()).runIds) journal.finishRun(id, newResult())
    }
    journal.close()
  })
}

if (task === 'hold') hold()
else fill()
