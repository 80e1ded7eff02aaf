import { defineStore } from 'pinia'
import { computed, nextTick, ref, watch } from 'vue'
import { patch2015Runs } from '../../shared/published.ts'
import { runCommand } from '../commands/registry.ts'
import { sameRuns } from '../places/bench/experiment.ts'
import { useAppStore } from './app.ts'
import { useBenchStore } from './bench.ts'
import { useJobsStore } from './jobs.ts'
import { useReplayStore } from './replay.ts'
import { useSettingsStore } from './settings.ts'

/** A step of the tour: what it says, what it points at, and what it can do for whoever is taking it. */
export interface TourStep {
  readonly title: string
  readonly text: string
  /** Selector of what is pointed at. */
  readonly target: string
  readonly action?: { readonly label: string; readonly run: () => void }
}

/** The tour of the 2015 patch, on the real window with real runs. It can be left at any step; nothing is lost by that. */
export const useTourStore = defineStore('tour', () => {
  const app = useAppStore()
  const bench = useBenchStore()
  const jobs = useJobsStore()
  const replay = useReplayStore()
  const settings = useSettingsStore()

  const position = ref<number>()

  async function runPatch(): Promise<void> {
    if (!sameRuns(bench.plannedRuns, patch2015Runs())) runCommand('new-experiment')
    await nextTick()
    await bench.run()
  }

  /** Opens the shown workload in Replay and goes to where the kernel models part, once that is found. */
  function showDivergence(): void {
    if (app.place !== 'replay') runCommand('bench-replay')
    const stop = watch(
      () => [app.place, replay.lockstep] as const,
      async ([place, lockstep]) => {
        if (place !== 'replay' || lockstep === undefined) return
        setTimeout(stop)
        await nextTick()
        runCommand('replay-divergence')
      },
      { immediate: true },
    )
  }

  const steps: readonly (TourStep & { readonly place: 'bench' | 'replay' | undefined })[] = [
    {
      place: 'bench',
      title: 'A leak, and one line that stops it',
      text: 'In Linux 4.0 a new vmap block enters the free list at its HEAD. This loop, from the patch of 2015, then leaves a hole in every block that no later map fills, and address space runs out. Linux 4.1 puts new blocks at the TAIL.',
      target: 'section[aria-label="Scenario"]',
    },
    {
      place: 'bench',
      title: 'Run it under both kernels',
      text: 'Three workloads, each under v4.0 and v4.1: six simulations, in a second. On real kernels that meant patching, booting and reading ftrace tables.',
      target: 'header .primary',
      action: { label: 'Run the six simulations', run: () => void runPatch() },
    },
    {
      place: 'bench',
      title: 'What came out',
      text: 'The verdict is computed from the counts: how many blocks each kernel leaves on its free lists. The table below has the rows of the ftrace profiler, beside the figures that the letter published.',
      target: 'section[aria-label="Verdict"]',
      action: { label: 'Run them now', run: () => void runPatch() },
    },
    {
      place: 'bench',
      title: 'The free list, from HEAD to TAIL',
      text: 'Each bar is a block: hatched slots were given back, outlined ones are the hole. Under v4.0 one such block is left by every round. Under v4.1 holes were filled, and the blocks given back.',
      target: 'section[aria-label="Free lists at the end"]',
    },
    {
      place: undefined,
      title: 'The moment where they part',
      text: 'Replay runs both kernels on the same requests. At the first map for which they choose differently, it says which block each took and why: v4.0 the new one at HEAD, v4.1 the old one with a hole.',
      target: 'section[aria-label="First divergence"]',
      action: { label: 'Show the moment', run: showDivergence },
    },
    {
      place: undefined,
      title: 'Keep it, vary it, show it',
      text: 'Every run is in the Journal and can be made again, to the same digest. Sweep makes it for thousands of seeds, Compare holds runs against each other, and Reports writes a file that others can reproduce.',
      target: 'nav[aria-label="Places"]',
      action: { label: 'Open Reports', run: () => (app.place = 'reports') },
    },
  ]

  const step = computed((): TourStep | undefined => (position.value === undefined ? undefined : steps[position.value]))
  const canAct = computed(() => !jobs.busy)

  function goTo(place: number): void {
    position.value = place
    const wanted = steps[place]?.place
    if (wanted !== undefined) app.place = wanted
  }

  function start(): void {
    goTo(0)
  }

  /** At the last step it ends. */
  function next(): void {
    const now = position.value ?? 0
    if (now === steps.length - 1) end()
    else goTo(now + 1)
  }

  function back(): void {
    goTo(Math.max(0, (position.value ?? 0) - 1))
  }

  function end(): void {
    position.value = undefined
    void settings.change({ welcomeSeen: true })
  }

  return { position, step, steps: steps.length, canAct, start, next, back, end }
})
