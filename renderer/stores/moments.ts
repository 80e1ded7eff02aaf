import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import type { Moment } from '../../shared/moment.ts'
import { lab } from '../lab.ts'
import { useAppStore } from './app.ts'
import { useBookmarksStore } from './bookmarks.ts'
import { useFailuresStore } from './failures.ts'
import { useJobsStore } from './jobs.ts'
import { useReplayStore } from './replay.ts'
import { useToastsStore } from './toasts.ts'

/** Experiments that are looked through for runs of the same digests. */
const SEARCHED = 100

/** Moments of replays as files: what one sees here, another sees on another machine. */
export const useMomentsStore = defineStore('moments', () => {
  const app = useAppStore()
  const bookmarks = useBookmarksStore()
  const failures = useFailuresStore()
  const jobs = useJobsStore()
  const replay = useReplayStore()
  const toasts = useToastsStore()

  /** Runs of a moment are being made. */
  const making = ref(false)

  /** Saves the moment at the playhead, with the note of its bookmark. */
  async function save(): Promise<void> {
    const { operation } = replay
    const note = bookmarks.bookmarks.find((bookmark) => bookmark.operation === operation)?.note ?? ''
    const saved = await lab().saveMoment({ runIds: replay.runs.map(({ id }) => id), operation, note })
    if (saved.kind === 'done') toasts.show(`Written to ${saved.value}`)
    if (saved.kind === 'refused') failures.show(new Error(saved.reason))
  }

  /** Asks for the file of a moment and goes there; runs that the journal does not have are made first. */
  async function open(): Promise<void> {
    const asked = await lab().askForMoment()
    if (asked.kind === 'refused') failures.show(new Error(asked.reason))
    if (asked.kind !== 'done') return
    const known = await knownRuns(asked.value)
    const runIds = known ?? (await made(asked.value))
    if (runIds === undefined) return
    app.place = 'replay'
    await replay.open(runIds)
    await replay.seek(asked.value.operation)
    const { note } = asked.value
    if (note !== '' && runIds[0] !== undefined) {
      await bookmarks.keep({ runId: runIds[0], operation: asked.value.operation, note })
    }
  }

  /** The runs of one experiment that came to the same digests. */
  async function knownRuns({ runs }: Moment): Promise<readonly number[] | undefined> {
    const search = runs.map(({ digest }) => `digest=${digest}`).join(' OR ')
    const experiments = await lab().listExperiments({ search, limit: SEARCHED })
    for (const experiment of experiments) {
      const ids = runs.map(({ digest }) => experiment.runs.find((run) => run.digest === digest)?.id)
      if (ids.every((id) => id !== undefined)) return ids
    }
    return undefined
  }

  /** Makes the runs as an experiment; `undefined` when that was refused, or a run did not finish. */
  async function made({ title, note, runs }: Moment): Promise<readonly number[] | undefined> {
    making.value = true
    try {
      toasts.show('The runs of the moment are made')
      const started = await jobs.start({ title, question: note, runs: runs.map(({ spec }) => spec) })
      if ('reason' in started) {
        failures.show(new Error(started.reason))
        return undefined
      }
      await ended(started.experimentId)
      const records = (await lab().openExperiment(started.experimentId))?.records ?? []
      const unfinished = records.find(({ status }) => status !== 'finished')
      if (unfinished !== undefined) {
        failures.show(
          new Error(
            `Run ${unfinished.id} is ${unfinished.status}${unfinished.failure === undefined ? '' : `: ${unfinished.failure}`}`,
          ),
        )
        return undefined
      }
      const differs = records.filter(({ digest }, place) => digest !== runs[place]?.digest)
      if (differs.length > 0) {
        const which = differs.map(({ spec }) => spec.modelId).join(', ')
        failures.show(new Error(`The runs under ${which} come to another result here than where the moment was saved.`))
      }
      return records.map(({ id }) => id)
    } finally {
      making.value = false
    }
  }

  function ended(experimentId: number): Promise<void> {
    return new Promise((resolve) => {
      const stop = watch(
        () => jobs.job?.experimentId,
        (now) => {
          if (now === experimentId) return
          setTimeout(() => stop())
          resolve()
        },
        { immediate: true },
      )
    })
  }

  return { making, save, open }
})
