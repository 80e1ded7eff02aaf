import { defineStore } from 'pinia'
import { ref, watchEffect } from 'vue'
import { groupDigitsBy } from '../../shared/format.ts'
import { colorModelsBy } from '../../shared/model-colors.ts'
import { DEFAULT_SETTINGS, type Settings } from '../../shared/settings.ts'
import { changeKeys } from '../commands/registry.ts'
import { lab } from '../lab.ts'

/** The user's settings, and their effect on the page: theme and density as attributes of the root element. */
export const useSettingsStore = defineStore('settings', () => {
  const settings = ref<Settings>(DEFAULT_SETTINGS)
  const systemDark = window.matchMedia('(prefers-color-scheme: dark)')
  const theme = ref<'light' | 'dark'>('light')

  function applyTheme(): void {
    const chosen = settings.value.theme
    theme.value = chosen === 'system' ? (systemDark.matches ? 'dark' : 'light') : chosen
  }

  systemDark.addEventListener('change', applyTheme)
  watchEffect(() => {
    applyTheme()
    document.documentElement.dataset['theme'] = theme.value
    document.documentElement.dataset['density'] = settings.value.density
  })

  watchEffect(() => {
    changeKeys(settings.value.keys)
  })
  // Read wherever a number is written or a model is drawn, which is done again when they change
  groupDigitsBy(() => settings.value.digitGrouping)
  colorModelsBy(() => settings.value.modelColors)

  async function load(): Promise<void> {
    settings.value = await lab().readSettings()
    lab().on('settingsChanged', (now) => {
      settings.value = now
    })
  }

  async function change(part: Partial<Settings>): Promise<void> {
    settings.value = await lab().changeSettings(part)
  }

  function toggleTheme(): Promise<void> {
    return change({ theme: theme.value === 'dark' ? 'light' : 'dark' })
  }

  return { settings, theme, load, change, toggleTheme }
})
