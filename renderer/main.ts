import '@fontsource-variable/inter'
import './styles/tokens.css'
import './styles/base.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { measureTextAsDrawn } from './charts/measure-text.ts'
import StartFailure from './frame/StartFailure.vue'
import { reasonOf } from './lab.ts'
import { useAppStore } from './stores/app.ts'
import { useFailuresStore } from './stores/failures.ts'
import { useJournalStore } from './stores/journal.ts'
import { useJobsStore } from './stores/jobs.ts'
import { useOwnScenariosStore } from './stores/own-scenarios.ts'
import { useJournalWorkStore } from './stores/journal-work.ts'
import { useReplayStore } from './stores/replay.ts'
import { useSettingsStore } from './stores/settings.ts'
import { useSweepStore } from './stores/sweep.ts'

const app = createApp(App).use(createPinia())

// A call that fails where nobody expected it is shown all the same
const failures = useFailuresStore()
app.config.errorHandler = failures.show
window.addEventListener('unhandledrejection', ({ reason }) => {
  failures.show(reason)
})

/** A window may be opened to show an experiment. */
function showAsked(): void {
  const id = /^#experiment=(\d+)$/.exec(location.hash)?.[1]
  if (id === undefined) return
  useAppStore().place = 'journal'
  useJournalStore().revealExperiment(Number(id))
}

const jobs = useJobsStore()
jobs.listen()
useReplayStore().listen()
useJournalWorkStore().listen()
try {
  // All that the first paint shows is there before it: nothing flashes, jumps or is measured in another font
  await Promise.all([
    useSettingsStore().load(),
    useAppStore().load(),
    jobs.takeUp(),
    useOwnScenariosStore().load(),
    document.fonts.load('12px "Inter Variable"'),
  ])
  await useSweepStore().listen()
  showAsked()
  measureTextAsDrawn()
  app.mount('#app')
} catch (error) {
  createApp(StartFailure, { reason: reasonOf(error) }).mount('#app')
}
