import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { join } from 'node:path'
import { expect, PROJECT, test, type LabWindow } from './fixture.ts'

/** What axe finds on the page, one line each. */
async function findings(page: Page): Promise<string[]> {
  // The legacy mode works within the page: the other one opens a second page, which the app denies
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    // The list of completions is scrolled by the arrow keys of the text, which keeps the focus
    .exclude('[role="listbox"][aria-label="Completions"]')
    .analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`))
}

async function chooseTheme({ page }: LabWindow, theme: 'light' | 'dark'): Promise<void> {
  await page.evaluate((chosen) => window.lab.changeSettings({ theme: chosen }), theme)
  await page.reload()
  await expect(page.locator(`html[data-theme="${theme}"]`)).toBeAttached()
  await expect(page.getByRole('navigation', { name: 'Places' })).toBeVisible()
}

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing in any place, ${theme}`, async ({ lab }) => {
    const { bench, compare, editor, journal, machines, replay, reports, sweep, page } = lab
    await chooseTheme(lab, theme)
    expect(await findings(page), 'the empty Bench').toEqual([])
    await machines.button('Edit a copy…').click()
    expect(await findings(page), 'the machine editor').toEqual([])
    await machines.field('NR_CPUS').fill('none')
    await machines.answerOpenDialog(join(PROJECT, 'electron/exchange/fixtures/config-6.1-small'))
    expect(await findings(page), 'the machine editor with an error').toEqual([])
    await machines.editor.getByRole('button', { name: 'Import .config…' }).click()
    await expect(machines.assumed).toBeVisible()
    expect(await findings(page), 'the machine editor after an import').toEqual([])
    await page.keyboard.press('Escape')
    await expect(machines.editor).toBeHidden()
    for (const place of [replay, compare, sweep, journal, reports]) {
      await place.open()
      expect(await findings(page), 'an empty place').toEqual([])
    }
    await bench.open()
    await bench.runAll('All 24 published counts come out exactly.')
    await page.getByText('All counters of Exhaust').click()
    await page.getByText(/^More charts/).click()
    await expect(
      page.getByRole('img', {
        name: /^Histogram of the blocks that maps walked\. v4\.0: half .* none more than 1,000/,
      }),
    ).toBeVisible()
    await expect(page.getByRole('img', { name: /^Line chart of pending address space/ })).toBeVisible()
    expect(await findings(page), 'the Bench with results').toEqual([])
    await page.keyboard.press('r')
    await expect(replay.divergence).toBeVisible()
    await page.keyboard.press('d')
    expect(await findings(page), 'Replay').toEqual([])
    await page.keyboard.press('/')
    expect(await findings(page), 'finding a moment').toEqual([])
    await page.keyboard.press('Escape')
    await sweep.open()
    await sweep.seeds.fill('30')
    await sweep.vary(1, 'slots a block')
    await sweep.runAll()
    expect(await findings(page), 'Sweep').toEqual([])
    await journal.open()
    await journal.run(1).click()
    await expect(journal.facts(1)).toBeVisible()
    expect(await findings(page), 'the Journal').toEqual([])
    await page.keyboard.press('c')
    await expect(compare.column(1)).toBeVisible()
    expect(await findings(page), 'Compare').toEqual([])
    await page.getByRole('radio', { name: 'Runs as rows' }).click()
    await page.keyboard.press('a')
    expect(await findings(page), 'adding runs').toEqual([])
    await page.keyboard.press('Escape')
    await reports.open()
    await expect(reports.preview.getByRole('heading', { level: 1 })).toBeVisible()
    expect(await findings(page), 'Reports').toEqual([])
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('dialog')).toBeVisible()
    expect(await findings(page), 'the palette').toEqual([])
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
    expect(await findings(page), 'the shortcuts').toEqual([])
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+1')
    await page.keyboard.press('Control+Shift+M')
    await lab.modelDialog.name.fill('v4.0')
    await lab.modelDialog.lazyLimit.fill('0')
    expect(await findings(page), 'the dialog of a kernel model, with problems').toEqual([])
    await lab.modelDialog.name.fill('mine')
    await lab.modelDialog.lazyLimit.fill('2')
    await lab.modelDialog.save.click()
    await expect(bench.customModel('mine')).toBeVisible()
    expect(await findings(page), "a model of one's own").toEqual([])
    await page.keyboard.press('Control+Alt+n')
    await page.keyboard.press('Control+s')
    await editor.paste('static int n = 4; /* 1..64: pages */\nvoid scenario(void)\n{\n\tvm_unmap_ram(x, n);\n}\n')
    await expect(editor.problems).toHaveCount(1)
    await page.keyboard.press('F8')
    expect(await findings(page), 'a scenario with a problem').toEqual([])
    await page.keyboard.press('Control+Space')
    await expect(page.getByRole('listbox', { name: 'Completions' })).toBeVisible()
    expect(await findings(page), 'names to complete').toEqual([])
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+f')
    await expect(page.getByRole('textbox', { name: 'Find' })).toBeFocused()
    expect(await findings(page), 'the search').toEqual([])
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+Alt+v')
    await expect(page.getByRole('dialog', { name: /^Versions/ })).toBeVisible()
    expect(await findings(page), 'the versions of a scenario').toEqual([])
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+o')
    await expect(page.getByRole('dialog', { name: 'Scenarios' })).toBeVisible()
    expect(await findings(page), 'the choice of scenarios').toEqual([])
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+,')
    await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible()
    expect(await findings(page), 'the settings').toEqual([])
  })
}
