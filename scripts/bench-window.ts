/**
 * `npm run bench-window`: how fast the real window is, by the browser's own frame timing: Compare of 1,000 runs, charts of a run
 * of two million operations, the playhead of Replay over 1,000 and 100,000 blocks. `-- --minutes N` uses it for so long after
 * that and says how the memory of the page grew. Without a graphics card, frames are drawn by the processor.
 */
import { _electron, type Page } from 'playwright-core'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { chartsMs, compareFrames, playheadFrames, type Frames } from './benchmark/window-frames.ts'
import { memoryInUse } from './benchmark/window-memory.ts'
import { buildApp } from './provide/build.ts'
import { root } from './provide/command.ts'
import { displayArguments, withDisplay } from './provide/display.ts'
import { runScript } from './provide/report.ts'
import { provideWindow } from './provide/window.ts'

const COMPARED = 1000
const OPERATIONS = 2_000_000
const LISTED = [1000, 100_000]

function frameText({ medianMs, slowMs }: Frames): string {
  return `${(1000 / medianMs).toFixed(0)} frames a second in the median, 95 of 100 within ${slowMs.toFixed(0)} ms`
}

async function measure(page: Page, minutes: number): Promise<void> {
  const compare = await compareFrames(page, COMPARED)
  console.log(`Compare of ${COMPARED} runs, scrolled: ${frameText(compare.scroll)}`)
  console.log(`Compare of ${COMPARED} runs, sorted: rows after ${compare.sortMs.toFixed(0)} ms`)
  const { moreMs, benchMs } = await chartsMs(page, OPERATIONS)
  console.log(`Seven more charts of a run of ${OPERATIONS} operations: ${moreMs.toFixed(0)} ms`)
  console.log(`The whole Bench with the first two of them, from another place: ${benchMs.toFixed(0)} ms`)
  for (const listed of LISTED) {
    console.log(`Playhead dragged, up to ${listed} blocks listed: ${frameText(await playheadFrames(page, listed))}`)
  }
  if (minutes === 0) return
  await memoryInUse(page, minutes, ({ minutes: minute, rounds, heapMb }) =>
    console.log(`Memory of the page after ${minute} minutes, ${rounds} rounds of use in all: ${heapMb.toFixed(1)} MB`),
  )
}

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '0' } } })
const minutes = Number(values.minutes)

await runScript(async () => {
  const window = await provideWindow()
  await buildApp()
  const home = mkdtempSync(path.join(tmpdir(), 'vmap-lab-bench-window-'))
  try {
    return await withDisplay(async (env) => {
      const app = await _electron.launch({
        executablePath: window.executable,
        args: [...window.args, ...displayArguments(), root, '--js-flags=--expose-gc'],
        env: { ...process.env, ...env, VMAP_LAB_HOME: home },
      })
      const page = await app.firstWindow()
      await page.getByRole('button', { name: 'Got it' }).click()
      await measure(page, minutes)
      await app.close()
      return 0
    })
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  }
})
