import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { ScenarioParameter } from '../../shared/scenario.ts'
import { cellCount, cellRuns, indexOf, specAt } from '../../shared/sweep.ts'
import { cellMeans, completeSeeds, samplesOf, type CellAnalysis } from '../../shared/sweep-analysis.ts'
import type { SweepFigure } from '../../shared/sweep-columns.ts'
import type { SweepPlan, SweepProgress, SweepRecord, SweepSummary } from '../../shared/sweep-record.ts'
import { oneAtATime } from '../components/one-at-a-time.ts'
import { lab } from '../lab.ts'
import { askedSweep, readSweepSetup, storeSweepSetup, sweptRuns, type SweepSetup } from '../places/sweep/sweep-setup.ts'
import { useAppStore } from './app.ts'
import { useBenchStore } from './bench.ts'
import { useJobsStore } from './jobs.ts'

/** What is shown of a sweep: the values of one figure in one cell, and its mean in all cells. */
export interface ShownFigure {
  readonly figure: SweepFigure
  readonly cell: number
  readonly seeds: readonly number[]
  /** A sample for each model, seed by seed. */
  readonly samples: readonly Float64Array[]
  readonly means: ReturnType<typeof cellMeans>
}

/** Least time between two looks at a sweep that goes on. */
const REFRESH_MS = 1500
/** The statistics of many seeds take seconds of a processor that the sweep needs: they have a fifth of the time at most. */
const REFRESH_SHARE = 5

/** The next sweep, the one under way, and the one that is shown. */
export const useSweepStore = defineStore('sweep', () => {
  const app = useAppStore()
  const bench = useBenchStore()
  const jobs = useJobsStore()

  const setup = ref<SweepSetup>(readSweepSetup())
  watch(setup, storeSweepSetup, { deep: true })
  const refusal = ref<string>()

  const runs = computed(() => sweptRuns(setup.value, bench.plannedRuns))
  const scenarioTitle = computed(() => {
    const [first] = runs.value
    return first?.program?.title ?? app.catalog.scenarios.find(({ id }) => id === first?.scenarioId)?.title ?? ''
  })
  const asked = computed(() => askedSweep(setup.value, bench.plannedRuns, scenarioTitle.value))

  const plan = shallowRef<SweepPlan>()
  const planning = ref(false)
  // A plan is of one request: another one is not measured yet
  watch(
    () => JSON.stringify(asked.value),
    () => {
      plan.value = undefined
      refusal.value = undefined
    },
  )

  /** Parameters that can be an axis. */
  const parameters = shallowRef<readonly ScenarioParameter[]>([])
  const readParameters = oneAtATime(async () => {
    const [first] = runs.value
    const ready = app.catalog.scenarios.find(({ id }) => id === first?.scenarioId)
    if (first?.program === undefined) parameters.value = ready?.parameters ?? []
    else parameters.value = (await lab().checkScenario(first.program.source, first.machine)).parameters
  })
  watch(
    () => JSON.stringify([runs.value[0]?.scenarioId, runs.value[0]?.program]),
    () => void readParameters(),
    { immediate: true },
  )

  const progress = shallowRef<SweepProgress>()
  const starting = ref(false)
  const busy = computed(() => starting.value || progress.value !== undefined)
  const canRun = computed(() => asked.value.kind === 'sweep' && !busy.value)

  const list = shallowRef<readonly SweepSummary[]>([])
  const record = shallowRef<SweepRecord>()
  const cell = ref(0)
  const figure = ref<SweepFigure>('alloc_vmap_area')
  /** Which model stands against the first one. */
  const compared = ref(1)
  const analysis = shallowRef<CellAnalysis>()
  const shown = shallowRef<ShownFigure>()

  async function refuse<Value>(
    work: Promise<{ kind: 'done'; value: Value } | { kind: 'refused'; reason: string } | { kind: 'declined' }>,
  ): Promise<Value | undefined> {
    const outcome = await work
    refusal.value = outcome.kind === 'refused' ? outcome.reason : undefined
    return outcome.kind === 'done' ? outcome.value : undefined
  }

  /** Times some runs of what is asked for. */
  async function measure(): Promise<void> {
    if (asked.value.kind !== 'sweep' || planning.value) return
    const before = asked.value
    planning.value = true
    try {
      const measured = await refuse(lab().planSweep(before.request))
      if (before === asked.value) plan.value = measured
    } finally {
      planning.value = false
    }
  }

  async function run(): Promise<void> {
    if (asked.value.kind !== 'sweep' || busy.value) return
    await begin(() => (asked.value.kind === 'sweep' ? lab().startSweep(asked.value.request) : undefined))
  }

  async function resume(): Promise<void> {
    const id = record.value?.id
    if (id !== undefined && !busy.value) await begin(() => lab().resumeSweep(id))
  }

  async function begin(start: () => ReturnType<ReturnType<typeof lab>['startSweep']> | undefined): Promise<void> {
    starting.value = true
    try {
      const started = start()
      const id = started && (await refuse(started))
      if (id === undefined) return
      progress.value = await lab().currentSweep()
      await open(id)
    } finally {
      starting.value = false
    }
  }

  async function setPaused(pause: boolean): Promise<void> {
    if (progress.value !== undefined) await lab().pauseSweep(progress.value.sweepId, pause)
  }

  async function cancel(): Promise<void> {
    if (progress.value !== undefined) await lab().cancelSweep(progress.value.sweepId)
  }

  const readList = async (): Promise<void> => {
    list.value = await lab().listSweeps()
  }

  // A merge, or another window, may have brought sweeps, and further runs of the one that is shown
  const readChanges = oneAtATime(async () => {
    await readList()
    const entry = list.value.find(({ id }) => id === record.value?.id)
    const isOther = entry?.status !== record.value?.status || entry?.runsDone !== record.value?.runsDone
    if (entry !== undefined && isOther && progress.value?.sweepId !== entry.id) await open(entry.id)
  })
  watch(
    () => app.journalChanges,
    () => void readChanges(),
  )

  /** Shows a sweep of the journal. */
  async function open(id: number): Promise<void> {
    const found = await lab().openSweep(id)
    if (found === undefined) return
    const other = found.id !== record.value?.id
    record.value = found
    if (other) {
      cell.value = 0
      compared.value = 1
      analysis.value = undefined
      shown.value = undefined
    }
    await Promise.all([readList(), refresh()])
  }

  /** Statistics are being made. */
  const analysing = ref(false)

  const refresh = oneAtATime(async () => {
    const sweep = record.value
    if (sweep === undefined) return
    const { id, definition } = sweep
    const wanted = cell.value
    analysing.value = true
    const [analysed, column, all] = await Promise.all([
      lab().analyseSweep(id, wanted),
      lab().sweepColumn(id, figure.value, cellRuns(definition, wanted)),
      lab().sweepColumn(id, figure.value, { first: 0, count: sweep.runs }),
    ]).finally(() => (analysing.value = false))
    if (analysed.kind !== 'done' || record.value?.id !== id || cell.value !== wanted) return
    const seeds = completeSeeds(definition, [column])
    analysis.value = analysed.value
    shown.value = {
      ...{ figure: figure.value, cell: wanted, seeds, samples: samplesOf(definition, seeds, column) },
      means: cellMeans(definition, cellCount(definition), all),
    }
  })
  watch([cell, figure], () => void refresh())

  /** Makes the runs of one seed, under all models, as an experiment of its own and shows it on the Bench; true when it did. */
  async function openSeed(seed: number): Promise<boolean> {
    const sweep = record.value
    if (sweep === undefined) return false
    const { definition, title } = sweep
    const specs = definition.models.map((_, model) =>
      specAt(definition, indexOf(definition, { cell: cell.value, seed, model })),
    )
    const started = await jobs.start({
      title: `Seed ${seed} of sweep ${sweep.id}, ${title}`,
      question: '',
      runs: specs,
    })
    refusal.value = 'reason' in started ? started.reason : undefined
    if ('reason' in started || !(await bench.open(started.experimentId))) return false
    app.place = 'bench'
    return true
  }

  let nextRefreshMs = 0

  async function refreshSeldom(): Promise<void> {
    const startedMs = Date.now()
    if (startedMs < nextRefreshMs) return
    nextRefreshMs = Infinity
    try {
      await refresh()
    } finally {
      const endedMs = Date.now()
      nextRefreshMs = endedMs + Math.max(REFRESH_MS, (REFRESH_SHARE - 1) * (endedMs - startedMs))
    }
  }

  /** Hears of what is under way, also of what was before the window was loaded. */
  async function listen(): Promise<void> {
    lab().on('sweepProgress', (now) => {
      progress.value = now
      if (record.value?.id === now.sweepId) void refreshSeldom()
    })
    lab().on('sweepEnded', (ended) => {
      if (progress.value?.sweepId === ended.id) progress.value = undefined
      if (record.value?.id === ended.id) void open(ended.id)
    })
    progress.value = await lab().currentSweep()
  }

  /** Shows the sweep under way, or the newest one, where none is shown yet. */
  async function show(): Promise<void> {
    await readList()
    const id = progress.value?.sweepId ?? list.value[0]?.id
    if (record.value === undefined && id !== undefined) await open(id)
  }

  return {
    ...{ analysing, cancelAnalyses: () => lab().cancelAnalyses() },
    ...{ setup, runs, parameters, scenarioTitle, asked, plan, planning, progress, busy, canRun, refusal },
    ...{ list, record, cell, figure, compared, analysis, shown },
    ...{ measure, run, resume, setPaused, cancel, open, openSeed, listen, show },
  }
})
