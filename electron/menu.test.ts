import { beforeEach, expect, it, vi } from 'vitest'
import type { BrowserWindow, MenuItemConstructorOptions } from 'electron'

let template: MenuItemConstructorOptions[] = []
vi.mock('electron', () => ({
  Menu: {
    buildFromTemplate: (given: MenuItemConstructorOptions[]) => (template = given),
    setApplicationMenu: () => undefined,
  },
}))
const { setUpMenu } = await import('./menu.ts')

const sent: unknown[] = []
const window = { webContents: { send: (...message: unknown[]) => sent.push(message) } } as unknown as BrowserWindow

function entries(items: readonly MenuItemConstructorOptions[] = template): MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? entries(item.submenu) : [])])
}

function click(label: string): void {
  const click = entries().find((item) => item.label === label)?.click as (() => void) | undefined
  click?.()
}

beforeEach(() => {
  sent.length = 0
  setUpMenu(() => window, false)
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

it('shows no shortcut twice', () => {
  const shown = entries().flatMap((item) => item.accelerator ?? [])
  expect(new Set(shown).size).toBe(shown.length)
})

it('has developer tools in development only', () => {
  const hasTools = (): boolean => entries().some((item) => item.role === 'toggleDevTools')
  expect(hasTools()).toBe(false)
  setUpMenu(() => window, true)
  expect(hasTools()).toBe(true)
})
