import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, type EffectScope } from 'vue'
import type { ExperimentRecord, RunRecord } from '../../../shared/journal.ts'
import { patch2015Runs } from '../../../shared/published.ts'
import { useAppStore } from '../../stores/app.ts'
import { useJournalStore } from '../../stores/journal.ts'
import { installFakeLab, type FakeLab } from '../../testing/fake-lab.ts'
import { useJournalView } from './journal-view.ts'

const run = (id: number, experimentId: number): RunRecord => ({
  id,
  experimentId,
  spec: patch2015Runs()[0]!,
  status: 'finished',
  startedAtMs: 0,
  labVersion: '',
  source: '',
})

function experiment(id: number): ExperimentRecord {
  const records = [run(id * 10, id)]
  const title = `Experiment ${id}`
  return { id, title, question: '', createdAtMs: 0, starred: false, tags: [], runs: records, note: [], records }
}

const journal = [experiment(2), experiment(1)]
const rowOf = (id: number) => ({ kind: 'experiment' as const, key: '', experiment: experiment(id) })
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

let lab: FakeLab
let scope: EffectScope
let view: ReturnType<typeof useJournalView>
let listed: string[]
let openings: number[]
/** Why calls are refused at the moment. */
let locked: { readonly list?: string; readonly open?: string }

beforeEach(async () => {
  listed = []
  openings = []
  locked = {}
  lab = installFakeLab({
    findExperiments: (search) => {
      listed.push(search)
      if (locked.list !== undefined) return Promise.reject(new Error(locked.list))
      return Promise.resolve({
        experimentIds: journal.map(({ id }) => id),
        runCounts: journal.map(({ runs }) => runs.length),
      })
    },
    readExperiments: (_, ids) => Promise.resolve(journal.filter(({ id }) => ids.includes(id))),
    journalFacets: () =>
      Promise.resolve({ all: 2, starred: 0, archived: 0, trashed: 0, models: [], tags: [], states: [] }),
    openExperiment: (id) => {
      openings.push(id)
      if (locked.open !== undefined) return Promise.reject(new Error(locked.open))
      return Promise.resolve(journal.find((candidate) => candidate.id === id))
    },
  })
  vi.stubGlobal('window', { lab: window.lab, addEventListener: () => undefined })
  setActivePinia(createPinia())
  scope = effectScope()
  view = scope.run(useJournalView)!
  await settled()
})

afterEach(() => {
  scope.stop()
  vi.unstubAllGlobals()
})

describe('the selected experiment', () => {
  it('is the newest at first', () => {
    expect(view.opened.value?.id).toBe(2)
    expect(view.current.value?.id).toBe(2)
  })

  it('is not acted on before it is there', async () => {
    view.select(rowOf(1))
    expect(view.current.value).toBeUndefined()
    await settled()
    expect(view.current.value?.id).toBe(1)
  })

  it('never shows as another one when it cannot be read', async () => {
    locked = { open: 'The journal is locked.' }
    view.select(rowOf(1))
    await settled()
    expect(view.opened.value).toBeUndefined()
    expect(view.failure.value).toBe('The journal is locked.')
  })

  it('keeps what is known of it when reading it again fails', async () => {
    locked = { open: 'The journal is locked.' }
    useAppStore().journalChanges += 1
    await settled()
    expect(view.opened.value?.id).toBe(2)
    expect(view.failure.value).toBe('The journal is locked.')
  })
})

describe('a failure', () => {
  it('to open is forgotten with the next success to open, not with that of the list', async () => {
    locked = { open: 'The journal is locked.' }
    view.select(rowOf(1))
    await settled()
    useJournalStore().search = 'tail'
    await settled()
    expect(listed.at(-1)).toBe('tail')
    expect(view.failure.value).toBe('The journal is locked.')
    locked = {}
    view.select(rowOf(2))
    await settled()
    expect(view.failure.value).toBeUndefined()
  })

  it('to list keeps the list that is there', async () => {
    locked = { list: 'The journal is locked.' }
    useAppStore().journalChanges += 1
    await settled()
    expect(view.failure.value).toBe('The journal is locked.')
    expect(view.found.value.matches.experimentIds).toHaveLength(2)
  })

  it('of an action says why', async () => {
    await view.attempt(Promise.reject(new Error('The title is too long.')))
    expect(view.refusal.value).toBe('The title is too long.')
    await view.attempt(Promise.resolve())
    expect(view.refusal.value).toBeUndefined()
  })
})

describe('runs that end', () => {
  it('are read once more at most, however many end in the meantime', async () => {
    const before = listed.length
    for (let i = 0; i < 50; i += 1) lab.tell('runEnded', run(20, 2))
    await settled()
    expect(listed.length - before).toBe(2)
  })

  it('of another experiment do not make the selected one be read again', async () => {
    const before = openings.length
    lab.tell('runEnded', run(10, 1))
    await settled()
    expect(openings.length).toBe(before)
  })
})
