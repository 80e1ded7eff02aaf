/** Several windows on one journal. */
import type { ElectronApplication, Page } from '@playwright/test'
import { expect, test } from './fixture.ts'
import { BenchPage } from './pages/bench.ts'
import { JournalPage } from './pages/journal.ts'
import { ReplayPage } from './pages/replay.ts'

/** The window that opens when the keys are pressed. */
async function opened(app: ElectronApplication, open: () => Promise<void>): Promise<Page> {
  const [page] = await Promise.all([app.waitForEvent('window'), open()])
  await page.getByRole('navigation', { name: 'Places' }).waitFor()
  return page
}

test('two windows work side by side: each runs, replays and closes for itself, and the journal is the same', async ({
  lab: { app, page, bench, replay, journal },
}) => {
  await bench.runAll('All 24 published counts come out exactly.')
  const other = await opened(app, () => page.keyboard.press('Control+Shift+n'))
  const otherBench = new BenchPage(other)
  const otherReplay = new ReplayPage(other)
  // What runs in one window is shown as under way there alone, and counted in both
  await other.getByRole('checkbox', { name: 'v6.19' }).check()
  await otherBench.runAll('v6.19')
  await expect(page.getByRole('contentinfo')).toContainText('15 runs')
  await expect(bench.verdict).toContainText('All 24 published counts come out exactly.')
  // A replay of one goes on when the other opens, reloads or closes its own
  await page.keyboard.press('r')
  await expect(replay.divergence).toContainText('128')
  await other.keyboard.press('r')
  await expect(otherReplay.divergence).toBeVisible()
  await other.reload()
  await other.getByRole('navigation', { name: 'Places' }).waitFor()
  await page.keyboard.press('d')
  await expect(page.getByRole('spinbutton', { name: /Operation/ }).or(page.getByLabel('Operation'))).toHaveValue('255')
  // Settings are those of all windows
  await other.keyboard.press('Control+Shift+l')
  await expect(page.locator('html')).toHaveAttribute(
    'data-theme',
    (await other.locator('html').getAttribute('data-theme')) ?? '',
  )
  // An experiment in a window of its own
  await journal.open()
  await journal.run(1).click()
  const third = await opened(app, () => page.keyboard.press('w'))
  await expect(new JournalPage(third).run(1)).toBeVisible()
  await third.close()
  await other.close()
  await expect(journal.facts(1)).toBeVisible()
  await page.keyboard.press('Control+2')
  await page.keyboard.press('ArrowRight')
  await expect(page.getByLabel('Operation')).toHaveValue('256')
})
