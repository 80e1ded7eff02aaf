import { expect, test } from './fixture.ts'

test('the page has the contract and nothing of Node or Electron', async ({ lab }) => {
  const found = await lab.page.evaluate(() => ({
    node: ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron'].filter((name) => name in window),
    lab: Object.keys(window.lab).includes('startExperiment'),
    url: location.href,
  }))
  expect(found).toEqual({ node: [], lab: true, url: 'app://lab/index.html' })
})

test('the window is isolated and sandboxed', async ({ lab }) => {
  const preferences = await lab.app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    const contents = window?.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }
    const { contextIsolation, sandbox, nodeIntegration, webviewTag } = contents.getLastWebPreferences()
    return { contextIsolation, sandbox, nodeIntegration, webviewTag }
  })
  expect(preferences).toEqual({ contextIsolation: true, sandbox: true, nodeIntegration: false, webviewTag: false })
})

test('the content security policy allows no foreign, inline or evaluated script', async ({ lab }) => {
  const answer = await lab.page.evaluate(async () => {
    const policy = (await fetch('index.html')).headers.get('content-security-policy')
    const script = document.createElement('script')
    script.textContent = 'window.inlineScriptRan = true'
    document.body.append(script)
    return { policy, inline: 'inlineScriptRan' in window }
  })
  expect(answer.policy).toContain("script-src 'self';")
  expect(answer.policy).toContain("default-src 'none'")
  expect(answer.policy).not.toContain('unsafe-eval')
  expect(answer).toMatchObject({ inline: false })
})

test('new windows, navigation and permissions are denied', async ({ lab }) => {
  const { app, page } = lab
  const opened = await page.evaluate(() => window.open('https://example.org/') === null)
  await page.evaluate(() => {
    location.href = 'https://example.org/'
  })
  const permission = await page.evaluate(() => Notification.requestPermission())
  expect({ opened, permission, url: page.url() }).toEqual({
    opened: true,
    permission: 'denied',
    url: 'app://lab/index.html',
  })
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

test('a payload that the contract does not know is refused with its name', async ({ lab }) => {
  const message = await lab.page.evaluate(async () => {
    const path: unknown = '../../etc/passwd'
    return window.lab.openRun(path as number).catch((error: unknown) => String(error))
  })
  expect(message).toContain('openRun was refused')
})

test('files outside the app are not served', async ({ lab }) => {
  const statuses = await lab.page.evaluate(async () => {
    const paths = ['app://lab/..%2f..%2fpackage.json', 'app://lab/%2e%2e/main/main.js', 'app://lab/none.js']
    return Promise.all(paths.map(async (path) => (await fetch(path)).status))
  })
  expect(statuses).toEqual([404, 404, 404])
})
