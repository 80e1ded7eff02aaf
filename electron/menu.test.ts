import { beforeEach, expect, it, vi } from 'vitest'
import type { BrowserWindow, MenuItemConstructorOptions } from 'electron'

let template: MenuItemConstructorOptions[] = []
vi.mock('electron', () => ({
  Menu: {
    buildFromTemplate: (given: MenuItemConstructorOptions[]) => (template = given),
    setApplicationMenu: () => undefined,
  },
}))
const { acceleratorOf, setUpMenu } = await import('./menu.ts')

const sent: unknown[] = []
const window = { webContents: { send: (...message: unknown[]) => sent.push(message) } } as unknown as BrowserWindow

function entries(items: readonly MenuItemConstructorOptions[] = template): MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? entries(item.submenu) : [])])
}

function click(label: string): void {
  const click = entries().find((item) => item.label === label)?.click as (() => void) | undefined
  click?.()
}

const options = { window: () => window, development: false, keys: {} }
beforeEach(() => {
  sent.length = 0
  setUpMenu(options)
})

it('sends the command of an entry to the window', () => {
  click('Command Palette')
  expect(sent).toEqual([['lab-event:menuCommand', 'palette']])
})

it('leaves its shortcuts to the window, which listens to them itself', () => {
  const shown = entries().filter((item) => item.accelerator !== undefined)
  expect(shown.length).toBeGreaterThan(10)
  expect(shown.filter((item) => item.registerAccelerator !== false)).toEqual([])
})

it('shows no shortcut twice within a menu', () => {
  for (const { submenu } of template) {
    const shown = Array.isArray(submenu) ? entries(submenu).flatMap((item) => item.accelerator ?? []) : []
    expect(new Set(shown).size).toBe(shown.length)
  }
})

it("shows the user's own keys, and no key that the system would not know", () => {
  const shown = (): unknown => entries().find((item) => item.label === 'Run')?.accelerator
  expect(shown()).toBe('CmdOrCtrl+Enter')
  setUpMenu({ ...options, keys: { run: 'F5' } })
  expect(shown()).toBe('F5')
  setUpMenu({ ...options, keys: { run: '' } })
  expect(shown()).toBeUndefined()
  expect([undefined, 'Ctrl+Alt+N', 'Ä', 'MediaPlay', '?'].map(acceleratorOf)).toEqual([
    undefined,
    'CmdOrCtrl+Alt+N',
    undefined,
    undefined,
    '?',
  ])
})

it('has developer tools in development only', () => {
  const hasTools = (): boolean => entries().some((item) => item.role === 'toggleDevTools')
  expect(hasTools()).toBe(false)
  setUpMenu({ ...options, development: true })
  expect(hasTools()).toBe(true)
})
