import { expect, test, type LabWindow } from './fixture.ts'
import { runLabCommand } from './outside.ts'

const NOTE = 'experimental (v4.0 with search best-fit)'

/** One scenario, v4.0 and nothing else, so that runs are few. */
async function chooseExhaustUnderV40({ bench }: LabWindow): Promise<void> {
  await bench.leaveOut('Random', 'Sequential orders')
  await bench.model('v4.1').uncheck()
}

test("a model of one's own is made from the keyboard, run beside its base, and still there after a restart", async ({
  lab,
  start,
}) => {
  const { bench, modelDialog, page } = lab
  await chooseExhaustUnderV40(lab)
  await page.keyboard.press('Control+Shift+M')
  await expect(modelDialog.name).toBeFocused()
  await expect(modelDialog.save).toBeDisabled()
  await page.keyboard.type('mine')
  // Release, new block, after it, search
  for (let tab = 0; tab < 4; tab++) await page.keyboard.press('Tab')
  await expect(modelDialog.search).toBeFocused()
  await page.keyboard.type('best')
  await expect(modelDialog.dialog).toContainText('mine: v4.0 with search best-fit.')
  await page.keyboard.press('Shift+Tab')
  for (let tab = 0; tab < 4; tab++) await page.keyboard.press('Tab')
  await expect(modelDialog.lazyLimit).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(modelDialog.dialog).toBeHidden()
  await expect(bench.model('mine')).toBeChecked()
  await page.keyboard.press('Control+Enter')
  await expect(bench.verdict).toContainText('v4.0 leaves 1,000 blocks listed; mine leaves 1.')
  await expect(bench.verdict).toContainText(`mine is ${NOTE}.`)
  await expect(bench.results.getByRole('columnheader', { name: 'mine experimental' })).toBeVisible()
  expect(await bench.count('exhaust', 'free_vmap_block', 'mine')).toBe(992)
  await lab.app.close()

  const again = await start()
  await expect(again.bench.model('mine')).toBeChecked()
  await expect(again.bench.customModel('mine')).toContainText('experimental')
  await expect(again.bench.customModel('mine')).toContainText('v4.0 with search best-fit')
  await again.journal.open()
  await again.journal.run(2).click()
  await expect(again.journal.facts(2)).toContainText(`mine${NOTE}`)
})

test('a run can be made again as it was after its model was changed and deleted', async ({ lab, home }) => {
  const { bench, journal, modelDialog, page } = lab
  await runLabCommand(home, 'models', '--save', 'mine', '--base', 'v4.0', '--search', 'best-fit')
  await chooseExhaustUnderV40(lab)
  await bench.model('v4.0').uncheck()
  await bench.model('mine').check()
  await bench.runAll('mine leaves 1 block listed.')
  await bench.edit('mine').click()
  await modelDialog.search.selectOption('worst-fit')
  await modelDialog.save.click()
  await expect(bench.customModel('mine')).toContainText('v4.0 with search worst-fit')
  await bench.run.click()
  await expect(bench.verdict).toContainText('mine leaves 1,000 blocks listed.')
  await bench.edit('mine').click()
  await modelDialog.delete.click()
  await expect(bench.model('mine')).toHaveCount(0)

  await journal.open()
  await journal.run(1).click()
  await page.getByRole('button', { name: 'Open on Bench' }).click()
  await expect(bench.customModel('mine')).toContainText('as in the opened runs; not saved')
  await bench.run.click()
  await expect(page.getByText('3 runs', { exact: true })).toBeVisible()
  await expect(bench.verdict).toContainText('mine leaves 1 block listed.')
  const digests = await page.evaluate(async () => {
    const runs = await Promise.all([1, 2, 3].map((id) => window.lab.openRun(id)))
    return runs.map((run) => run?.digest)
  })
  expect(digests[2]).toBe(digests[0])
  expect(digests[1]).not.toBe(digests[0])
})

test('what is wrong is said at its field, and a duplicate gets a name of its own', async ({ lab }) => {
  const { bench, modelDialog, page } = lab
  await page.getByRole('button', { name: 'New model…' }).click()
  await expect(modelDialog.dialog).toContainText('Choose at least one difference from v4.0.')
  await modelDialog.lazyLimit.fill('0')
  await expect(modelDialog.dialog.getByRole('alert')).toHaveText('Enter a number from 0.001 to 1000, or nothing.')
  await modelDialog.lazyLimit.fill('0.5')
  await modelDialog.name.fill('v4.1')
  await expect(modelDialog.dialog.getByRole('alert')).toHaveText('v4.1 is the name of a release; choose another.')
  await expect(modelDialog.save).toBeDisabled()
  await modelDialog.name.fill('half')
  await modelDialog.save.click()
  await expect(bench.customModel('half')).toContainText('v4.0 with lazy limit × 0.5')
  await bench.edit('half').click()
  await modelDialog.duplicate.click()
  await expect(modelDialog.name).toHaveValue('half copy')
  await modelDialog.base.selectOption('v4.1')
  await modelDialog.save.click()
  await expect(bench.customModel('half copy')).toContainText('v4.1 with lazy limit × 0.5')
  await expect(bench.model('half')).toBeChecked()
  // The focus goes back to where the dialog was opened
  await expect(bench.edit('half')).toBeFocused()
})

test('deleting can be undone', async ({ lab, home }) => {
  const { bench, modelDialog, page } = lab
  await runLabCommand(home, 'models', '--save', 'mine', '--base', 'v4.0', '--search', 'best-fit')
  await expect(bench.model('mine')).toBeVisible()
  await bench.edit('mine').click()
  await modelDialog.delete.click()
  await expect(bench.model('mine')).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(bench.model('mine')).toBeVisible()
  await expect(bench.model('mine')).not.toBeChecked()
})

test('all kernel models together have a short verdict', async ({ lab, home }) => {
  const { bench } = lab
  await runLabCommand(home, 'models', '--save', 'mine', '--base', 'v4.0', '--search', 'best-fit')
  await expect(bench.model('mine')).toBeVisible()
  for (const box of await bench.models.all()) await box.check()
  await bench.runAll('All 24 published counts come out exactly.')
  await expect(bench.verdict).toContainText('15 kernel models leave 0 to 1,000 blocks listed.')
  await expect(bench.verdict.getByRole('listitem')).toHaveText([
    'v2.6.28, v3.2 and v4.0: 1,000, 383 and 8',
    /^v4\.0\+1, v4\.0\+1\+2, v4\.1, .* and mine: 1, 2 and 0$/,
    `mine: ${NOTE}`,
  ])
})
