import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { SAVED_SCENARIOS_MAX, SCENARIO_VERSIONS_MAX } from '../../shared/saved-scenario.ts'
import { Journal, JournalError } from './index.ts'
import { newExperiment, newJournalPath, newRun } from './journal.fixture.ts'

const LOOP = 'void scenario(void) { vm_unmap_aliases(); }\n'

/** A journal whose clock ticks once a look. */
function open(path = newJournalPath()): Journal {
  let nowMs = 0
  return Journal.open(path, { labVersion: '0.1.0', now: () => ++nowMs })
}

describe('a saved scenario', () => {
  it('is there again after the journal was closed, the one saved last first', () => {
    const path = newJournalPath()
    const journal = open(path)
    const first = journal.saveScenario({ name: ' burst ', source: LOOP })
    const second = journal.saveScenario({ name: 'drain', source: '' })
    expect(first).toMatchObject({ name: 'burst', source: LOOP, versions: 1 })
    journal.close()
    const again = open(path)
    expect(again.savedScenarios()).toEqual([second, first])
    again.close()
  })

  it('gets a version with every changed text, and none with the same', () => {
    const journal = open()
    const { id } = journal.saveScenario({ name: 'burst', source: LOOP })
    const edited = journal.saveScenario({ id, name: 'burst', source: `${LOOP}// edited` })
    expect(edited).toMatchObject({ id, source: `${LOOP}// edited`, versions: 2 })
    expect(journal.saveScenario({ id, name: 'burst', source: `${LOOP}// edited` })).toEqual(edited)
    expect(journal.saveScenario({ id, name: 'burst', source: LOOP })).toMatchObject({ versions: 3 })
    expect(journal.scenarioVersions(id)).toMatchObject([
      { version: 3, source: LOOP },
      { version: 2, source: `${LOOP}// edited` },
      { version: 1, source: LOOP },
    ])
    expect(journal.scenarioVersions(99)).toEqual([])
    journal.close()
  })

  it('keeps its versions for ever, until it is deleted itself', () => {
    const path = newJournalPath()
    const journal = open(path)
    const { id } = journal.saveScenario({ name: 'burst', source: LOOP })
    const file = new Database(path)
    file.pragma('foreign_keys = ON')
    expect(() => file.exec('UPDATE scenario_version SET saved_at_ms = 0')).toThrow('is never changed')
    expect(() => file.exec('DELETE FROM scenario_version')).toThrow('is only deleted with its scenario')
    file.close()
    expect(journal.deleteScenario(id)).toBe(true)
    expect(journal.deleteScenario(id)).toBe(false)
    expect(journal.savedScenarios()).toEqual([])
    expect(journal.scenarioVersions(id)).toEqual([])
    journal.close()
  })

  it('has a name that nobody else has, whatever its case', () => {
    const journal = open()
    const { id } = journal.saveScenario({ name: 'burst', source: LOOP })
    const other = journal.saveScenario({ name: 'drain', source: LOOP })
    for (const taking of [
      () => journal.saveScenario({ name: 'BURST', source: '' }),
      () => journal.saveScenario({ id: other.id, name: 'Burst', source: '' }),
      () => journal.renameScenario(other.id, 'Burst'),
    ]) {
      expect(taking).toThrow(new JournalError('There is a saved scenario "burst". Choose another name.'))
    }
    expect(journal.renameScenario(id, 'Burst')).toMatchObject({ id, name: 'Burst', versions: 1 })
    expect(journal.saveScenario({ id, name: 'Bursts', source: LOOP })).toMatchObject({ name: 'Bursts', versions: 1 })
    journal.close()
  })

  it('is duplicated with its newest text, under names that are free', () => {
    const journal = open()
    const { id } = journal.saveScenario({ name: 'burst', source: 'old' })
    journal.saveScenario({ id, name: 'burst', source: LOOP })
    const copies = [journal.duplicateScenario(id), journal.duplicateScenario(id)]
    expect(copies).toMatchObject([
      { name: 'burst (copy)', source: LOOP, versions: 1 },
      { name: 'burst (copy) 2', source: LOOP, versions: 1 },
    ])
    expect(new Set([id, ...copies.map((copy) => copy.id)]).size).toBe(3)
    journal.close()
  })

  it('that was deleted is named by what is asked of it', () => {
    const journal = open()
    for (const asking of [
      () => journal.saveScenario({ id: 7, name: 'burst', source: LOOP }),
      () => journal.renameScenario(7, 'burst'),
      () => journal.duplicateScenario(7),
    ]) {
      expect(asking).toThrow(/There is no saved scenario 7 .*: it was deleted/)
    }
    expect(journal.savedScenarios()).toEqual([])
    journal.close()
  })

  it('is bounded in size, in versions and in number, and what is refused changes nothing', () => {
    const journal = open()
    const { id } = journal.saveScenario({ name: 'first', source: '' })
    for (const [name, source, limit] of [
      ['', '', 'needs a name'],
      ['x'.repeat(101), '', 'SCENARIO_NAME_LENGTH_MAX'],
      ['x', ' '.repeat(200_001), 'SCENARIO_LENGTH_MAX'],
    ] as const) {
      expect(() => journal.saveScenario({ name, source })).toThrow(limit)
    }
    for (let i = 2; i <= SCENARIO_VERSIONS_MAX; i++) journal.saveScenario({ id, name: 'first', source: `${i}` })
    expect(() => journal.saveScenario({ id, name: 'other name', source: 'one more' })).toThrow('SCENARIO_VERSIONS_MAX')
    for (let i = 2; i <= SAVED_SCENARIOS_MAX; i++) journal.saveScenario({ name: `scenario ${i}`, source: '' })
    expect(() => journal.saveScenario({ name: 'one more', source: '' })).toThrow('SAVED_SCENARIOS_MAX')
    expect(() => journal.duplicateScenario(id)).toThrow('SAVED_SCENARIOS_MAX')
    expect(journal.savedScenarios()).toHaveLength(SAVED_SCENARIOS_MAX)
    expect(journal.savedScenarios().at(-1)).toMatchObject({ name: 'first', versions: SCENARIO_VERSIONS_MAX })
    journal.close()
  })
})

describe('a run of a program', () => {
  const program = { title: 'Burst of Müller', source: LOOP }
  const ofProgram = newRun('v4.0', { scenarioId: 'program', program, source: LOOP })

  it('keeps title and text, of which a list has the title alone', () => {
    const journal = open()
    const { experimentId } = journal.startExperiment(newExperiment({ runs: [ofProgram, newRun('v4.1')] }))
    expect(journal.openRun(1)).toMatchObject({ spec: ofProgram.spec, source: LOOP })
    expect(journal.openExperiment(experimentId)?.records[0]?.spec).toEqual(ofProgram.spec)
    const [summary] = journal.listExperiments({ search: '', limit: 1 })
    expect(summary?.runs[0]?.spec.program).toEqual({ title: program.title })
    expect(summary?.runs[1]?.spec).not.toHaveProperty('program')
    expect(journal.openRun(2)?.spec).not.toHaveProperty('program')
    journal.close()
  })

  it.each(['muller', 'program', 'vm_unmap_aliases'])('is found by "%s"', (search) => {
    const journal = open()
    journal.startExperiment(newExperiment({ runs: [ofProgram] }))
    journal.startExperiment(newExperiment())
    expect(journal.listExperiments({ search, limit: 10 }).map(({ id }) => id)).toEqual([1])
    journal.close()
  })

  it('keeps its title for ever, and its text when the saved scenario goes', () => {
    const path = newJournalPath()
    const journal = open(path)
    const { id } = journal.saveScenario({ name: program.title, source: LOOP })
    journal.startExperiment(newExperiment({ runs: [ofProgram] }))
    journal.deleteScenario(id)
    expect(journal.openRun(1)?.spec.program).toEqual(program)
    journal.close()
    const file = new Database(path)
    expect(() => file.exec("UPDATE run SET program_title = 'x'")).toThrow('the inputs of a run are never changed')
    file.close()
  })
})
