/** Notes: Markdown, versions, links from one experiment to another. */
import { expect, test } from './fixture.ts'
import { runLabCommand } from './outside.ts'

test.beforeEach(async ({ home }) => {
  for (const model of ['v4.0', 'v4.1']) {
    const { code, stderr } = await runLabCommand(home, 'run', 'exhaust', '--model', model, '--param', 'iters=10')
    expect(code, stderr).toBe(0)
  }
})

test('by mouse: a note is read, compared with what it was, restored, and leads to another experiment', async ({
  lab,
}) => {
  const { journal, page } = lab
  await journal.open()
  await journal.writeNote('# Found\nOne **leak**.\nSee #1.')
  await page.keyboard.type('\nMore.')
  await page.keyboard.press('Control+s')
  await journal.tagField.click()
  await expect(journal.noteSection.getByRole('button', { name: /^1 version/ })).toBeVisible()
  await journal.note.fill('# Found\nNo leak.')
  await journal.tagField.click()
  await journal.noteSection.getByRole('radio', { name: 'Read' }).click()
  await expect(journal.noteSection.getByRole('heading', { name: 'Found' })).toBeVisible()
  await journal.noteSection.getByRole('button', { name: /^2 versions/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Versions of the note' })
  await expect(dialog.getByRole('region')).toContainText(/removed: One \*\*leak\*\*\..*added: No leak\./s)
  await dialog.getByRole('combobox', { name: 'Version' }).selectOption({ index: 1 })
  await dialog.getByRole('button', { name: 'Restore this version' }).click()
  await expect(journal.noteSection.locator('strong')).toHaveText('leak')
  await expect(journal.noteSection.getByRole('button', { name: /^3 versions/ })).toBeVisible()
  await journal.noteSection.getByRole('button', { name: '#1' }).click()
  await expect(journal.facts(1)).toBeVisible()
  await page.getByRole('region', { name: 'Linked from' }).getByRole('button', { name: /v4\.1/ }).click()
  await expect(journal.noteSection.locator('strong')).toHaveText('leak')
})

test('by keys: two notes side by side', async ({ lab }) => {
  const { journal, page } = lab
  await journal.open()
  await journal.experiment('v4.1').first().focus()
  await page.keyboard.press('e')
  await expect(journal.note).toBeFocused()
  await page.keyboard.type('The *second*.')
  await journal.experiment('v4.0').first().focus()
  await page.keyboard.press('ArrowDown')
  await expect(journal.facts(1)).toBeVisible()
  await page.keyboard.press('e')
  await expect(journal.note).toBeFocused()
  await page.keyboard.type('The first.')
  await page.keyboard.press('Control+s')
  await journal.experiment('v4.0').first().focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('side by side')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Notes side by side' })
  await expect(dialog.getByRole('region')).toHaveCount(2)
  await expect(dialog).toContainText('The first.')
  await expect(dialog.locator('em')).toHaveText('second')
})
