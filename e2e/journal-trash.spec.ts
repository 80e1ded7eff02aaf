/** Many experiments at once: selected, tagged, archived, trashed, and all of it taken back. */
import { expect, test } from './fixture.ts'
import { runLabCommand } from './outside.ts'

test.beforeEach(async ({ home }) => {
  for (const model of ['v4.0', 'v4.1', 'v6.1']) {
    const { code, stderr } = await runLabCommand(home, 'run', 'exhaust', '--model', model, '--param', 'iters=10')
    expect(code, stderr).toBe(0)
  }
})

test('by mouse', async ({ lab }) => {
  const { journal, page } = lab
  await journal.open()
  await expect(journal.experiments).toHaveCount(3)
  await journal.check('v4.0').check()
  await journal.check('v6.1').check()
  await expect(journal.selection).toContainText('2 experiments selected')
  await journal.selection.getByRole('button', { name: /^Tag…/ }).click()
  await page
    .getByRole('textbox', { name: 'Tag' })
    .or(page.getByRole('combobox', { name: 'Tag' }))
    .fill('small')
  await page.getByRole('button', { name: 'Add tag' }).click()
  await expect(journal.filter('small')).toHaveText(/2$/)
  await journal.selection.getByRole('button', { name: /^Move to trash/ }).click()
  await expect(journal.experiments).toHaveCount(1)
  await expect(lab.status).toContainText('1 run')
  await journal.filter('Trash').click()
  await expect(journal.experiments).toHaveCount(2)
  await journal.check('v4.0').check()
  await journal.selection.getByRole('button', { name: 'Restore' }).click()
  await expect(journal.experiments).toHaveCount(1)
  await page.getByRole('button', { name: 'Empty trash…' }).click()
  await expect(page.getByRole('dialog')).toContainText('1 experiment with 1 run, notes and tags are deleted for ever')
  await expect(page.getByRole('dialog')).toContainText('v6.1')
  await page.getByRole('button', { name: 'Delete for ever' }).click()
  await page.getByRole('button', { name: 'Clear', exact: true }).first().click()
  await expect(journal.experiments).toHaveCount(2)
  await expect(journal.run(3)).toHaveCount(0)
})

test('by keys', async ({ lab }) => {
  const { journal, page } = lab
  await journal.open()
  await expect(journal.experiments).toHaveCount(3)
  await journal.experiment('v6.1').first().focus()
  await page.keyboard.press('Space')
  for (let i = 0; i < 3; i += 1) await page.keyboard.press('Shift+ArrowDown')
  await expect(journal.selection).toContainText('2 experiments selected')
  await page.keyboard.press('Control+a')
  await expect(journal.selection).toContainText('3 experiments selected')
  await page.keyboard.press('a')
  await expect(journal.experiments).toHaveCount(0)
  await expect(page.getByRole('status').filter({ hasText: '3 experiments archived.' })).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(journal.experiments).toHaveCount(3)
  await journal.experiment('v4.1').first().focus()
  await page.keyboard.press('Delete')
  await expect(journal.experiments).toHaveCount(2)
  await page.keyboard.press('/')
  await page.keyboard.type('trashed:yes')
  await expect(journal.experiments).toHaveCount(1)
  await expect(journal.experiment('in the trash')).toHaveCount(1)
  await page.keyboard.press('Control+z')
  // In a text field the key takes back typing
  await expect(journal.search).not.toHaveValue('trashed:yes')
})
