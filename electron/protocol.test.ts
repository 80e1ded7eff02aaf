import { join } from 'node:path'
import { expect, it, vi } from 'vitest'

vi.mock('electron', () => ({ net: {}, protocol: {} }))
const { fileOfUrl } = await import('./protocol.ts')
const folder = join('/', 'opt', 'lab', 'renderer')

it.each([
  ['app://lab/index.html', join(folder, 'index.html')],
  ['app://lab/assets/a%20b.js', join(folder, 'assets', 'a b.js')],
])('%s is served', (url, file) => {
  expect(fileOfUrl(folder, url)).toBe(file)
})

it.each([
  'app://lab/',
  'app://lab/../../etc/passwd',
  'app://lab/..%2f..%2fetc/passwd',
  'app://lab/%2e%2e/%2e%2e/etc/passwd',
  'app://lab/%',
  'app://other/index.html',
  'file:///etc/passwd',
  'https://lab/index.html',
])('%s names nothing, or nothing outside the app', (url) => {
  const file = fileOfUrl(folder, url)
  expect(file === undefined || file.startsWith(join(folder, '/'))).toBe(true)
})
