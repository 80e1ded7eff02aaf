import { copyFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { EXPERIMENT_RUNS_MAX, LIBRARY_ITEMS_MAX } from '../../shared/journal.ts'
import { Journal } from './index.ts'
import { merged, newExperiment, newJournalPath, newResult, newRun } from './journal.fixture.ts'
import { newSweep, sweepChunk } from './new-sweep.fixture.ts'

/** A journal whose clock ticks once a look. */
let nowMs = 0
const open = (path = newJournalPath()): Journal => Journal.open(path, { labVersion: '0.1.0', now: () => ++nowMs })

function addRun(journal: Journal, experimentId: number, modelId: string): number {
  const [id = NaN] = journal.addRuns(experimentId, [newRun(modelId)])
  journal.finishRun(id, newResult())
  return id
}

/** A journal with one experiment of two runs, and a copy of it, open both. */
function twins(): { readonly ours: Journal; readonly theirs: Journal } {
  const ours = open()
  for (const id of ours.startExperiment(newExperiment()).runIds) ours.finishRun(id, newResult())
  ours.backUp()
  const copy = newJournalPath()
  copyFileSync(ours.fileFacts().lastBackup!.path, copy)
  return { ours, theirs: open(copy) }
}

const modelsOf = (journal: Journal, experiment: number): string[] =>
  journal.openExperiment(experiment)!.records.map(({ spec }) => spec.modelId)

describe('merging a copy that was worked with', () => {
  it('adds the runs that an experiment got there, behind those that it got here, once', () => {
    const { ours, theirs } = twins()
    addRun(ours, 1, 'v6.1')
    addRun(theirs, 1, 'v5.2')
    addRun(theirs, 1, 'v5.10')
    theirs.startExperiment(newExperiment({ title: 'Under way' }))
    const next = theirs.startExperiment(newExperiment({ title: 'With a note' }))
    for (const id of next.runIds) theirs.finishRun(id, newResult())
    theirs.writeNote(next.experimentId, 'see #1 and #4')
    const counts = { experiments: 1, runs: 2, furtherRuns: 2, known: 1, underWay: 1, noRoom: 0 }
    expect(ours.countMerge(theirs.path)).toMatchObject(counts)
    expect(merged(ours, theirs.path)).toMatchObject({ ...counts, left: 0 })
    expect(modelsOf(ours, 1)).toEqual(['v4.0', 'v4.1', 'v6.1', 'v5.2', 'v5.10'])
    expect(ours.openExperiment(1)!.records.map(({ status }) => status)).toEqual(Array(5).fill('finished'))
    expect(ours.openExperiment(2)!.note[0]!.text).toBe('see #1 and #5')
    expect(ours.listExperiments({ search: 'model=v5.10', limit: 9 })).toHaveLength(1)
    expect(merged(ours, theirs.path)).toMatchObject({ experiments: 0, furtherRuns: 0 })
    expect(merged(theirs, ours.path)).toMatchObject({ experiments: 0, furtherRuns: 1 })
    expect(modelsOf(theirs, 1)).toEqual(['v4.0', 'v4.1', 'v5.2', 'v5.10', 'v6.1'])
    theirs.close()
    ours.close()
  })

  it('leaves runs out that an experiment has no room for', () => {
    const { ours, theirs } = twins()
    const added = ours.addRuns(
      1,
      Array.from({ length: EXPERIMENT_RUNS_MAX - 2 }, () => newRun('v6.1')),
    )
    for (const id of added) ours.cancelRun(id)
    addRun(theirs, 1, 'v5.2')
    expect(merged(ours, theirs.path)).toMatchObject({ furtherRuns: 0, noRoom: 1, left: 0 })
    expect(modelsOf(ours, 1)).not.toContain('v5.2')
    theirs.close()
    ours.close()
  })
})

describe('merging sweeps', () => {
  it('takes them over with all figures, once', () => {
    const theirs = open()
    const id = theirs.sweeps.start(newSweep(30))
    theirs.sweeps.add(id, sweepChunk(0, 20))
    theirs.sweeps.add(id, sweepChunk(20, 10))
    theirs.sweeps.end(id, 'finished')
    theirs.sweeps.start(newSweep(4))
    const ours = open()
    expect(merged(ours, theirs.path)).toMatchObject({ experiments: 0, sweeps: 1, underWay: 1, left: 0 })
    expect(ours.sweeps.list()).toEqual([{ ...theirs.sweeps.list()[1]!, id: 1 }])
    expect(ours.sweeps.open(1)!.definition).toEqual(newSweep(30).definition)
    const whole = { first: 0, count: 30 }
    expect(ours.sweeps.column(1, 'vm_map_ram', whole)).toEqual(theirs.sweeps.column(id, 'vm_map_ram', whole))
    expect(merged(ours, theirs.path)).toMatchObject({ sweeps: 0 })
    expect(ours.sweeps.list()).toHaveLength(1)
    theirs.close()
    ours.close()
  })

  it('adds what was made of one there, so that it can be gone on with here', () => {
    const ours = open()
    const id = ours.sweeps.start(newSweep(30))
    ours.sweeps.add(id, sweepChunk(10, 10))
    ours.sweeps.end(id, 'interrupted')
    ours.backUp()
    const theirs = open(ours.fileFacts().lastBackup!.path)
    expect(theirs.sweeps.resume(id)).toEqual([
      { first: 0, count: 10 },
      { first: 20, count: 10 },
    ])
    theirs.sweeps.add(id, sweepChunk(20, 10))
    theirs.sweeps.end(id, 'cancelled')
    expect(merged(ours, theirs.path)).toMatchObject({ sweeps: 1 })
    expect(ours.sweeps.open(id)).toMatchObject({ status: 'interrupted', runsDone: 20 })
    expect(ours.sweeps.resume(id)).toEqual([{ first: 0, count: 10 }])
    ours.sweeps.add(id, sweepChunk(0, 4))
    ours.sweeps.end(id, 'cancelled')
    theirs.sweeps.resume(id)
    theirs.sweeps.add(id, sweepChunk(0, 10))
    theirs.sweeps.end(id, 'finished')
    // Its first ten runs are a chunk there, of which four are here: the others are made anew
    expect(merged(ours, theirs.path)).toMatchObject({ sweeps: 0 })
    expect(ours.sweeps.resume(id)).toEqual([{ first: 4, count: 6 }])
    theirs.close()
    ours.close()
  })

  it('is finished here, too, when all runs are there', () => {
    const ours = open()
    const id = ours.sweeps.start(newSweep(20))
    ours.sweeps.end(id, 'interrupted')
    ours.backUp()
    const theirs = open(ours.fileFacts().lastBackup!.path)
    theirs.sweeps.resume(id)
    theirs.sweeps.add(id, sweepChunk(0, 20))
    theirs.sweeps.end(id, 'finished')
    expect(merged(ours, theirs.path)).toMatchObject({ sweeps: 1 })
    expect(ours.sweeps.open(id)).toMatchObject({ status: 'finished', runsDone: 20 })
    theirs.close()
    ours.close()
  })
})

describe('merging what is saved by name', () => {
  const tail = { base: 'v4.0', choices: { newBlockAt: 'tail' } } as const
  const bestFit = { base: 'v4.0', choices: { search: 'best-fit' } } as const

  it('adds it, under another name where its own is taken, once', () => {
    const theirs = open()
    theirs.saveItem({ kind: 'model', name: 'same', definition: tail })
    theirs.saveItem({ kind: 'model', name: 'mine', definition: bestFit })
    theirs.saveItem({ kind: 'model', name: 'only there', definition: tail })
    const ours = open()
    ours.saveItem({ kind: 'model', name: 'Same', definition: tail })
    ours.saveItem({ kind: 'model', name: 'mine', definition: tail })
    expect(merged(ours, theirs.path)).toMatchObject({ saved: 2, noRoom: 0 })
    expect(ours.savedItems('model')).toMatchObject([
      { name: 'mine', definition: tail },
      { name: 'mine 2', definition: bestFit },
      { name: 'only there', definition: tail },
      { name: 'Same', definition: tail },
    ])
    expect(merged(ours, theirs.path)).toMatchObject({ saved: 0 })
    theirs.close()
    ours.close()
  })

  it('stops at the limit, and says so', () => {
    const theirs = open()
    for (const name of ['x', 'y']) theirs.saveItem({ kind: 'model', name, definition: tail })
    const ours = open()
    for (let number = 1; number < LIBRARY_ITEMS_MAX; number += 1) {
      ours.saveItem({ kind: 'model', name: `m${number}`, definition: tail })
    }
    expect(merged(ours, theirs.path)).toMatchObject({ saved: 1, noRoom: 1 })
    expect(ours.savedItems('model')).toHaveLength(LIBRARY_ITEMS_MAX)
    theirs.close()
    ours.close()
  })

  it('goes on with the versions of a scenario, and keeps both where they part', () => {
    const ours = open()
    const burst = ours.saveScenario({ name: 'burst', source: 'one' })
    ours.backUp()
    const theirs = open(ours.fileFacts().lastBackup!.path)
    theirs.saveScenario({ id: burst.id, name: 'burst', source: 'two' })
    theirs.saveScenario({ name: 'other', source: 'three' })
    expect(merged(ours, theirs.path)).toMatchObject({ saved: 2 })
    expect(ours.scenarioVersions(burst.id)).toEqual(theirs.scenarioVersions(burst.id))
    expect(merged(theirs, ours.path)).toMatchObject({ saved: 0 })

    ours.saveScenario({ id: burst.id, name: 'burst', source: 'ours' })
    theirs.saveScenario({ id: burst.id, name: 'burst', source: 'theirs' })
    expect(merged(ours, theirs.path)).toMatchObject({ saved: 1 })
    const named = (name: string): string => ours.savedScenarios().find((one) => one.name === name)!.source
    expect([named('burst'), named('burst 2'), named('other')]).toEqual(['ours', 'theirs', 'three'])
    expect(merged(ours, theirs.path)).toMatchObject({ saved: 0 })
    theirs.close()
    ours.close()
  })
})
