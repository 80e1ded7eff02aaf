/** Text at 200 %, in the smallest window that a screen of 1280 by 800 leaves it. */
import type { Page } from '@playwright/test'
import { expect, test } from './fixture.ts'

/** What is wider than the room it has, outside of parts that scroll sideways for that. */
function tooWide(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const wide: string[] = []
    if (document.documentElement.scrollWidth > window.innerWidth) wide.push('the page')
    for (const element of document.querySelectorAll('main, main > *, aside, header, footer')) {
      const { scrollWidth, clientWidth } = element
      const hides = getComputedStyle(element).overflowX === 'visible'
      if (scrollWidth > clientWidth + 1 && !hides) wide.push(`${element.tagName} ${element.className}`)
    }
    return wide
  })
}

test('every place fits at 200 %, and what does not fit in height can be scrolled to', async ({ lab }) => {
  const { app, page, bench, replay } = lab
  await bench.runAll('All 24 published counts come out exactly.')
  await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    window?.setContentSize(1280, 800)
    window?.webContents.setZoomFactor(2)
  })
  await page.waitForFunction(() => window.innerWidth === 640)
  expect(await tooWide(page), 'the Bench').toEqual([])
  await page.keyboard.press('r')
  await expect(replay.divergence).toBeVisible()
  expect(await tooWide(page), 'Replay').toEqual([])
  await replay.divergence.scrollIntoViewIfNeeded()
  await expect(replay.divergence).toBeInViewport()
  for (const key of ['3', '4', '5', '6']) {
    await page.keyboard.press(`Control+${key}`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    expect(await tooWide(page), `the place of Ctrl+${key}`).toEqual([])
  }
  for (const key of ['Control+,', '?', 'Control+k', 'Shift+F1']) {
    await page.keyboard.press(key)
    const dialog = page.getByRole('dialog')
    await expect(dialog).toBeInViewport({ ratio: 1 })
    expect(await dialog.evaluate((element) => element.scrollWidth <= element.clientWidth + 1), key).toBe(true)
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
  }
})
