import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { ExperimentSummary } from '../../../shared/journal.ts'
import type { ReportFormat, ReportRequest } from '../../../shared/report.ts'
import { oneAtATime } from '../../components/one-at-a-time.ts'
import { lab, reasonOf } from '../../lab.ts'
import { useAppStore } from '../../stores/app.ts'
import { useReportsStore } from '../../stores/reports.ts'
import { initialChoice, renewedChoice } from './report-choice.ts'

/** Experiments that can be chosen from; older ones are opened from the Journal. */
const EXPERIMENTS_MAX = 100

/** Changes follow each other while someone types a title; the preview waits for the last one. */
const PREVIEW_DELAY_MS = 150

const PREVIEWED: readonly ReportFormat[] = ['html', 'text', 'json']

/** What the place shows: what there is to choose from, the request that was chosen, and its text in every format. */
export function useReportView() {
  const app = useAppStore()
  const reports = useReportsStore()

  const experiments = shallowRef<readonly ExperimentSummary[]>([])
  const previews = shallowRef<Readonly<Partial<Record<ReportFormat, string>>>>({})
  /** Why the journal could not be read, and why the report cannot be written. */
  const listFailure = ref<string>()
  const previewFailure = ref<string>()
  const loaded = ref(false)
  /** What a preview is being made of. */
  const previewing = shallowRef<ReportRequest>()

  const request = computed((): ReportRequest | undefined => {
    if (reports.runIds.length === 0) return undefined
    const words = reports.title.trim()
    return { runIds: [...reports.runIds], sections: [...reports.sections], ...(words !== '' && { title: words }) }
  })

  const failure = computed(() => listFailure.value ?? previewFailure.value)

  const readExperiments = oneAtATime(async () => {
    try {
      await chooseFromJournal()
      listFailure.value = undefined
    } catch (error) {
      listFailure.value = reasonOf(error)
    }
    loaded.value = true
  })

  async function chooseFromJournal(): Promise<void> {
    const newest = await lab().listExperiments({ search: '', limit: EXPERIMENTS_MAX })
    const askedFor = reports.experimentId
    const missing = askedFor !== undefined && !newest.some(({ id }) => id === askedFor)
    const older = missing ? await lab().openExperiment(askedFor) : undefined
    const before = experiments.value
    experiments.value = older === undefined ? newest : [...newest, older]
    const choice = renewedChoice(experiments.value, before, reports)
    reports.experimentId = choice.experimentId
    reports.runIds = choice.runIds
  }

  async function readPreviews(): Promise<void> {
    const wanted = request.value
    if (wanted === undefined) {
      previews.value = {}
      previewFailure.value = undefined
      return
    }
    previewing.value = wanted
    try {
      const texts = await Promise.all(PREVIEWED.map((format) => lab().previewReport(wanted, format)))
      // A newer choice has its own answer under way, and nobody waits for what was cancelled
      if (wanted !== previewing.value) return
      previews.value = Object.fromEntries(PREVIEWED.map((format, position) => [format, texts[position]]))
      previewFailure.value = undefined
    } catch (error) {
      if (wanted !== previewing.value) return
      // What is shown would pass for the report that was chosen
      previews.value = {}
      previewFailure.value = reasonOf(error)
    } finally {
      if (wanted === previewing.value) previewing.value = undefined
    }
  }

  /** Waits for the preview no longer. */
  function cancelPreview(): void {
    previewing.value = undefined
    previewFailure.value = 'The preview was cancelled. Change the report to have it made.'
    previews.value = {}
  }

  let timer: ReturnType<typeof setTimeout> | undefined
  watch(
    request,
    () => {
      clearTimeout(timer)
      timer = setTimeout(() => void readPreviews(), PREVIEW_DELAY_MS)
    },
    { immediate: true },
  )
  watch(
    () => app.journalChanges,
    () => void readExperiments(),
    { immediate: true },
  )
  onScopeDispose(lab().on('runEnded', () => void readExperiments()))
  onScopeDispose(() => {
    clearTimeout(timer)
  })

  function chooseExperiment(id: number): void {
    const choice = initialChoice(experiments.value, { experimentId: id, runIds: [] })
    reports.about(id, choice.runIds)
  }

  return { experiments, previews, previewing, cancelPreview, failure, loaded, request, chooseExperiment }
}
