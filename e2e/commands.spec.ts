/** The command palette and the shortcuts, by keyboard alone. */
import { expect, test } from './fixture.ts'

test('the palette reaches commands of other places, scenarios, models, settings and experiments', async ({
  lab: { page, bench },
}) => {
  const palette = page.getByRole('dialog', { name: 'Search runs and commands' })
  const choose = async (text: string, option: RegExp): Promise<void> => {
    await page.keyboard.press('Control+k')
    await page.keyboard.type(text)
    await expect(palette.getByRole('option', { selected: true })).toHaveText(option)
    await page.keyboard.press('Enter')
    await expect(palette).toBeHidden()
  }
  await choose('show the trash', /Show the trash\s*Journal/)
  await expect(page.getByRole('heading', { level: 1, name: 'Journal' })).toBeVisible()
  await choose('v6.19', /v6\.19\s*add to the experiment/)
  await expect(page.getByRole('checkbox', { name: 'v6.19' })).toBeChecked()
  await choose('theme: dark', /Theme: dark/)
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.keyboard.press('Control+Enter')
  await expect(bench.verdict).toContainText('v4.0')
  await choose('#1', /Run 1: exhaust under v4\.0/)
  await expect(page.getByRole('heading', { level: 1, name: 'Journal' })).toBeVisible()
  await choose('2015', /2015|exhaustion|Exhaust/i)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('#999')
  await expect(palette).toContainText('Nothing matches')
  await page.keyboard.press('Escape')
  // What was chosen last comes first
  await page.keyboard.press('Control+k')
  await expect(palette.getByRole('option').first()).toHaveText(/Show the trash/)
})

test('a shortcut is changed, taken from another command, reset, and kept', async ({ lab: { page, app } }) => {
  await page.keyboard.press('?')
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await dialog.getByRole('searchbox').fill('go to journal')
  const key = dialog.getByRole('button', { name: /Go to Journal: .* Change|Press a key for Go to Journal/ })
  await key.press('Enter')
  await page.keyboard.press('Tab')
  await expect(dialog.getByRole('alert')).toContainText('Tab moves between the parts of the window')
  await page.keyboard.press('Control+k')
  await expect(dialog.getByRole('alert')).toContainText('is the key of “Search runs and commands” (Everywhere)')
  await dialog.getByRole('button', { name: 'Leave it' }).press('Enter')
  await key.press('Enter')
  await page.keyboard.press('F4')
  await expect(key).toHaveText('F4')
  await page.keyboard.press('Escape')
  await page.keyboard.press('F4')
  await expect(page.getByRole('heading', { level: 1, name: 'Journal' })).toBeVisible()
  const accelerator = await app.evaluate(
    ({ Menu }) =>
      Menu.getApplicationMenu()
        ?.items.flatMap(({ submenu }) => submenu?.items ?? [])
        .find(({ label }) => label === 'Journal')?.accelerator,
  )
  expect(accelerator).toBe('F4')
  await page.reload()
  await expect(page.getByRole('navigation', { name: 'Places' })).toBeVisible()
  await page.keyboard.press('F4')
  await expect(page.getByRole('heading', { level: 1, name: 'Journal' })).toBeVisible()
  await page.keyboard.press('Control+1')
  await page.keyboard.press('?')
  await dialog.getByRole('button', { name: 'Reset all' }).press('Enter')
  await page.keyboard.press('Escape')
  await page.keyboard.press('F4')
  await expect(page.getByRole('heading', { level: 1, name: 'Bench' })).toBeVisible()
})
