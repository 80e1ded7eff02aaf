import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { Connection } from './connection.ts'
import { Journal, JournalError } from './index.ts'
import { newExperiment, newJournalPath, newRun } from './journal.fixture.ts'
import { firstSchema } from './migrations/0001-first-schema.ts'

const custom = { name: 'mine', base: 'v4.0', choices: { search: 'best-fit', lazyFactor: 0.5 } } as const
const open = (path: string): Journal => Journal.open(path, { labVersion: '0.1.0' })

/** A journal with one run under the custom model and one under its base; the runs' ids are 1 and 2. */
function newCustomJournal(): string {
  const path = newJournalPath()
  const journal = open(path)
  journal.startExperiment(newExperiment({ runs: [newRun('mine', { custom }), newRun('v4.0')] }))
  journal.close()
  return path
}

/** Changes the file behind the lab's back. */
function meddle(path: string, sql: string): void {
  const file = new Database(path)
  file.exec(sql)
  file.close()
}

describe('a run under a custom model', () => {
  it('keeps the whole definition, and one under a release has none', () => {
    const journal = open(newCustomJournal())
    expect(journal.openRun(1)?.spec).toMatchObject({ modelId: 'mine', custom })
    expect(journal.openRun(2)?.spec).not.toHaveProperty('custom')
    expect(journal.listExperiments({ search: '', limit: 1 })[0]?.runs[0]?.spec.custom).toEqual(custom)
    journal.close()
  })

  it.each(['mine', 'experimental', 'best-fit'])('is found by "%s"', (search) => {
    const journal = open(newCustomJournal())
    journal.startExperiment(newExperiment())
    const found = journal.listExperiments({ search, limit: 10 })
    expect(found.map(({ id }) => id)).toEqual([1])
    journal.close()
  })

  it('keeps its definition for ever', () => {
    const path = newCustomJournal()
    const change = (): void => meddle(path, "UPDATE run SET custom_model = '{}' WHERE id = 1")
    expect(change).toThrow('the inputs of a run are never changed')
  })

  it('is kept with choices of a later version of the lab', () => {
    const path = newJournalPath()
    const journal = open(path)
    const choices: object = { search: 'best-fit', colour: 'blue' }
    const later = { ...custom, choices }
    journal.startExperiment(newExperiment({ runs: [newRun('mine', { custom: later })] }))
    expect(journal.openRun(1)?.spec.custom).toEqual(later)
    journal.close()
  })

  it('is named when its definition was damaged', () => {
    const path = newCustomJournal()
    meddle(
      path,
      'DROP TRIGGER run_inputs_stay; DROP TRIGGER run_ended_stays; UPDATE run SET custom_model = \'{"base":4}\' WHERE id = 1',
    )
    const journal = open(path)
    expect(() => journal.openRun(1)).toThrow(/the custom model of run 1 in the journal/)
    expect(() => journal.openRun(1)).toThrow(JournalError)
    expect(journal.openRun(2)?.spec.modelId).toBe('v4.0')
    journal.close()
  })
})

it('a journal of the first version opens as before', () => {
  const path = newJournalPath()
  Connection.open(path, Date.now, [firstSchema]).close()
  meddle(
    path,
    `INSERT INTO experiment (title, question, created_at_ms) VALUES ('Old', '', 0);
     INSERT INTO owner VALUES (1, 1, '', '', '', '', 0);
     INSERT INTO scenario_source VALUES ('${'0'.repeat(64)}', 'loop');
     INSERT INTO run (experiment_id, position, status, scenario_id, parameters, seed, machine_id, machine, model_id,
         source_sha256, lab_version, owner_id, started_at_ms)
       VALUES (1, 0, 'running', 'exhaust', '{}', 1, 'x86_64',
         '{"wordBits":64,"nrCpus":1,"vmallocStartPage":0,"vmallocPages":1024,"bbmapBits":1024}', 'v4.0',
         '${'0'.repeat(64)}', '0.1.0', 1, 0)`,
  )
  const journal = open(path)
  expect(journal.openRun(1)?.spec).toMatchObject({ modelId: 'v4.0', parameters: {} })
  expect(journal.openRun(1)?.spec).not.toHaveProperty('custom')
  expect(journal.savedItems('model')).toEqual([])
  journal.renameExperiment(1, 'Still old')
  expect(journal.listExperiments({ search: 'still', limit: 1 })).toHaveLength(1)
  journal.close()
})
