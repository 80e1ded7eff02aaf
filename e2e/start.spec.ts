import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from './fixture.ts'
import { startToTheEnd } from './outside.ts'

test('cold start to an interactive window', async ({ start }) => {
  const startedMs = performance.now()
  const lab = await start()
  await expect(lab.bench.run).toBeEnabled()
  const elapsedMs = performance.now() - startedMs
  process.stdout.write(`cold start to an interactive window: ${Math.round(elapsedMs)} ms\n`)
  await lab.app.close()
})

test('size and place of the window are remembered', async ({ lab, home, start }) => {
  const bounds = { x: 40, y: 60, width: 1100, height: 700 }
  await lab.app.evaluate(({ BrowserWindow }, wanted) => {
    BrowserWindow.getAllWindows()[0]?.setBounds(wanted)
  }, bounds)
  await lab.app.close()
  expect(JSON.parse(readFileSync(join(home, 'settings.json'), 'utf8'))).toMatchObject({
    window: { width: 1100, height: 700 },
  })
  const again = await start()
  const size = await again.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getSize())
  expect(size).toEqual([1100, 700])
})

test('a second start brings the first window back and ends', async ({ lab, home }) => {
  await lab.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide())
  expect(await startToTheEnd(home)).toMatchObject({ code: 0, stdout: '' })
  const visible = () => lab.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())
  await expect.poll(visible).toBe(true)
  expect(await lab.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

test('a page that crashes is offered again, and the journal goes on', async ({ lab }) => {
  const { app, bench } = lab
  await bench.runAll('All 24 published counts come out exactly.')
  const asked = await app.evaluate(async ({ BrowserWindow, dialog }) => {
    const [window] = BrowserWindow.getAllWindows()
    if (window === undefined) throw new Error('there is no window')
    return new Promise<string>((resolve) => {
      dialog.showMessageBoxSync = (_owner: unknown, options?: { message: string }) => {
        resolve(options?.message ?? '')
        return 0
      }
      window.webContents.forcefullyCrashRenderer()
    })
  })
  expect(asked).toBe('The window stopped working.')
  const status = () =>
    app.evaluate(({ BrowserWindow }) => {
      const script = `document.querySelector('footer')?.innerText ?? ''`
      return BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(script) as Promise<string>
    })
  await expect.poll(status).toContain('6 runs')
})

test('damaged settings are kept aside and do not stop the start', async ({ home, start }) => {
  const path = join(home, 'settings.json')
  writeFileSync(path, '{ "settings": ')
  const lab = await start()
  await expect(lab.bench.run).toBeEnabled()
  expect(readFileSync(`${path}.damaged`, 'utf8')).toBe('{ "settings": ')
  await lab.app.close()
})
