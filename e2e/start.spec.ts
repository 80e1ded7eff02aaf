import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, launchArguments, startLab, test } from './fixture.ts'

test('cold start to an interactive window', async ({ home }) => {
  const startedMs = performance.now()
  const lab = await startLab(home)
  await expect(lab.bench.run).toBeEnabled()
  const elapsedMs = performance.now() - startedMs
  process.stdout.write(`cold start to an interactive window: ${Math.round(elapsedMs)} ms\n`)
  await lab.app.close()
})

test('size and place of the window are remembered', async ({ lab, home }) => {
  const bounds = { x: 40, y: 60, width: 1100, height: 700 }
  await lab.app.evaluate(({ BrowserWindow }, wanted) => {
    BrowserWindow.getAllWindows()[0]?.setBounds(wanted)
  }, bounds)
  await lab.app.close()
  expect(JSON.parse(readFileSync(join(home, 'settings.json'), 'utf8'))).toMatchObject({
    window: { width: 1100, height: 700 },
  })
  const again = await startLab(home)
  const size = await again.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getSize())
  expect(size).toEqual([1100, 700])
  await again.app.close()
})

test('a second start hands over to the first and ends', async ({ lab, home }) => {
  const executable = process.env['VMAP_LAB_ELECTRON'] ?? ''
  const second = spawn(executable, launchArguments(), {
    env: { ...process.env, VMAP_LAB_HOME: home },
    stdio: 'ignore',
  })
  const exit = await new Promise((resolve) => second.once('exit', resolve))
  expect(exit).toBe(0)
  await expect(lab.bench.run).toBeEnabled()
})

test('damaged settings are kept aside and do not stop the start', async ({ home }) => {
  const path = join(home, 'settings.json')
  writeFileSync(path, '{ "settings": ')
  const lab = await startLab(home)
  await expect(lab.bench.run).toBeEnabled()
  expect(readFileSync(`${path}.damaged`, 'utf8')).toBe('{ "settings": ')
  await lab.app.close()
})
