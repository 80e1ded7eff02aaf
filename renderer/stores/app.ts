import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { AppInfo, Catalog } from '../../shared/contract.ts'
import type { JournalTotals } from '../../shared/journal.ts'
import { lab } from '../lab.ts'

export const PLACES = [
  { id: 'bench', title: 'Bench' },
  { id: 'replay', title: 'Replay' },
  { id: 'compare', title: 'Compare' },
  { id: 'sweep', title: 'Sweep' },
  { id: 'journal', title: 'Journal' },
  { id: 'reports', title: 'Reports' },
] as const

export type PlaceId = (typeof PLACES)[number]['id']

/** What the whole window knows: the place shown, what there is to choose from, and the journal's totals. */
export const useAppStore = defineStore('app', () => {
  const place = ref<PlaceId>('bench')
  const info = shallowRef<AppInfo>({ labVersion: '', electronVersion: '', journalPath: '', workers: 0, platform: '' })
  const catalog = shallowRef<Catalog>({ scenarios: [], models: [], customModels: [], machines: [], savedMachines: [] })
  const totals = shallowRef<JournalTotals>({ experiments: 0, runs: 0 })
  /** Rises with every change of the journal, so that views know when to read it again. */
  const journalChanges = ref(0)

  async function load(): Promise<void> {
    ;[info.value, totals.value] = await Promise.all([lab().appInfo(), lab().journalTotals(), readCatalog()])
    lab().on('journalChanged', (now) => {
      totals.value = now
      journalChanges.value += 1
      // Models and machines may have been saved here or elsewhere
      void readCatalog()
    })
  }

  /** Reads again what the lab is and how many threads it has. */
  async function readInfo(): Promise<void> {
    info.value = await lab().appInfo()
  }

  /** Reads again what there is to choose from; nothing is drawn anew unless it changed. */
  async function readCatalog(): Promise<void> {
    const read = await lab().catalog()
    if (JSON.stringify(read) !== JSON.stringify(catalog.value)) catalog.value = read
  }

  return { place, info, catalog, totals, journalChanges, load, readInfo, readCatalog }
})
