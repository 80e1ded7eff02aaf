import { expect, test, type LabWindow } from './fixture.ts'

/** Two runs of one scenario, under v4.0 and v4.1. */
async function makeRuns({ bench }: LabWindow): Promise<void> {
  await bench.leaveOut('Random', 'Sequential orders')
  await bench.runAll('v4.0 leaves 1,000 blocks listed; v4.1 leaves 1.')
}

test('runs of an experiment are compared: what differs, from a baseline, only differences', async ({ lab, start }) => {
  const { page, compare } = lab
  await makeRuns(lab)
  await compare.open()
  await page.getByRole('button', { name: 'Add runs…' }).first().click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Exhaust under v4.0 and v4.1/ })
    .click()
  await expect(compare.inputs).toContainText('The runs differ in kernel model (2) only.')
  await expect(page.getByText('2 different results in 2 runs')).toBeVisible()
  await compare.baseline.selectOption({ label: 'v4.0, run 1' })
  await expect(compare.row('alloc_vmap_area')).toContainText('1,000993−7 (−0.7 %)')
  await expect(compare.row('vm_map_ram')).toBeVisible()
  await page.getByLabel('Differences only').check()
  await expect(compare.row('vm_map_ram')).toHaveCount(0)
  await page.getByRole('radio', { name: 'Runs as rows' }).click()
  await page.getByRole('button', { name: 'free_vmap_block', exact: true }).click()
  await expect(compare.runRows.first()).toContainText('v4.1')
  await lab.app.close()
  const again = await start()
  await again.compare.open()
  await expect(again.compare.runRows.first()).toContainText('v4.1')
  await expect(again.compare.baseline).toHaveValue('1')
})

test('runs are compared from the keyboard alone', async ({ lab }) => {
  const { page, compare } = lab
  await makeRuns(lab)
  await page.keyboard.press('Control+3')
  await page.keyboard.press('a')
  await page.keyboard.type('1-2, 7')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toContainText('There is no run 7 in the journal.')
  await page.keyboard.press('Escape')
  await compare.column(1).focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('b')
  await expect(compare.baseline).toHaveValue('2')
  await page.keyboard.press('f')
  await expect(page.getByText(/counters equal in all runs hidden/)).toBeVisible()
  await page.keyboard.press('Control+c')
  await expect(page.getByText('Copied 2 runs as TSV')).toBeVisible()
  await page.keyboard.press('Delete')
  await expect(compare.column(2)).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).press('Enter')
  await expect(compare.column(2)).toBeVisible()
})

test('a run of the journal is added to the comparison', async ({ lab }) => {
  const { page, compare } = lab
  await makeRuns(lab)
  await page.keyboard.press('Control+5')
  await page.getByRole('grid', { name: 'Experiments and runs' }).getByRole('row').nth(1).click()
  await page.keyboard.press('c')
  await expect(compare.column(1)).toBeVisible()
  await expect(compare.column(2)).toBeVisible()
})
