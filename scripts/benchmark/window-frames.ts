import type { Page } from 'playwright-core'

/** Intervals between the frames of a movement, milliseconds. */
export interface Frames {
  readonly medianMs: number
  /** 95 of 100 are not longer. */
  readonly slowMs: number
}

const FRAMES = 120
const EXPERIMENT_RUNS = 250

function framesOf(intervals: readonly number[]): Frames {
  const sorted = intervals.toSorted((a, b) => a - b)
  const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? NaN
  return { medianMs: at(0.5), slowMs: at(0.95) }
}

/** Records runs of the random workload through the window's own contract, and waits for them. */
async function makeRuns(page: Page, runs: number): Promise<void> {
  await page.evaluate(
    async ({ total, each }) => {
      const { machines, models } = await window.lab.catalog()
      const [preset] = machines
      if (preset === undefined) throw new Error('there is no machine')
      for (let first = 0; first < total; first += each) {
        await window.lab.startExperiment({
          title: `Runs from ${first} on`,
          question: '',
          runs: Array.from({ length: each }, (_, i) => ({
            scenarioId: 'random',
            parameters: { iters: 100 + i },
            seed: first + i,
            machineId: preset.id,
            machine: preset.machine,
            modelId: models[i % models.length]?.id ?? 'v4.0',
          })),
        })
      }
    },
    { total: runs, each: EXPERIMENT_RUNS },
  )
  await page.waitForFunction(async () => (await window.lab.currentJob()) === undefined, undefined, { timeout: 120_000 })
}

export async function compareFrames(
  page: Page,
  runs: number,
): Promise<{ readonly scroll: Frames; readonly sortMs: number }> {
  await makeRuns(page, runs)
  await page.keyboard.press('Control+3')
  await page.keyboard.press('a')
  await page.getByLabel('Run numbers').fill(`1-${runs}`)
  await page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByRole('grid', { name: 'Compared runs' }).waitFor()
  await page.waitForTimeout(1000)
  const scrolled = await page.evaluate(async (frames) => {
    const table = document.querySelector('[role="grid"]')?.parentElement
    const intervals: number[] = []
    let lastMs = await new Promise<number>(requestAnimationFrame)
    for (let frame = 0; frame < frames; frame += 1) {
      table?.scrollBy(0, 100)
      const nowMs = await new Promise<number>(requestAnimationFrame)
      intervals.push(nowMs - lastMs)
      lastMs = nowMs
    }
    return intervals
  }, FRAMES)
  const sorted = await page.evaluate(async () => {
    const button = [...document.querySelectorAll('thead button')].find((one) =>
      one.textContent.includes('alloc_vmap_area'),
    )
    const times: number[] = []
    for (let time = 0; time < 10; time += 1) {
      const startedMs = performance.now()
      ;(button as HTMLElement | undefined)?.click()
      await new Promise(requestAnimationFrame)
      times.push(performance.now() - startedMs)
      await new Promise((done) => setTimeout(done, 300))
    }
    return times
  })
  return { scroll: framesOf(scrolled), sortMs: framesOf(sorted).medianMs }
}

/** Runs the first workload alone under v4.0 and v4.1 for so many maps. */
async function runExhaust(page: Page, iterations: number): Promise<void> {
  await page.keyboard.press('Control+1')
  await page.keyboard.press('Control+n')
  for (const title of ['Random', 'Sequential orders']) {
    await page.getByRole('button', { name: `Take ${title} out of the experiment`, exact: true }).click()
  }
  const field = page.getByRole('region', { name: 'Parameters' }).getByRole('textbox', { name: 'iters' })
  await field.fill(String(iterations))
  await field.press('Control+Enter')
  await page
    .getByText(/blocks listed; v4\.1 leaves/)
    .first()
    .waitFor({ timeout: 120_000 })
}

/** Of a run of so many operations: until seven more charts are drawn, and until the whole Bench is, from another place. */
export async function chartsMs(
  page: Page,
  operations: number,
): Promise<{ readonly moreMs: number; readonly benchMs: number }> {
  await runExhaust(page, Math.round(operations / 252))
  return { moreMs: await moreChartsMs(page), benchMs: await benchMs(page) }
}

async function moreChartsMs(page: Page): Promise<number> {
  const times: number[] = []
  for (let time = 0; time < 5; time += 1) {
    times.push(
      await page.evaluate(async () => {
        const canvases = (): number => document.querySelectorAll('.charts canvas').length
        const summary = [...document.querySelectorAll('summary')].find((one) =>
          one.textContent.startsWith('More charts'),
        )
        const before = canvases()
        const startedMs = performance.now()
        summary?.click()
        while (canvases() < before + 7) await new Promise(requestAnimationFrame)
        const drawnMs = performance.now() - startedMs
        summary?.click()
        while (canvases() > before) await new Promise(requestAnimationFrame)
        return drawnMs
      }),
    )
  }
  return framesOf(times).medianMs
}

/** From the moment at which the whole Bench is asked for, editor and tables with it, until its charts are drawn. */
async function benchMs(page: Page): Promise<number> {
  const times: number[] = []
  for (let time = 0; time < 5; time += 1) {
    await page.keyboard.press('Control+5')
    await page.getByRole('grid', { name: 'Experiments and runs' }).waitFor()
    times.push(
      await page.evaluate(async () => {
        const startedMs = performance.now()
        const bench = [...document.querySelectorAll('nav button')].find((one) => one.textContent.includes('Bench'))
        ;(bench as HTMLElement | undefined)?.click()
        while (document.querySelectorAll('.charts canvas').length < 2) await new Promise(requestAnimationFrame)
        await new Promise(requestAnimationFrame)
        return performance.now() - startedMs
      }),
    )
  }
  return framesOf(times).medianMs
}

/** The playhead is dragged from one end of a run to the other that leaves so many blocks listed under v4.0. */
export async function playheadFrames(page: Page, listed: number): Promise<Frames> {
  await runExhaust(page, listed)
  await page
    .getByRole('region', { name: 'Results' })
    .getByRole('button', { name: /^Replay/ })
    .click()
  const playhead = page.getByRole('slider', { name: 'Playhead' })
  await playhead.waitFor({ timeout: 120_000 })
  await page.getByRole('region', { name: 'First divergence' }).waitFor({ timeout: 120_000 })
  const intervals = await page.evaluate(async (frames) => {
    const plot = document.querySelector('[role="slider"][aria-label="Playhead"]')
    if (plot === null) throw new Error('there is no playhead')
    const { left, top, width } = plot.getBoundingClientRect()
    const move = (type: string, share: number): boolean =>
      plot.dispatchEvent(
        new PointerEvent(type, {
          clientX: left + share * width,
          clientY: top + 40,
          button: 0,
          buttons: 1,
          pointerId: 1,
        }),
      )
    const found: number[] = []
    move('pointermove', 0)
    let lastMs = await new Promise<number>(requestAnimationFrame)
    for (let frame = 0; frame < frames; frame += 1) {
      move(frame === 0 ? 'pointerdown' : 'pointermove', frame / frames)
      const nowMs = await new Promise<number>(requestAnimationFrame)
      found.push(nowMs - lastMs)
      lastMs = nowMs
    }
    move('pointerup', 1)
    return found
  }, FRAMES)
  return framesOf(intervals)
}
