import { PROFILED_FUNCTIONS } from '../shared/counts.ts'
import { expect, test, type LabWindow } from './fixture.ts'
import { GOLDEN_RUNS } from './golden.ts'
import { runLabCommand } from './outside.ts'

const ALL_EQUAL = 'All 24 published counts come out exactly.'

test('the 2015 patch is ready to run, and every number on the page equals the golden one', async ({ lab }) => {
  const { bench, page } = lab
  await expect(page.getByText('The 2015 vm_map_ram patch')).toBeVisible()
  await expect(bench.run).toHaveText(/Run 6 simulations/)
  await bench.runAll(ALL_EQUAL)
  for (const { scenarioId, modelId, counts } of GOLDEN_RUNS) {
    for (const name of PROFILED_FUNCTIONS) {
      expect(await bench.count(scenarioId, name, modelId), `${scenarioId} ${modelId} ${name}`).toBe(counts[name])
    }
  }
  expect(await bench.published('exhaust', 'free_vmap_block', 'before')).toBe('no row')
  expect(await bench.published('exhaust', 'free_vmap_block', 'after')).toBe('992')
  await expect(bench.verdict).toContainText('v4.0 leaves 1,000, 383 and 8 blocks listed; v4.1 leaves 1, 2 and 0.')
  await expect(page.getByText('6 runs', { exact: true })).toBeVisible()
})

test('the welcome goes away and stays away', async ({ lab, start }) => {
  await expect(lab.bench.welcome).toBeVisible()
  await lab.bench.welcome.getByRole('button', { name: 'Got it' }).click()
  await expect(lab.bench.welcome).toBeHidden()
  await lab.app.close()
  const again = await start()
  await expect(again.bench.run).toBeEnabled()
  await expect(again.bench.welcome).toBeHidden()
})

test("a setup of one's own: other scenarios, parameters and models", async ({ lab }) => {
  const { bench, page } = lab
  await bench.leaveOut('Random', 'Sequential orders')
  await bench.parameter('iters').fill('2,000')
  await bench.model('v4.0+1').check()
  await expect(bench.run).toHaveText(/Run 3 simulations/)
  await bench.runAll('v4.0 leaves 2,000 blocks listed; v4.0+1 and v4.1 leave 1.')
  expect(await bench.count('exhaust', 'vm_map_ram', 'v4.1')).toBe(252_000)
  expect(await bench.count('exhaust', 'alloc_vmap_area', 'v4.0')).toBe(2000)
  await bench.differencesFrom.selectOption('v4.0')
  const difference = bench.row('exhaust', 'alloc_vmap_area').locator('[data-difference="v4.1"]')
  await expect(difference).toHaveText(/^−\d+ \(−0\.\d %\)$/)
  await expect(page.getByText('There are no published figures for these runs.')).toBeVisible()
})

test('only what changed is run and added to the experiment', async ({ lab }) => {
  const { bench, page } = lab
  await bench.leaveOut('Random', 'Sequential orders')
  await bench.runAll('v4.0 leaves 1,000 blocks listed; v4.1 leaves 1.')
  await expect(bench.add).toBeHidden()
  await bench.model('v4.0+1').check()
  await expect(bench.add).toHaveText(/Add 1 simulation/)
  await page.keyboard.press('Control+Shift+Enter')
  await expect(bench.verdict).toContainText('v4.0+1')
  expect(await bench.count('exhaust', 'alloc_vmap_area', 'v4.0')).toBe(1000)
  await expect(page.getByText('3 runs', { exact: true })).toBeVisible()
  await expect(page.getByText('1 experiment', { exact: true })).toBeVisible()
  await bench.parts.click()
  await page.getByRole('menuitem', { name: 'Run v4.1 only: 1 simulation' }).click()
  await expect(page.getByText('2 experiments', { exact: true })).toBeVisible()
  await expect(bench.results.locator('[data-model="v4.0"]')).toHaveCount(0)
})

test('charts are zoomed together, by keys and by dragging', async ({ lab }) => {
  const { bench, page } = lab
  await bench.leaveOut('Random', 'Sequential orders')
  await bench.runAll('v4.0 leaves 1,000 blocks listed; v4.1 leaves 1.')
  const view = page.getByRole('status').filter({ hasText: 'Charts show operations' })
  const live = page.getByRole('img', { name: /^Line chart of live blocks/ })
  await live.focus()
  await page.keyboard.press('+')
  await expect(view).toContainText('Charts show operations 63,000 to 189,000.')
  await page.keyboard.press('-')
  await expect(view).toBeHidden()
  const box = (await live.boundingBox())!
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.75, box.y + box.height / 2, { steps: 4 })
  await page.mouse.up()
  await expect(view).toBeVisible()
  await page.getByRole('button', { name: 'Show all' }).click()
  await expect(view).toBeHidden()
})

test('a number out of range is named and is not run', async ({ lab }) => {
  const { bench, page } = lab
  await bench.parameter('iters').fill('0')
  await expect(page.getByText('Enter a whole number from 1 to 10,000,000.')).toBeVisible()
})

/** Two runs that would take minutes. */
async function startLongRuns({ bench }: LabWindow): Promise<void> {
  await bench.leaveOut('Random', 'Sequential orders')
  await bench.parameter('iters').fill('10,000,000')
  await bench.run.click()
  await expect(bench.progress).toContainText('0 of 2 runs')
}

test('a long run shows progress and is cancelled; what finished stays', async ({ lab }) => {
  const { bench } = lab
  await startLongRuns(lab)
  await bench.progress.getByRole('button', { name: 'Cancel' }).click()
  await expect(bench.verdict).toContainText('2 cancelled')
  await expect(bench.run).toBeEnabled()
})

test('a long run is paused, resumed and cancelled', async ({ lab, home }) => {
  const { bench, page, status } = lab
  const bar = bench.progress.getByRole('progressbar')
  const shareDone = (): Promise<number> => bar.evaluate((element) => (element as HTMLProgressElement).value)
  await startLongRuns(lab)
  await bench.pause.click()
  await expect(bench.progress).toContainText('Paused')
  await expect(status).toContainText('2 runs paused')
  // Simulations in another process take their time; the paused ones make nothing meanwhile
  await runLabCommand(home, 'run', 'exhaust', '--model', 'v4.1')
  const paused = await shareDone()
  await runLabCommand(home, 'run', 'exhaust', '--model', 'v4.1')
  expect(await shareDone()).toBe(paused)
  await page.keyboard.press('F9')
  await expect(bench.progress).toContainText(/left|estimating/)
  await expect.poll(shareDone).toBeGreaterThan(paused)
  await bench.pause.click()
  await expect(bench.resume).toBeVisible()
  await bench.progress.getByRole('button', { name: 'Cancel' }).click()
  await expect(bench.verdict).toContainText('2 cancelled')
})

test('a window that is reloaded goes on with what is being run', async ({ lab }) => {
  const { bench, page } = lab
  await startLongRuns(lab)
  await page.reload()
  await expect(bench.progress).toContainText('0 of 2 runs')
  await expect(bench.results).toBeVisible()
  await expect(bench.run).toBeDisabled()
  await bench.pause.click()
  await expect(bench.progress).toContainText('Paused')
  await page.reload()
  await expect(bench.progress).toContainText('Paused')
  await bench.resume.click()
  await expect(bench.pause).toBeVisible()
  await bench.cancel.click()
  await expect(bench.verdict).toContainText('2 cancelled')
  await expect(bench.run).toBeEnabled()
})

test('everything can be done from the keyboard', async ({ lab }) => {
  const { bench, page } = lab
  // Also from a button that opens a menu on Enter
  await page.getByRole('button', { name: /^Scenario: new/ }).focus()
  await page.keyboard.press('Control+Enter')
  await expect(bench.verdict).toContainText(ALL_EQUAL)
  await expect(page.getByRole('menu')).toHaveCount(0)
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog', { name: 'Search runs and commands' })).toBeVisible()
  await page.keyboard.type('go to journal')
  await page.keyboard.press('Enter')
  await expect(lab.journal.heading).toBeVisible()
  await page.keyboard.press('Control+6')
  await expect(lab.reports.heading).toBeVisible()
  await page.keyboard.press('Control+1')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await page.keyboard.press('Escape')
  const theme = await page.evaluate(() => document.documentElement.dataset['theme'])
  await page.keyboard.press('Control+Shift+L')
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset['theme'])).not.toBe(theme)
})
