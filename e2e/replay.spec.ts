import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type LabWindow } from './fixture.ts'

/** The first workload of the patch under v4.0 and v4.1, opened in Replay with one key. */
async function openExhaust({ bench, page, replay }: LabWindow): Promise<void> {
  await bench.leaveOut('Random', 'Sequential orders')
  await bench.runAll('v4.0 leaves 1,000 blocks listed; v4.1 leaves 1.')
  await page.keyboard.press('r')
  await expect(replay.playhead).toHaveAttribute('aria-valuemax', '252000')
}

/** What the clipboard holds, as the lab put it there. */
async function copied({ app }: LabWindow): Promise<string> {
  return app.evaluate(({ clipboard }) => clipboard.readText())
}

test('the first divergence of the 2015 patch is found by one key, explained, and copied as the diagram', async ({
  lab,
}) => {
  const { page, replay } = lab
  await openExhaust(lab)
  await expect(replay.divergence).toContainText('First divergence: map 128, operation 255, vm_map_ram of 8 pages')
  await page.keyboard.press('d')
  await expect(replay.playhead).toHaveAttribute('aria-valuenow', '255')
  await expect(replay.divergence).toContainText(
    'At map 128 v4.0 takes slot 16 of the newest block, #1, at HEAD; v4.1 fills the hole of 8 slots in an older block, #0, at HEAD.',
  )
  await expect(replay.lane('A, v4.0')).toContainText('Walks 1 block: takes 8 slots of #1 at slot 16.')
  await expect(replay.lane('B, v4.1')).toContainText('#0 has no free slot left and leaves its list.')
  await replay.divergence.getByRole('button', { name: 'Copy text' }).click()
  const text = await copied(lab)
  expect(text).toContain('v4.0\nHEAD |x---------|xxxxxxxxx-| TAIL\n      ^^^^^^^^^^')
  expect(text).toContain('v4.1\nHEAD |xxxxxxxxx-|x---------| TAIL\n      ^^^^^^^^^^')
  await page.keyboard.press('Control+Shift+c')
  await expect(page.getByText('Copied the picture as PNG')).toBeVisible()
})

test('the playhead is moved by keys, and going back equals never having gone forward', async ({ lab }) => {
  const { page, replay } = lab
  await openExhaust(lab)
  const lane = replay.lane('A, v4.0')
  await page.keyboard.press('d')
  await expect(replay.playhead).toHaveAttribute('aria-valuenow', '255')
  const before = await lane.innerText()
  await page.keyboard.press('ArrowRight')
  await expect(lane).toContainText('Marks 8 slots of #1 dirty, mapped by operation 255.')
  await page.keyboard.press('End')
  await expect(replay.counter('Blocks listed', 0)).toHaveText('1,000')
  await expect(replay.counter('alloc_vmap_area', 1)).toHaveText('993')
  await page.keyboard.press('g')
  await page.keyboard.type('255')
  await page.keyboard.press('Enter')
  await expect.poll(() => lane.innerText()).toBe(before)
  await page.keyboard.press('Shift+ArrowLeft')
  await expect(replay.playhead).toHaveAttribute('aria-valuenow', '253')
  await expect(lane).toContainText('Allocates #1 and puts it at the HEAD.')
  await page.keyboard.press('Home')
  await expect(lane).toContainText('Before the first operation.')
  await page.keyboard.press('Space')
  await expect.poll(async () => Number(await replay.playhead.getAttribute('aria-valuenow'))).toBeGreaterThan(5)
  await page.keyboard.press('Space')
})

test('the variables of the scenario are shown, and its loop is followed by keys', async ({ lab }) => {
  const { page, replay } = lab
  await openExhaust(lab)
  await page.keyboard.press('d')
  await expect(replay.variables).toContainText('iteration 1 of the loop in line 16')
  await expect(replay.variables).toContainText('int iters1000')
  await page.keyboard.press('i')
  await expect(replay.variables).toContainText('iteration 2 of the loop in line 16')
  const second = await replay.playhead.getAttribute('aria-valuenow')
  await page.keyboard.press('i')
  await expect(replay.variables).toContainText('iteration 3 of the loop in line 16')
  await page.keyboard.press('Shift+I')
  await expect(replay.playhead).toHaveAttribute('aria-valuenow', second ?? '')
  await replay.variables.getByRole('button', { name: '◁ Iteration' }).click()
  await expect(replay.variables).toContainText('iteration 1 of the loop in line 16')
})

test('the blocks of both sides stand beside themselves', async ({ lab }) => {
  const { page, replay } = lab
  await openExhaust(lab)
  await page.keyboard.press('d')
  await expect(replay.compared).toContainText('2 of 2 blocks differ.')
  const first = replay.compared.getByRole('row').filter({ hasText: '1st' })
  await expect(first.getByRole('cell').nth(0)).toContainText('8 free, 1,016 dirty, place 2 from HEAD')
  await expect(first.getByRole('cell').nth(1)).toContainText('0 free, 1,016 dirty, not listed')
  await page.keyboard.press('ArrowRight')
  await expect(first.getByRole('cell').nth(1)).toHaveText('freed')
  await page.keyboard.press('End')
  await expect(replay.compared).toContainText('1,000 of 1,000 blocks differ.')
  await replay.compared.getByRole('checkbox', { name: 'Only differences' }).uncheck()
  await replay.compared.getByRole('button', { name: 'Next rows' }).click()
  await expect(replay.compared).toContainText('51 to 100 of 1,000')
  await replay.compared.getByRole('button', { name: '#60', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Block', exact: true })).toContainText('place')
})

test('a moment is saved as SVG and PNG, and some of them as an animation', async ({ lab }, info) => {
  const { app, page, replay } = lab
  await openExhaust(lab)
  await page.keyboard.press('d')
  await expect(replay.playhead).toHaveAttribute('aria-valuenow', '255')
  const saveTo = (name: string): Promise<string> => {
    const file = info.outputPath(name)
    return app.evaluate(({ dialog }, path) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path })
      return path
    }, file)
  }
  const choose = async (title: string): Promise<void> => {
    await page.getByRole('button', { name: 'Pictures and animations' }).click()
    await page.getByRole('menuitem', { name: title }).click()
  }

  const svg = await saveTo('moment.svg')
  await choose('Save this moment as SVG…')
  await expect(page.getByText(`Written to ${svg}`)).toBeVisible()
  const problem = await page.evaluate(
    (text) => {
      const parsed = new DOMParser().parseFromString(text, 'image/svg+xml')
      return parsed.querySelector('parsererror')?.textContent ?? ''
    },
    readFileSync(svg, 'utf8'),
  )
  expect(problem).toBe('')
  for (const words of ['v4.0: 2 blocks listed', 'v4.1: 1 block listed', 'Operation 255 of 252,000']) {
    expect(readFileSync(svg, 'utf8')).toContain(words)
  }

  const png = await saveTo('moment.png')
  await choose('Save this moment as PNG…')
  await expect(page.getByText(`Written to ${png}`)).toBeVisible()
  expect(readFileSync(png).readUInt32BE(16)).toBe(2400)

  const animation = await saveTo('moments.png')
  await page.keyboard.press('Control+Shift+A')
  await page.getByLabel('From operation').fill('250')
  await page.getByLabel('To operation').fill('257')
  await expect(page.getByText('8 pictures, 4.0 s.')).toBeVisible()
  await page.getByRole('button', { name: 'Make and save…' }).click()
  await expect(page.getByText(`Written to ${animation}`)).toBeVisible()
  const bytes = readFileSync(animation)
  expect(bytes.readUInt32BE(bytes.indexOf('acTL') + 4)).toBe(8)
  await expect(replay.playhead).toHaveAttribute('aria-valuenow', '255')
  await expect(replay.lane('A, v4.0')).toContainText('takes 8 slots of #1 at slot 16')
})

test('a moment is found by a condition, and what is wrong with one is said', async ({ lab }) => {
  const { page, replay } = lab
  await openExhaust(lab)
  await page.keyboard.press('/')
  const dialog = page.getByRole('dialog', { name: 'Find a moment' })
  await dialog.getByRole('textbox', { name: 'Condition' }).fill('live_blocks > 100 && cpu == ')
  await dialog.getByRole('button', { name: 'Find next' }).click()
  await expect(dialog).toContainText('column')
  await dialog.getByRole('textbox', { name: 'Condition' }).fill('live_blocks > 100')
  await dialog.getByRole('button', { name: 'Find next' }).click()
  await expect(dialog).toBeHidden()
  await expect(replay.counter('Blocks allocated and not freed', 0)).toHaveText('101')
})

test('by mouse: the playhead is dragged, and a block is looked at', async ({ lab }) => {
  const { page, replay } = lab
  await openExhaust(lab)
  const box = (await replay.playhead.boundingBox())!
  await page.mouse.move(box.x + 10, box.y + 40)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width / 2, box.y + 40, { steps: 10 })
  await page.mouse.up()
  await expect.poll(async () => Number(await replay.playhead.getAttribute('aria-valuenow'))).toBeGreaterThan(120_000)
  await replay.lane('A, v4.0').getByRole('option').last().click()
  const block = page.getByRole('region', { name: 'Block', exact: true })
  await expect(block).toContainText('v4.0: block #0')
  await expect(block).toContainText('0xffffc90000000000')
  await block.getByRole('button', { name: 'by operation 1' }).click()
  await expect(replay.playhead).toHaveAttribute('aria-valuenow', '1')
})

test('a second series stands under the timeline; a click on it seeks, and the choice is kept', async ({ lab }) => {
  const { page, replay } = lab
  await openExhaust(lab)
  const band = page.getByRole('slider', { name: 'Position in the second series' })
  const { width = 0, height = 0 } = (await band.boundingBox()) ?? {}
  await band.click({ position: { x: width / 2, y: height / 3 } })
  await expect.poll(async () => Number(await replay.playhead.getAttribute('aria-valuenow'))).toBeGreaterThan(125_000)
  expect(Number(await replay.playhead.getAttribute('aria-valuenow'))).toBeLessThan(127_000)
  const choice = page.getByLabel('Second series', { exact: true })
  await choice.selectOption('mapped_pages')
  await page.reload()
  await page.getByRole('navigation', { name: 'Places' }).waitFor()
  // The setup is as it was left, with Exhaust alone
  await page.keyboard.press('Control+Enter')
  await expect(lab.bench.verdict).toContainText('v4.1 leaves 1.')
  await page.keyboard.press('r')
  await expect(choice).toHaveValue('mapped_pages')
  await choice.selectOption('none')
  await expect(band).toHaveCount(0)
})

test('a moment is kept with a note, marked on the timeline, deleted and brought back, by keys alone', async ({
  lab,
}) => {
  const { page, replay } = lab
  await openExhaust(lab)
  await page.keyboard.press('d')
  await expect(replay.playhead).toHaveAttribute('aria-valuenow', '255')
  await page.keyboard.press('m')
  const panel = page.getByRole('region', { name: 'Bookmarks' })
  const note = panel.getByLabel('Note of the bookmark at operation 255')
  await note.fill('they part here')
  await note.press('Enter')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Home')
  await expect(replay.playhead).toHaveAttribute('aria-valuenow', '0')
  await expect(page.locator('svg .kept')).toHaveCount(1)
  // It belongs to the run, and is there when the run is opened again
  await page.keyboard.press('Control+1')
  await page.keyboard.press('r')
  await expect(note).toHaveValue('they part here')
  await panel.getByRole('button', { name: 'Go to operation 255' }).press('Enter')
  await expect(replay.playhead).toHaveAttribute('aria-valuenow', '255')
  await panel.getByRole('button', { name: 'Delete the bookmark at operation 255' }).press('Enter')
  await expect(note).toHaveCount(0)
  await page.keyboard.press('Control+z')
  await expect(note).toHaveValue('they part here')
})

test('a moment is saved as a file and opened again, from the journal and where its runs have to be made', async ({
  lab,
  home,
}) => {
  const { app, page, replay } = lab
  await openExhaust(lab)
  await page.keyboard.press('d')
  await expect(replay.playhead).toHaveAttribute('aria-valuenow', '255')
  const path = join(home, 'parts.vmap-moment')
  await app.evaluate(({ dialog }, file) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: file })
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [file] })
  }, path)
  await page.keyboard.press('Control+Shift+S')
  await expect(page.getByText(`Written to ${path}`)).toBeVisible()
  const open = async (): Promise<void> => {
    await page.keyboard.press('Control+k')
    await page.keyboard.type('open a moment')
    await page.keyboard.press('Enter')
  }
  await page.keyboard.press('Home')
  await expect(replay.playhead).toHaveAttribute('aria-valuenow', '0')
  await open()
  await expect(replay.playhead).toHaveAttribute('aria-valuenow', '255')
  expect(await page.evaluate(async () => (await window.lab.journalTotals()).experiments)).toBe(1)
  // A journal that does not have the runs
  await page.evaluate(async () => {
    await window.lab.changeMarks([1], { trashed: true })
    await window.lab.emptyTrash()
  })
  await page.keyboard.press('Home')
  await page.keyboard.press('Control+1')
  await open()
  await expect(replay.playhead).toHaveAttribute('aria-valuenow', '255')
  await expect(replay.divergence).toContainText('map 128')
  expect(await page.evaluate(async () => (await window.lab.journalTotals()).runs)).toBe(2)
  writeFileSync(path, '{}')
  await open()
  await expect(page.getByText('is no moment of a replay')).toBeVisible()
})
