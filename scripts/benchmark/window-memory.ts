import type { Page } from 'playwright-core'

const PLACES = ['Control+2', 'Control+3', 'Control+4', 'Control+5', 'Control+6', 'Control+1']
const PAUSE_MS = 400
/** The engine compiles what is used again and again for some minutes; from then on nothing should be added. */
const WARM_UP_MINUTES = 10
const MINUTES_PER_LOOK = 5

/** The page's heap after garbage was collected, in megabytes. */
async function heapMb(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return usedSize / 1e6
}

/** What the page holds after so many minutes and rounds of use, the minutes after the warm-up counted. */
export interface MemoryLook {
  readonly minutes: number
  readonly rounds: number
  readonly heapMb: number
}

/** One round: every place, a run of the experiment on the Bench, another theme. */
async function use(page: Page): Promise<void> {
  for (const place of PLACES) {
    await page.keyboard.press(place)
    await page.waitForTimeout(PAUSE_MS)
  }
  await page.keyboard.press('Control+Enter')
  await page.waitForFunction(async () => (await window.lab.currentJob()) === undefined)
  await page.keyboard.press('Control+Shift+L')
  await page.waitForTimeout(PAUSE_MS)
}

/** Uses the window and looks at its memory every few minutes. */
export async function memoryInUse(page: Page, minutes: number, onLook: (look: MemoryLook) => void): Promise<void> {
  await page.keyboard.press('Control+1')
  await page.keyboard.press('Control+n')
  const startMs = performance.now()
  const passed = (): number => (performance.now() - startMs) / 60_000
  let rounds = 0
  const useUntil = async (minute: number): Promise<void> => {
    for (; passed() < minute; rounds += 1) await use(page)
    onLook({ minutes: minute - WARM_UP_MINUTES, rounds, heapMb: await heapMb(page) })
  }
  for (let minute = 0; minute < minutes; minute += MINUTES_PER_LOOK) await useUntil(WARM_UP_MINUTES + minute)
  await useUntil(WARM_UP_MINUTES + minutes)
}
