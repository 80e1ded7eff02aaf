import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, PROJECT, test } from './fixture.ts'
import { runLabCommand } from './outside.ts'

const CONFIG = join(PROJECT, 'electron/exchange/fixtures/config-6.1-small')

test('a machine is made, run, and there again after a restart', async ({ lab, start }) => {
  const { bench, machines } = lab
  await machines.choice.selectOption('i386')
  await machines.button('Edit a copy…').click()
  await expect(machines.editor).toHaveAccessibleName('New machine')
  await expect(machines.fact(machines.editor, 'Blocks that fit')).toHaveText('32')

  // Every number follows what is typed
  await machines.field('Name').fill('desk')
  await machines.field('NR_CPUS').fill('4')
  await expect(machines.fact(machines.editor, 'Block')).toHaveText('512 pages, 2 MiB')
  await expect(machines.fact(machines.editor, 'Blocks that fit')).toHaveText('64')
  await expect(machines.fact(machines.editor, 'Lazy limit')).toHaveText('24,576 pages, 96 MiB')
  await machines.field('VMALLOC_START').fill('0xf8000000')
  await machines.field('vmalloc size').fill('64 MiB')
  await expect(machines.fact(machines.editor, 'Blocks that fit')).toHaveText('32')
  await expect(machines.fact(machines.editor, 'Range')).toHaveText('0xf8000000 to 0xfbffffff')
  await machines.field('VMAP_BBMAP_BITS').fill('1024')
  await expect(machines.fact(machines.editor, 'Blocks that fit')).toHaveText('16')
  await machines.save.click()
  await expect(machines.editor).toBeHidden()
  await expect(machines.choice).toHaveValue('desk')
  await expect(machines.choice).toBeFocused()

  await bench.leaveOut('Random', 'Sequential orders')
  await bench.runAll('v4.0')
  await expect(bench.run).toBeEnabled()
  // Each of the 1,000 iterations leaves a block behind; whenever all 16 are taken, a failure purge frees them
  expect(await bench.count('exhaust', 'alloc_vmap_area', 'v4.0')).toBe(1000)
  expect(await bench.count('exhaust', 'free_vmap_block', 'v4.0')).toBe(992)
  await lab.app.close()

  const again = await start()
  await expect(again.machines.choice).toHaveValue('desk')
  await expect(again.machines.fact(again.machines.panel, 'Blocks that fit')).toHaveText('16')
  await again.machines.button('Edit…').click()
  await expect(again.machines.editor).toHaveAccessibleName('Edit desk')
  await expect(again.machines.field('vmalloc size')).toHaveValue('64 MiB')
  await again.page.keyboard.press('Escape')
  await expect(again.machines.button('Edit…')).toBeFocused()

  // A run keeps its machine whatever becomes of the saved one
  await again.machines.button('Delete').click()
  await expect(again.machines.choice).toHaveValue('x86_64')
  await again.page.keyboard.press('Control+5')
  await again.journal.run(1).click()
  await again.page.getByRole('button', { name: /Open on Bench/ }).click()
  await expect(again.machines.choice).toHaveText(/desk \(as recorded\)/)
  await expect(again.machines.fact(again.machines.panel, 'Blocks that fit')).toHaveText('16')
  await again.bench.run.click()
  await expect(again.status).toContainText('4 runs')
  await expect(again.bench.run).toBeEnabled()
  expect(await again.bench.count('exhaust', 'free_vmap_block', 'v4.0')).toBe(992)
})

test('errors stand at their fields, and nothing wrong is saved', async ({ lab }) => {
  const { machines, page } = lab
  await machines.choice.selectOption('i386')
  await machines.button('Edit a copy…').click()
  await machines.field('VMALLOC_START').fill('0xf0800001')
  await machines.field('vmalloc size').fill('much')
  await machines.field('Name').fill('i386')
  await expect(machines.field('VMALLOC_START')).toHaveAccessibleDescription(
    /begins a page of 4 KiB, as 0xf0800000 does/,
  )
  await expect(machines.field('vmalloc size')).toHaveAccessibleDescription(/a number and its unit/)
  await expect(machines.field('Name')).toHaveAccessibleDescription(/belongs to a preset/)
  await expect(machines.fact(machines.editor, 'Block')).toHaveText('–')
  await page.keyboard.press('Enter')
  await expect(machines.field('Name')).toBeFocused()
  await expect(machines.editor).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Go on editing' }).click()
  await expect(machines.field('vmalloc size')).toHaveValue('much')
})

test("a kernel's .config becomes a machine, with what it does not tell; and leaves as a file", async ({
  lab,
  home,
}) => {
  const { machines, page, reports } = lab
  await page.keyboard.press('Control+k')
  await page.keyboard.type('import a kernel .config')
  await machines.answerOpenDialog(CONFIG)
  await page.keyboard.press('Enter')
  await expect(machines.field('Name')).toHaveValue('x86_64 6.1.192-qk')
  await expect(machines.assumed.getByRole('listitem')).toHaveText([
    /^CONFIG_X86_5LEVEL=y: four-level page tables are taken/,
    /^All 8 CPUs of CONFIG_NR_CPUS are taken to be online/,
  ])

  const bad = join(home, 'bad.config')
  writeFileSync(bad, 'CONFIG_ARM64=y\nCONFIG_ARM64_16K_PAGES=y\n')
  await machines.answerOpenDialog(bad)
  await machines.editor.getByRole('button', { name: 'Import .config…' }).click()
  await expect(
    machines.editor.getByText(`${bad}: line 2: CONFIG_ARM64_16K_PAGES=y makes pages of 16 KiB`),
  ).toBeVisible()
  await expect(machines.field('Name')).toHaveValue('x86_64 6.1.192-qk')
  await machines.field('Name').fill('board')
  await page.keyboard.press('Enter')
  await expect(machines.choice).toHaveValue('board')
  await expect(machines.panel).toContainText('From a kernel .config (Linux/x86 6.1.192).')

  await reports.answerSaveDialog(home)
  await machines.button('Export…').click()
  await expect(page.getByText(`Exported ${join(home, 'board.json')}`)).toBeVisible()
  expect(JSON.parse(readFileSync(join(home, 'board.json'), 'utf8'))).toMatchObject({ name: 'board', nr_cpus: 8 })

  // Command line and window have the same machines
  const listed = await runLabCommand(home, 'machines', '--json')
  expect(JSON.parse(listed.stdout)).toContainEqual(expect.objectContaining({ id: 'board', saved: true }))
  await runLabCommand(home, 'machines', '--import', join(home, 'board.json'), '--save', 'from outside')
  await expect(machines.choice.locator('option', { hasText: 'from outside' })).toBeAttached()
})
