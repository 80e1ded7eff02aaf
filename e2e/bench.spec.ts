import { PROFILED_FUNCTIONS } from '../shared/counts.ts'
import { expect, test } from './fixture.ts'
import { GOLDEN_RUNS } from './golden.ts'

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
  await bench.scenario('Random').uncheck()
  await bench.scenario('Sequential orders').uncheck()
  await bench.parameter('iters').fill('2,000')
  await bench.model('v4.0+1').check()
  await expect(bench.run).toHaveText(/Run 3 simulations/)
  await bench.runAll('v4.0 leaves 2,000 blocks listed; v4.0+1 leaves 1; v4.1 leaves 1.')
  expect(await bench.count('exhaust', 'vm_map_ram', 'v4.1')).toBe(252_000)
  expect(await bench.count('exhaust', 'alloc_vmap_area', 'v4.0')).toBe(2000)
  await expect(page.getByText('There are no published figures for these runs.')).toBeVisible()
})

test('a number out of range is named and is not run', async ({ lab }) => {
  const { bench, page } = lab
  await bench.parameter('iters').fill('0')
  await expect(page.getByText('Enter a whole number from 1 to 10,000,000.')).toBeVisible()
})

test('a long run shows progress and is cancelled; what finished stays', async ({ lab }) => {
  const { bench } = lab
  await bench.scenario('Random').uncheck()
  await bench.scenario('Sequential orders').uncheck()
  await bench.parameter('iters').fill('10,000,000')
  await bench.run.click()
  await expect(bench.progress).toContainText('0 of 2 runs')
  await bench.progress.getByRole('button', { name: 'Cancel' }).click()
  await expect(bench.verdict).toContainText('2 cancelled')
  await expect(bench.run).toBeEnabled()
})

test('everything can be done from the keyboard', async ({ lab }) => {
  const { bench, page } = lab
  await page.keyboard.press('Control+Enter')
  await expect(bench.verdict).toContainText(ALL_EQUAL)
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog', { name: 'Search runs and commands' })).toBeVisible()
  await page.keyboard.type('go to journal')
  await page.keyboard.press('Enter')
  await expect(lab.journal.heading).toBeVisible()
  await page.keyboard.press('Control+3')
  await expect(lab.reports.heading).toBeVisible()
  await page.keyboard.press('Control+1')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await page.keyboard.press('Escape')
  const theme = await page.evaluate(() => document.documentElement.dataset['theme'])
  await page.keyboard.press('Control+Shift+L')
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset['theme'])).not.toBe(theme)
})
