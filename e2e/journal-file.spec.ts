/** One journal for the window, the command line and the next start. */
import Database from 'better-sqlite3'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from './fixture.ts'
import { runLabCommand, startToTheEnd } from './outside.ts'

test('a run made on the command line appears in the open window', async ({ lab, home }) => {
  await expect(lab.status).toContainText('0 runs')
  const { code, stdout, stderr } = await runLabCommand(home, 'run', 'exhaust', '--model', 'v4.1', '--json')
  expect(code, stderr).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ counts: { alloc_vmap_area: 993, free_vmap_block: 992 } })
  await expect(lab.status).toContainText('1 run')
})

test('runs made in the window are there for the command line and after a restart', async ({ lab, home, start }) => {
  await lab.bench.runAll('All 24 published counts come out exactly.')
  const listed = await runLabCommand(home, 'journal', 'list', '--json')
  expect(listed.code, listed.stderr).toBe(0)
  expect(listed.stdout).toContain('The 2015 vm_map_ram patch')
  await lab.app.close()
  const again = await start()
  await expect(again.status).toContainText('6 runs')
})

test('closing the window while runs are under way cancels them and records that', async ({ lab, start }) => {
  const { bench } = lab
  await bench.leaveOut('Random', 'Sequential orders')
  await bench.parameter('iters').fill('10,000,000')
  await bench.run.click()
  await expect(bench.progress).toContainText('0 of 2 runs')
  await lab.app.close()
  const again = await start()
  const statuses = await again.page.evaluate(async () => {
    const [experiment] = await window.lab.listExperiments({ search: '', limit: 1 })
    return (await window.lab.openExperiment(experiment?.id ?? 0))?.runs.map((run) => run.status)
  })
  expect(statuses).toEqual(['cancelled', 'cancelled'])
})

test('a damaged journal is named, left as it is, and the lab ends', async ({ home }) => {
  const path = join(home, 'journal.sqlite')
  writeFileSync(path, 'this is no database, but somebody may still want it')
  const { code, stdout } = await startToTheEnd(home)
  expect(stdout).toContain('the journal cannot be opened')
  expect(stdout).toContain(path)
  expect(stdout).not.toMatch(/^\s+at /m)
  expect(code).toBe(1)
  expect(readFileSync(path, 'utf8')).toBe('this is no database, but somebody may still want it')
})

test('the journal of a newer lab is refused and not touched', async ({ home }) => {
  const path = join(home, 'journal.sqlite')
  await runLabCommand(home, 'run', 'exhaust', '--model', 'v4.1')
  const database = new Database(path)
  database.pragma('user_version = 999')
  database.pragma('journal_mode = DELETE')
  database.close()
  const before = readFileSync(path)
  const { code, stdout } = await startToTheEnd(home)
  expect(stdout).toContain('schema 999')
  expect(code).toBe(1)
  expect(readFileSync(path).equals(before)).toBe(true)
})
