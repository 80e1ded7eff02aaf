import { defineStore } from 'pinia'
import { ref } from 'vue'
import { REPORT_SECTIONS, type ReportFormat, type ReportSection } from '../../shared/report.ts'

/** What the next report is about: which runs, which sections, which formats. */
export const useReportsStore = defineStore('reports', () => {
  const experimentId = ref<number>()
  const runIds = ref<readonly number[]>([])
  /** The user's own title; empty for the experiment's. */
  const title = ref('')
  const sections = ref<readonly ReportSection[]>(REPORT_SECTIONS)
  const formats = ref<readonly ReportFormat[]>(['html'])

  /** Starts a report on runs of one experiment. */
  function about(id: number, runs: readonly number[]): void {
    if (id !== experimentId.value) title.value = ''
    experimentId.value = id
    runIds.value = runs
  }

  return { experimentId, runIds, title, sections, formats, about }
})
