import { describe, expect, it } from 'vitest'
import type { ExperimentSummary } from '../../../shared/journal.ts'
import { patch2015Runs } from '../../../shared/published.ts'
import type { RunStatus } from '../../../shared/run.ts'
import { initialChoice, renewedChoice, reportable, toggled } from './report-choice.ts'

function experiment(id: number, statuses: Readonly<Record<number, RunStatus>>): ExperimentSummary {
  const runs = Object.entries(statuses).map(([runId, status]) => ({
    id: Number(runId),
    experimentId: id,
    spec: patch2015Runs()[0]!,
    status,
    startedAtMs: 0,
    labVersion: '',
  }))
  return { id, title: '', question: '', createdAtMs: 0, starred: false, tags: [], runs }
}

const newest = experiment(2, { 3: 'finished', 4: 'cancelled', 5: 'running' })
const older = experiment(1, { 1: 'finished', 2: 'finished' })

describe('what a report is about at first', () => {
  it('is the newest experiment with its finished runs', () => {
    expect(initialChoice([newest, older], { experimentId: undefined, runIds: [] })).toEqual({
      experimentId: 2,
      runIds: [3],
    })
  })

  it('is what was asked for', () => {
    expect(initialChoice([newest, older], { experimentId: 1, runIds: [2] })).toEqual({ experimentId: 1, runIds: [2] })
  })

  it('is not an experiment without a finished run while another one has some', () => {
    const nothing = { experimentId: undefined, runIds: [] }
    const cancelled = experiment(3, { 6: 'cancelled' })
    expect(initialChoice([cancelled, newest], nothing)).toEqual({ experimentId: 2, runIds: [3] })
    expect(initialChoice([cancelled], nothing)).toEqual({ experimentId: 3, runIds: [] })
  })

  it('falls back when what was asked for is gone', () => {
    expect(initialChoice([newest], { experimentId: 9, runIds: [9] })).toEqual({ experimentId: 2, runIds: [3] })
    expect(initialChoice([], { experimentId: 9, runIds: [9] })).toEqual({ experimentId: undefined, runIds: [] })
  })
})

describe('a choice after runs have ended', () => {
  const ended = experiment(2, { 3: 'finished', 4: 'cancelled', 5: 'finished' })

  it('takes in what finished when everything finished was chosen', () => {
    expect(renewedChoice([ended], [newest], { experimentId: 2, runIds: [3] }).runIds).toEqual([3, 5])
    expect(renewedChoice([ended], [newest], { experimentId: 2, runIds: [3, 4] }).runIds).toEqual([3, 4, 5])
    const started = experiment(2, { 3: 'running', 4: 'running', 5: 'running' })
    expect(renewedChoice([ended], [started], { experimentId: 2, runIds: [] }).runIds).toEqual([3, 5])
  })

  it('stays as it is when it was made by hand, also when it is empty', () => {
    expect(renewedChoice([ended], [newest], { experimentId: 2, runIds: [4] }).runIds).toEqual([4])
    expect(renewedChoice([ended], [newest], { experimentId: 2, runIds: [] }).runIds).toEqual([])
  })

  it('is made anew for an experiment that was not known before', () => {
    expect(renewedChoice([ended], [], { experimentId: undefined, runIds: [] }).runIds).toEqual([3, 5])
  })
})

it('a run that is still under way cannot be reported on', () => {
  expect(reportable(newest).map(({ id }) => id)).toEqual([3, 4])
})

it('choices keep their order', () => {
  expect(toggled(['a', 'b', 'c'], ['c'], 'a', true)).toEqual(['a', 'c'])
  expect(toggled(['a', 'b', 'c'], ['a', 'c'], 'a', false)).toEqual(['c'])
})
