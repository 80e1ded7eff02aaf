import { computed, nextTick, onScopeDispose, shallowRef, watch, type ComputedRef } from 'vue'
import { COMMAND_IDS, COMMANDS, SCOPES, type CommandId } from '../../../shared/command-catalog.ts'
import type { ExperimentSummary, RunSummary } from '../../../shared/journal.ts'
import { scenarioName } from '../../../shared/run.ts'
import type { Settings } from '../../../shared/settings.ts'
import { commands, isEnabled, runCommand, titleOf } from '../../commands/registry.ts'
import { oneAtATime } from '../../components/one-at-a-time.ts'
import { lab } from '../../lab.ts'
import { benchModels, withModel } from '../../places/bench/bench-models.ts'
import { useAppStore } from '../../stores/app.ts'
import { useBenchStore } from '../../stores/bench.ts'
import { useDeskStore } from '../../stores/desk.ts'
import { useJournalStore } from '../../stores/journal.ts'
import { useOwnScenariosStore } from '../../stores/own-scenarios.ts'
import { useSettingsStore } from '../../stores/settings.ts'
import { useToastsStore } from '../../stores/toasts.ts'
import type { PaletteEntry } from './palette-entries.ts'

const EXPERIMENTS_SHOWN = 8
/** Between two letters of somebody who types; the journal is asked after that. */
const SEARCH_DELAY_MS = 80

const SETTINGS: readonly (readonly [title: string, change: Partial<Settings>])[] = [
  ['Theme: as the system', { theme: 'system' }],
  ['Theme: light', { theme: 'light' }],
  ['Theme: dark', { theme: 'dark' }],
  ['Density: compact', { density: 'compact' }],
  ['Density: comfortable', { density: 'comfortable' }],
  ['Single-letter shortcuts: on', { singleKeys: true }],
  ['Single-letter shortcuts: off', { singleKeys: false }],
]

/** All that can be chosen in the palette; what is in the journal, by what was typed. */
export function usePaletteEntries(text: () => string): ComputedRef<readonly PaletteEntry[]> {
  const fromJournal = useJournalEntries(text)
  const commandEntries = useCommandEntries()
  const benchEntries = useBenchEntries()
  const settings = useSettingsStore()
  const settingEntries = SETTINGS.map(([title, change]): PaletteEntry => ({
    kind: 'setting',
    id: title,
    title,
    run: () => void settings.change(change),
  }))
  return computed(() => [...fromJournal.value, ...commandEntries.value, ...benchEntries.value, ...settingEntries])
}

/** Commands that can be run here and now, and those of other places, to which they go first. */
function useCommandEntries(): ComputedRef<readonly PaletteEntry[]> {
  const app = useAppStore()
  const toasts = useToastsStore()

  async function runThere(id: CommandId): Promise<void> {
    const { scope, title } = COMMANDS[id]
    if (scope !== 'window') app.place = scope
    await nextTick()
    if (!runCommand(id)) toasts.show(`“${title}” cannot be done now`)
  }

  return computed(() => {
    const here = commands.value
      .filter((command) => command.id !== 'palette' && isEnabled(command))
      .map((command): PaletteEntry => ({
        ...{ kind: 'command', id: command.id, title: titleOf(command), command: command.id, run: command.run },
      }))
    const elsewhere = COMMAND_IDS.filter((id) => {
      const { scope } = COMMANDS[id]
      return scope !== 'window' && scope !== app.place
    }).map((id): PaletteEntry => ({
      ...{ kind: 'command', id, title: COMMANDS[id].title, note: SCOPES[COMMANDS[id].scope], command: id },
      run: () => void runThere(id),
    }))
    const known = new Set(here.map(({ id }) => id))
    return [...here, ...elsewhere.filter(({ id }) => !known.has(id))]
  })
}

/** Scenarios to open and kernel models to add, on the Bench. */
function useBenchEntries(): ComputedRef<readonly PaletteEntry[]> {
  const app = useAppStore()
  const bench = useBenchStore()
  const desk = useDeskStore()
  const own = useOwnScenariosStore()

  return computed(() => {
    const scenarios = [
      ...own.scenarios.map(({ ref, name }) => ({ ref, title: name, note: 'your own' })),
      ...app.catalog.scenarios.map(({ id, title }) => ({ ref: id, title, note: 'ready' })),
    ].map(({ ref, title, note }): PaletteEntry => ({
      ...{ kind: 'scenario', id: ref, title, note },
      run: () => {
        app.place = 'bench'
        desk.show(ref)
      },
    }))
    const models = benchModels(bench.setup, app.catalog).map(({ choice: { modelId } }): PaletteEntry => {
      const chosen = bench.setup.modelIds.includes(modelId)
      return {
        ...{ kind: 'model', id: modelId, title: modelId, note: chosen ? 'leave out' : 'add to the experiment' },
        run: () => {
          app.place = 'bench'
          bench.setup = withModel(bench.setup, app.catalog, modelId, !chosen)
        },
      }
    })
    return [...scenarios, ...models]
  })
}

/** Experiments that have the words, and the run of a number. */
function useJournalEntries(text: () => string): ComputedRef<readonly PaletteEntry[]> {
  const app = useAppStore()
  const journal = useJournalStore()
  const found = shallowRef<{ readonly experiments: readonly ExperimentSummary[]; readonly run?: RunSummary }>({
    experiments: [],
  })

  const ask = oneAtATime(async () => {
    const typed = text().trim()
    const runId = Number(/^#(\d{1,9})$/.exec(typed)?.[1] ?? NaN)
    if (typed === '' || typed.startsWith('>')) found.value = { experiments: [] }
    else if (Number.isNaN(runId)) found.value = { experiments: await experimentsWith(typed) }
    else {
      const [run] = await lab().summarizeRuns([runId])
      found.value = { experiments: [], ...(run && { run }) }
    }
  })
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(text, () => {
    clearTimeout(timer)
    timer = setTimeout(() => void ask(), SEARCH_DELAY_MS)
  })
  onScopeDispose(() => clearTimeout(timer))

  return computed(() => {
    const typed = text().trim()
    const { experiments, run } = found.value
    const entries = experiments.map(({ id, title }): PaletteEntry => ({
      ...{ kind: 'experiment', id: String(id), title },
      run: () => {
        app.place = 'journal'
        journal.revealExperiment(id)
      },
    }))
    if (run !== undefined) {
      entries.push({
        ...{
          kind: 'run',
          id: String(run.id),
          title: `Run ${run.id}: ${scenarioName(run.spec)} under ${run.spec.modelId}`,
        },
        run: () => {
          app.place = 'journal'
          void journal.revealRun(run.id)
        },
      })
    }
    if (typed !== '' && !/^[>#]/.test(typed)) {
      entries.push({
        ...{ kind: 'search', id: 'journal', title: `Search the journal for “${typed}”` },
        run: () => {
          app.place = 'journal'
          journal.search = typed
        },
      })
    }
    return entries
  })
}

/** None where the words are a query that cannot be read: it is not finished, or not meant as one. */
async function experimentsWith(typed: string): Promise<readonly ExperimentSummary[]> {
  try {
    return await lab().listExperiments({ search: typed, limit: EXPERIMENTS_SHOWN })
  } catch {
    return []
  }
}
