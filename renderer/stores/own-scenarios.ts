import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { Outcome } from '../../shared/contract.ts'
import type { ScenarioProgram } from '../../shared/run.ts'
import { freeName } from '../../shared/names.ts'
import { SCENARIO_NAME_LENGTH_MAX, type SavedScenario, type ScenarioVersion } from '../../shared/saved-scenario.ts'
import { oneAtATime } from '../components/one-at-a-time.ts'
import { lab } from '../lab.ts'
import { forgetAllUndo } from '../places/bench/editor/code/undo-storage.ts'
import {
  DRAFTS_KEY,
  isUnsaved,
  ownOf,
  plainLines,
  readDrafts,
  storeDrafts,
  withDrafts,
  withSaved,
  type OwnScenario,
} from '../places/bench/editor/own-scenario.ts'
import { useAppStore } from './app.ts'

/** The user's own scenarios: those of the journal, and every text that is not saved yet, which outlives the app. */
export const useOwnScenariosStore = defineStore('own-scenarios', () => {
  const app = useAppStore()
  const scenarios = shallowRef<readonly OwnScenario[]>(readDrafts())
  /** Why texts that are not saved would not outlive the app; `undefined` when they would. */
  const notKept = ref<string>()

  watch(scenarios, keep)

  // Another window has stored its texts: both go on with the same
  window.addEventListener('storage', ({ key }) => {
    if (key === DRAFTS_KEY) scenarios.value = withDrafts(scenarios.value, readDrafts())
  })

  function keep(): void {
    if (storeDrafts(scenarios.value)) {
      notKept.value = undefined
      return
    }
    forgetAllUndo()
    const kept = storeDrafts(scenarios.value)
    notKept.value = kept ? undefined : 'There is no room to keep unsaved scenarios. Save them, or delete some.'
  }

  /** Takes what the journal has. */
  const load = oneAtATime(async () => {
    const saved = await lab().listScenarios()
    scenarios.value = withSaved(scenarios.value, saved)
  })
  watch(
    () => app.journalChanges,
    () => void load(),
  )

  function find(wanted: string): OwnScenario | undefined {
    return scenarios.value.find((own) => own.ref === wanted)
  }

  function replace(own: OwnScenario): void {
    scenarios.value = scenarios.value.map((other) => (other.ref === own.ref ? own : other))
  }

  /** What runs are made of, by reference. */
  const programs = computed(
    () => new Map(scenarios.value.map((own) => [own.ref, { title: own.name, source: own.text }] as const)),
  )

  /** Has a program at hand: as it is there already, or as a scenario that is not saved. */
  function take({ title, source }: ScenarioProgram): void {
    const known = scenarios.value.some(({ text }) => text === source)
    if (!known) create(title, source)
  }

  /** A new scenario that is not saved yet; answers how it is referred to. */
  function create(name: string, text: string, copyOf?: string): string {
    const numbers = scenarios.value.map((own) => Number(/^draft:(\d+)$/.exec(own.ref)?.[1] ?? 0))
    const made = `draft:${Math.max(0, ...numbers) + 1}`
    const free = freeName(
      name,
      scenarios.value.map((own) => own.name),
      SCENARIO_NAME_LENGTH_MAX,
    )
    scenarios.value = [{ ref: made, name: free, text: plainLines(text), ...(copyOf && { copyOf }) }, ...scenarios.value]
    return made
  }

  function change(wanted: string, text: string): void {
    const own = find(wanted)
    if (own !== undefined && own.text !== text) replace({ ...own, text })
  }

  function forget(wanted: string): void {
    scenarios.value = scenarios.value.filter((own) => own.ref !== wanted)
  }

  /** Saves the text as a version in the journal; answers what the scenario is referred to by from now on. */
  async function save(wanted: string): Promise<Outcome<string>> {
    const own = find(wanted)
    if (own === undefined || !isUnsaved(own)) return { kind: 'declined' }
    const { saved, name, text } = own
    const outcome = await lab().saveScenario({ ...(saved && { id: saved.id }), name, source: text })
    if (outcome.kind !== 'done') return outcome
    const now = ownOf(outcome.value)
    // What was typed while it was being saved is not lost
    const typed = find(wanted)?.text ?? text
    const others = scenarios.value.filter((other) => other.ref !== now.ref && other.ref !== wanted)
    scenarios.value = [typed === text ? now : { ...now, text: typed }, ...others]
    return { kind: 'done', value: now.ref }
  }

  /** Gives a scenario another name, in the journal if it is there. */
  async function rename(wanted: string, name: string): Promise<Outcome<string>> {
    const own = find(wanted)
    if (own === undefined) return { kind: 'declined' }
    if (own.saved !== undefined) {
      const outcome = await lab().renameScenario(own.saved.id, name)
      if (outcome.kind !== 'done') return outcome
    }
    const now = find(wanted)
    if (now !== undefined) replace({ ...now, name })
    return { kind: 'done', value: wanted }
  }

  /** Deletes a scenario with all its versions; runs keep the text that they were made with. */
  async function remove(wanted: string): Promise<void> {
    const own = find(wanted)
    if (own?.saved !== undefined) await lab().deleteScenario(own.saved.id)
    forget(wanted)
  }

  function taken(outcome: Outcome<SavedScenario>): Outcome<string> {
    if (outcome.kind !== 'done') return outcome
    const now = ownOf(outcome.value)
    scenarios.value = [now, ...scenarios.value.filter((own) => own.ref !== now.ref)]
    return { kind: 'done', value: now.ref }
  }

  /** A copy under another name; one that is not saved when the text is not. */
  async function duplicate(wanted: string): Promise<Outcome<string>> {
    const own = find(wanted)
    if (own === undefined) return { kind: 'declined' }
    if (own.saved !== undefined && !isUnsaved(own)) return taken(await lab().duplicateScenario(own.saved.id))
    return { kind: 'done', value: create(`${own.name} (copy)`, own.text) }
  }

  /** A file is being chosen or read. */
  const importing = ref(false)

  async function importFile(): Promise<Outcome<string>> {
    importing.value = true
    try {
      return taken(await lab().importScenario())
    } finally {
      importing.value = false
    }
  }

  async function exportFile(wanted: string): Promise<Outcome<string>> {
    const { saved } = find(wanted) ?? {}
    return saved === undefined ? { kind: 'declined' } : lab().exportScenario(saved.id)
  }

  function versions(wanted: string): Promise<readonly ScenarioVersion[]> {
    const { saved } = find(wanted) ?? {}
    return saved === undefined ? Promise.resolve([]) : lab().scenarioVersions(saved.id)
  }

  return {
    importing,
    cancelImport: () => lab().cancelImport(),
    scenarios,
    programs,
    notKept,
    load,
    find,
    create,
    take,
    change,
    forget,
    save,
    rename,
    remove,
    duplicate,
    importFile,
    exportFile,
    versions,
  }
})
