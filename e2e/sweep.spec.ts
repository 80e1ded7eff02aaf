import { expect, test, type LabWindow } from './fixture.ts'

/** A text that never ends by itself: its sweep stays under way. */
const ENDLESS = `void scenario(void)
{
	for (;;)
		vm_unmap_ram(vm_map_ram(pages, rand(1, 8), -1, PAGE_KERNEL), 1);
}
`

test('the recorded distribution of Random comes out, by mouse, and a seed opens as runs', async ({ lab }) => {
  const { bench, sweep, page } = lab
  await sweep.open()
  await expect(sweep.plan).toHaveText(
    /^4,000 runs: 2,000 seeds, 2 kernel models, 1 machine\. About .* on \d+ threads?, measured\.$/,
  )
  await sweep.runAll()
  await expect(sweep.verdict).toContainText('fewer in all 2,000 seeds')
  // golden/scenario2-seeds.json
  const before = await sweep.row('alloc_vmap_area', 'v4.0')
  expect(before.slice(0, 7)).toEqual(['416', '419', '423', '423.32', '427', '432', '2.41'])
  expect((await sweep.row('free_vmap_block', 'v4.0')).slice(0, 6)).toEqual(['25', '35', '46', '45.91', '57', '74'])
  const after = await sweep.row('alloc_vmap_area', 'v4.1')
  expect(after.slice(0, 7)).toEqual(['410', '414', '417', '417.15', '421', '425', '2.23'])
  expect(after.slice(-3)).toEqual(['414', '97, 4.8 %', '143'])
  await expect(sweep.verdict).toContainText('Blocks left listed: 375.07 fewer under v4.1 than under v4.0 on average')
  await expect(sweep.verdict.getByRole('row', { name: /^414 \/ 412/ })).toContainText('71')

  const bars = sweep.chart(/^Histogram of alloc_vmap_area, 23 bars/)
  await expect(bars).toBeVisible()
  await expect(sweep.chart(/^Histogram of alloc_vmap_area, v4\.0 minus v4\.1/)).toBeVisible()
  await sweep.statistics.getByRole('button', { name: 'free_vmap_block' }).first().click()
  await expect(sweep.chart(/^Histogram of free_vmap_block, \d+ bars/)).toBeVisible()

  await sweep.verdict.getByRole('button', { name: '1,217', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Bench', level: 1 })).toBeVisible()
  await expect(page.getByText('Seed 1217 of sweep 1')).toBeVisible()
  await expect(async () => {
    expect(await bench.count('random', 'alloc_vmap_area', 'v4.0')).toBe(420)
  }).toPass()
  expect(await bench.count('random', 'free_vmap_block', 'v4.0')).toBe(37)
})

test('two axes, a heat map, a cell and a seed, by keyboard alone', async ({ lab }) => {
  const { sweep, page } = lab
  await page.keyboard.press('Control+4')
  await expect(sweep.heading).toBeVisible()
  await sweep.seeds.focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('20')
  await page.keyboard.press('Tab')
  await page.keyboard.press('s')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('C')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('1, 4')
  await page.keyboard.press('Tab')
  await expect(sweep.plan).toHaveText(/^320 runs/)
  await page.keyboard.press('Control+Enter')
  await sweep.ended()
  const cell = sweep.heatMap.getByRole('button', { name: /^CPUs 4, Slots 256: / }).first()
  await cell.focus()
  await page.keyboard.press('Enter')
  await expect(cell).toHaveAttribute('aria-pressed', 'true')
  await expect(sweep.verdict).toContainText('CPUs 4, Slots 256')

  const bars = sweep.chart(/^Histogram of alloc_vmap_area, \d+ bars/)
  await bars.focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/^Seeds with alloc_vmap_area/)).toBeVisible()

  await bars.blur()
  await page.keyboard.press('o')
  await expect(sweep.seedToOpen).toBeFocused()
  await page.keyboard.type('7')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Seed 7 of sweep 1')).toBeVisible()
})

async function startEndless({ bench, editor, sweep, page }: LabWindow): Promise<void> {
  await bench.leaveOut('Exhaust', 'Random', 'Sequential orders')
  await page.keyboard.press('Control+Alt+n')
  await editor.paste(ENDLESS)
  await sweep.open()
  await sweep.seeds.fill('5')
  await page.keyboard.press('Control+Enter')
  await expect(sweep.progress).toContainText('0 of 10 runs')
}

test('a sweep is paused, goes on and is cancelled', async ({ lab }) => {
  const { sweep, page } = lab
  await startEndless(lab)
  await sweep.heading.click()
  await page.keyboard.press('Space')
  await expect(sweep.progress).toContainText('paused')
  await sweep.progress.getByRole('button', { name: 'Resume' }).click()
  await expect(sweep.progress).not.toContainText('paused')
  await page.keyboard.press('Escape')
  await expect(sweep.progress).toBeHidden()
  await expect(page.getByText('0 of 10 runs are made.')).toBeVisible()
  await page.getByRole('button', { name: 'Make the rest' }).click()
  await expect(sweep.progress).toContainText('0 of 10 runs')
  await page.keyboard.press('Escape')
  await expect(sweep.progress).toBeHidden()
})

test('a sweep cut short by the end of the app is made whole by the next start', async ({ lab, start }) => {
  test.slow()
  await lab.sweep.open()
  await lab.sweep.seeds.fill('6,000')
  await lab.sweep.run.click()
  await expect(lab.sweep.statistics).toBeVisible()
  await lab.app.close()
  const { sweep, page } = await start()
  await sweep.open()
  await expect(page.getByText(/of 12,000 runs are made\./)).toBeVisible()
  await page.getByRole('button', { name: 'Make the rest' }).click()
  await sweep.ended()
  await expect(sweep.verdict).toContainText('fewer in all 6,000 seeds', { timeout: 20_000 })
})
