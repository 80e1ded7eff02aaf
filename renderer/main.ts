import '@fontsource-variable/inter'
import './styles/tokens.css'
import './styles/base.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { useAppStore } from './stores/app.ts'
import { useSettingsStore } from './stores/settings.ts'

const app = createApp(App).use(createPinia())

// Theme, catalog and totals are there before the first paint, so that nothing flashes or jumps
await Promise.all([useSettingsStore().load(), useAppStore().load()])
app.mount('#app')
