import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { nextTick, ref, shallowRef } from 'vue'
import type { ExperimentMarks, ExperimentSummary, MarksChange } from '../../../shared/journal.ts'
import { useJournalStore } from '../../stores/journal.ts'
import { useToastsStore } from '../../stores/toasts.ts'
import { useUndoStore } from '../../stores/undo.ts'
import { installFakeLab } from '../../testing/fake-lab.ts'
import type { FoundExperiments } from './found-experiments.ts'
import { useJournalMarks } from './journal-marks.ts'
import { RowLayout } from './row-layout.ts'

function summary(id: number, change: Partial<ExperimentSummary> = {}): ExperimentSummary {
  return { id, title: `E${id}`, question: '', createdAtMs: 0, starred: false, tags: [], runs: [], ...change }
}

function foundOf(
  query: string,
  ids: readonly number[],
  summaries: readonly ExperimentSummary[] = [],
): FoundExperiments {
  const matches = { experimentIds: ids, runCounts: ids.map(() => 1) }
  return {
    query,
    matches,
    layout: new RowLayout(matches),
    positions: new Map(ids.map((id, position) => [id, position])),
    summaries: new Map(summaries.map((experiment) => [experiment.id, experiment])),
  }
}

let asked: (readonly [ids: readonly number[], change: MarksChange])[]
let restored: (readonly ExperimentMarks[])[]

function setUp(found: FoundExperiments, refused?: string) {
  const view = { found: shallowRef(found), current: ref(undefined), refusal: ref<string>() }
  installFakeLab({
    changeMarks: (ids, change) => {
      asked.push([ids, change])
      if (refused !== undefined) return Promise.resolve({ kind: 'refused', reason: refused })
      return Promise.resolve({ kind: 'done', value: ids.map((id) => ({ id, starred: false, tags: [] })) })
    },
    restoreMarks: (marks) => {
      restored.push(marks)
      return Promise.resolve({ kind: 'done', value: undefined })
    },
  })
  return { view, marks: useJournalMarks(view), marked: () => [...useJournalStore().marked] }
}
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

beforeEach(() => {
  setActivePinia(createPinia())
  asked = []
  restored = []
})

describe('a selection', () => {
  it('is made one by one, by range and as a whole', () => {
    const { marks, marked } = setUp(foundOf('', [9, 8, 7, 6, 5]))
    marks.toggle(8)
    marks.toggle(6)
    expect(marked()).toEqual([8, 6])
    marks.toggle(8)
    expect(marked()).toEqual([6])
    marks.extend(8, 5)
    expect(marked()).toEqual([8, 7, 6, 5])
    marks.extend(5, 9)
    expect(marked()).toEqual([9, 8])
    marks.all()
    expect(marked()).toEqual([9, 8, 7, 6, 5])
    marks.clear()
    marks.extend(7, 6)
    expect(marked()).toEqual([7, 6])
  })

  it('keeps only what another query finds too', async () => {
    const { view, marks, marked } = setUp(foundOf('', [3, 2, 1]))
    marks.all()
    view.found.value = foundOf('tail', [2])
    await nextTick()
    expect(marked()).toEqual([2])
  })
})

describe('an action', () => {
  it('is done to all that is selected, said, and taken back', async () => {
    const { marks } = setUp(foundOf('', [3, 2, 1]))
    marks.all()
    marks.trash()
    await settled()
    expect(asked).toEqual([[[3, 2, 1], { trashed: true }]])
    expect(useToastsStore().toasts.map(({ text }) => text)).toEqual(['3 experiments moved to the trash.'])
    await useUndoStore().undoLast()
    expect(restored).toEqual([[3, 2, 1].map((id) => ({ id, starred: false, tags: [] }))])
  })

  it('stars unless all have a star', async () => {
    const { marks } = setUp(foundOf('', [2, 1], [summary(2, { starred: true }), summary(1)]))
    marks.toggle(2)
    marks.star()
    marks.toggle(1)
    marks.star()
    await settled()
    expect(asked).toEqual([
      [[2], { starred: false }],
      [[2, 1], { starred: true }],
    ])
  })

  it('that is refused says why and is not offered to be taken back', async () => {
    const { view, marks } = setUp(foundOf('', [1]), 'It is under way.')
    marks.toggle(1)
    marks.trash()
    await settled()
    expect(view.refusal.value).toBe('It is under way.')
    expect(useUndoStore().steps).toEqual([])
  })
})
