import '@fontsource-variable/inter'
import './styles/tokens.css'
import './styles/base.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import StartFailure from './frame/StartFailure.vue'
import { reasonOf } from './lab.ts'
import { useAppStore } from './stores/app.ts'
import { useFailuresStore } from './stores/failures.ts'
import { useSettingsStore } from './stores/settings.ts'

const app = createApp(App).use(createPinia())

// A call that fails where nobody expected it is shown all the same
const failures = useFailuresStore()
app.config.errorHandler = failures.show
window.addEventListener('unhandledrejection', ({ reason }) => {
  failures.show(reason)
})

try {
  // Theme, catalog and totals are there before the first paint, so that nothing flashes or jumps
  await Promise.all([useSettingsStore().load(), useAppStore().load()])
  app.mount('#app')
} catch (error) {
  createApp(StartFailure, { reason: reasonOf(error) }).mount('#app')
}
