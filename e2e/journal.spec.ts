import { expect, test } from './fixture.ts'
import { GOLDEN_RUNS } from './golden.ts'

const TITLE = 'The 2015 vm_map_ram patch'
const ALL_EQUAL = 'All 24 published counts come out exactly.'

test('the journal shows every run with its golden figures, also after a restart', async ({ lab, start }) => {
  await lab.bench.runAll(ALL_EQUAL)
  await lab.app.close()
  const again = await start()
  const { journal } = again
  await journal.open()
  await expect(journal.experiment(TITLE)).toHaveCount(1)
  for (const [position, { counts, blocksListed }] of GOLDEN_RUNS.entries()) {
    const expected = [counts.vm_map_ram, counts.alloc_vmap_area, counts.free_vmap_block, blocksListed]
    expect(await journal.figures(position + 1)).toEqual(expected)
  }
  await journal.run(3).click()
  await expect(journal.facts(3)).toContainText('seed 2424')
  await expect(journal.facts(3)).toContainText(/Digest\s*[0-9a-f]{16}/)
  await again.page.getByRole('button', { name: 'Open on Bench' }).click()
  await expect(again.bench.verdict).toContainText(ALL_EQUAL)
})

test('notes, tags and stars are kept, and found again', async ({ lab, start }) => {
  await lab.bench.runAll(ALL_EQUAL)
  await lab.journal.open()
  await lab.journal.writeNote('HEAD insertion starves the list: <b>quokka</b> & friends.')
  await lab.journal.tagField.fill('mm')
  await lab.journal.tagField.press('Enter')
  await expect(lab.journal.tag('mm')).toBeVisible()
  await lab.page
    .getByRole('button', { name: /^Star\b/ })
    .last()
    .click()
  await expect(lab.page.getByRole('button', { name: 'Starred' }).last()).toBeVisible()
  await lab.app.close()

  const again = await start()
  const { journal } = again
  await journal.open()
  await expect(journal.noteSection).toContainText('HEAD insertion starves the list: <b>quokka</b> & friends.')
  await expect(journal.tag('mm')).toBeVisible()
  await expect(journal.filter('Starred')).toHaveText(/1$/)
  await journal.search.fill('quokka')
  await expect(journal.experiment(TITLE)).toHaveCount(1)
  await expect(journal.list.locator('mark')).toHaveText('quokka')
  await journal.search.fill('wombat')
  await expect(journal.list).toBeHidden()
  await again.page.getByRole('button', { name: 'Clear' }).first().click()
  await expect(journal.experiment(TITLE)).toHaveCount(1)
})

test('a note is kept when the window is closed right after typing', async ({ lab, start }) => {
  await lab.bench.runAll(ALL_EQUAL)
  await lab.journal.open()
  await lab.journal.note.fill('written in haste')
  await lab.app.close()
  const again = await start()
  await again.journal.open()
  await expect(again.journal.noteSection).toContainText('written in haste')
})

test('runs are narrowed by model and by words', async ({ lab }) => {
  const { bench, journal } = lab
  await bench.runAll(ALL_EQUAL)
  await journal.open()
  await journal.filter('v4.1').click()
  await expect(journal.run(1)).toHaveCount(0)
  expect((await journal.figures(2)).slice(1)).toEqual([993, 992, 1])
  await journal.filter('v4.1').click()
  await expect(journal.run(1)).toHaveCount(1)
})

test('a query is asked by mouse: filters write it, completions finish it, examples show how', async ({ lab }) => {
  const { bench, journal, page } = lab
  await bench.runAll(ALL_EQUAL)
  await journal.open()
  await journal.filter('v4.1').click()
  await expect(journal.search).toHaveValue('model=v4.1')
  await journal.search.fill('model=v4.1 scen')
  await page.getByRole('option', { name: /^scenario/ }).click()
  await expect(journal.search).toHaveValue('model=v4.1 scenario:')
  await page.getByRole('option', { name: 'random' }).click()
  await expect(journal.search).toHaveValue('model=v4.1 scenario:random ')
  await expect(journal.runs).toHaveCount(1)
  await expect(journal.run(4)).toBeVisible()
  await page.getByRole('button', { name: 'How to search' }).click()
  await page.getByRole('button', { name: '(maps>1000 OR failed>0) status:finished' }).click()
  await expect(journal.runs).toHaveCount(6)
})

test('a query is asked by keys: what is wrong is said while the last list stays', async ({ lab }) => {
  const { bench, journal, page } = lab
  await bench.runAll(ALL_EQUAL)
  await journal.open()
  await page.keyboard.press('/')
  await page.keyboard.type('alloc>900 alloc<1000 OR seed=2424 (')
  await expect(journal.queryProblem).toHaveText('This parenthesis is not closed. Add a condition and ).')
  await expect(journal.filter('v4.0')).toBeDisabled()
  await page.keyboard.type('mod')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(journal.search).toHaveValue('alloc>900 alloc<1000 OR seed=2424 (model:v4.0 ')
  await page.keyboard.type('OR model=v4.1) scenario=random')
  await page.keyboard.press('Escape')
  await expect(journal.queryProblem).toBeHidden()
  await expect(journal.run(2)).toBeVisible()
  await expect(journal.runs).toHaveCount(3)
})

test('runs are made again, one by key and all by mouse, and what came out is kept', async ({ lab, start }) => {
  const { bench, journal, page } = lab
  await bench.runAll(ALL_EQUAL)
  await journal.open()
  await journal.run(3).click()
  await page.keyboard.press('Shift+R')
  await expect(journal.rerun).toContainText('Reproduced: same digest.')
  await expect(journal.rerun).toContainText('1 of 1 re-run the same')
  await journal.experiment(TITLE).click()
  await page.getByRole('button', { name: /^Re-run/ }).click()
  await expect(page.getByRole('list', { name: 'Re-runs' }).getByRole('listitem')).toHaveCount(6)
  await lab.app.close()
  const again = await start()
  await again.journal.open()
  await again.journal.run(3).click()
  await expect(again.journal.rerun).toContainText('2 of 2 re-runs the same')
})

test('the journal works from the keyboard alone', async ({ lab }) => {
  const { journal, page } = lab
  await page.keyboard.press('Control+Enter')
  await expect(lab.bench.verdict).toContainText(ALL_EQUAL)
  await page.keyboard.press('Control+5')
  await expect(journal.heading).toBeVisible()
  await journal.experiment(TITLE).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect(journal.run(2)).toBeFocused()
  await expect(journal.facts(2)).toContainText('v4.1')
  await page.keyboard.press('t')
  await expect(journal.tagField).toBeFocused()
  await page.keyboard.type('keys')
  await page.keyboard.press('Enter')
  await expect(journal.tag('keys')).toBeVisible()
  await journal.run(2).focus()
  await page.keyboard.press('e')
  await expect(journal.note).toBeFocused()
  await page.keyboard.type('typed only')
  await page.keyboard.press('Control+s')
  await expect(journal.noteState).toHaveText('Saved')
  await journal.run(2).focus()
  await page.keyboard.press('/')
  await expect(journal.search).toBeFocused()
  await page.keyboard.type('typed')
  await expect(journal.experiment(TITLE)).toHaveCount(1)
})
