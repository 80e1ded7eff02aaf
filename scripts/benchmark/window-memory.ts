import type { Page } from 'playwright-core'

const PLACES = ['Control+2', 'Control+3', 'Control+4', 'Control+5', 'Control+6', 'Control+1']
const PAUSE_MS = 400
/** After so many rounds, everything that is made once has been made. */
const WARM_UP_ROUNDS = 10

/** The page's heap after garbage was collected, in megabytes. */
async function heapMb(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return usedSize / 1e6
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

export async function memoryAfterUse(
  page: Page,
  minutes: number,
): Promise<{ readonly rounds: number; readonly beforeMb: number; readonly afterMb: number }> {
  await page.keyboard.press('Control+1')
  await page.keyboard.press('Control+n')
  for (let round = 0; round < WARM_UP_ROUNDS; round += 1) await use(page)
  const beforeMb = await heapMb(page)
  let rounds = 0
  for (const endMs = performance.now() + minutes * 60_000; performance.now() < endMs; rounds += 1) await use(page)
  return { rounds, beforeMb, afterMb: await heapMb(page) }
}
