/** The journal's file: looked after, merged with another one, exchanged for another one. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from './fixture.ts'
import { runLabCommand } from './outside.ts'

async function runInto(home: string, model: string, ...more: readonly string[]): Promise<void> {
  const { code, stderr } = await runLabCommand(home, 'run', 'exhaust', '--model', model, '--param', 'iters=10', ...more)
  expect(code, stderr).toBe(0)
}

test('by mouse: checked, backed up, merged', async ({ lab, home }) => {
  const { journal, machines } = lab
  const other = join(home, 'other.sqlite')
  await runInto(home, 'v4.0', '--journal', other)
  await journal.openFile()
  await journal.file.getByRole('button', { name: 'Check now' }).click()
  await expect(journal.file).toContainText(/Last check.*nothing wrong/)
  await journal.file.getByRole('button', { name: 'Back up now' }).click()
  await expect(journal.file).toContainText(/Last backup.*\.backup/)
  await machines.answerOpenDialog(other)
  await journal.file.getByRole('button', { name: 'Merge another…' }).click()
  await expect(journal.file).toContainText('1 experiment with 1 run would be added.')
  await journal.file.getByRole('button', { name: 'Merge', exact: true }).click()
  await expect(journal.file).toContainText('1 experiment with 1 run added.')
  await journal.file.getByRole('button', { name: 'Merge another…' }).click()
  await expect(journal.file).toContainText('1 experiment of it is here already.')
  await journal.file.getByRole('button', { name: 'Close' }).click()
  await expect(journal.experiments).toHaveCount(1)
  await expect(lab.status).toContainText('1 run')
})

test('by keys: another journal is opened, also by the next start, and the command line follows', async ({
  lab,
  home,
  start,
}) => {
  const { journal, machines, page } = lab
  const other = join(home, 'other.sqlite')
  await runInto(home, 'v4.0')
  await runInto(home, 'v4.1', '--journal', other)
  await runInto(home, 'v6.1', '--journal', other)
  await machines.answerOpenDialog(other)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('journal file')
  await page.keyboard.press('Enter')
  await expect(journal.file.getByText(join(home, 'journal.sqlite'))).toBeVisible()
  await journal.file.getByRole('button', { name: 'Open another…' }).focus()
  await page.keyboard.press('Enter')
  await expect(lab.status).toContainText(other)
  await expect(lab.status).toContainText('2 runs')
  await runInto(home, 'v5.2')
  await expect(lab.status).toContainText('3 runs')
  await lab.app.close()
  const again = await start()
  await expect(again.status).toContainText(other)
  await again.app.close()
  for (const file of [other, `${other}-wal`, `${other}-shm`]) rmSync(file, { force: true, recursive: true })
})

test('what is no journal is refused, and the open one stays', async ({ lab, home }) => {
  const { journal, machines } = lab
  await runInto(home, 'v4.0')
  await machines.answerOpenDialog(join(home, 'settings.json'))
  await lab.page.evaluate(() => window.lab.changeSettings({ theme: 'light' }))
  await journal.openFile()
  await journal.file.getByRole('button', { name: 'Open another…' }).click()
  await expect(journal.file.getByRole('alert')).toContainText('not an SQLite database')
  await lab.page.keyboard.press('Escape')
  await expect(lab.status).toContainText('1 run')
})
