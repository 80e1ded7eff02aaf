import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS } from '../shared/settings.ts'
import { SettingsFile } from './settings.ts'

let folder = ''
let path = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vmap-lab-settings-'))
  path = join(folder, 'settings.json')
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const place = { x: 10, y: 20, width: 1200, height: 800, maximized: false }

describe('settings.json', () => {
  it('begins with the defaults and is not written before something changes', () => {
    expect(new SettingsFile(path).settings).toEqual(DEFAULT_SETTINGS)
    expect(existsSync(path)).toBe(false)
  })

  it('keeps what was chosen, and nothing but the file is left in the folder', () => {
    const file = new SettingsFile(path)
    expect(file.change({ theme: 'dark', welcomeSeen: true })).toEqual({
      ...DEFAULT_SETTINGS,
      theme: 'dark',
      welcomeSeen: true,
    })
    file.rememberWindow(place)
    const again = new SettingsFile(path)
    expect(again.settings).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark', welcomeSeen: true })
    expect(again.window).toEqual(place)
    expect(readdirSync(folder)).toEqual(['settings.json'])
  })

  it('reads a file of an older lab, which knows fewer settings, and of a newer one, which knows more', () => {
    const budgets = '{ "operations": 1000, "memory": 7 }'
    writeFileSync(path, `{ "settings": { "theme": "light", "fontSize": 14, "budgets": ${budgets} }, "sync": true }`)
    expect(new SettingsFile(path).settings).toEqual({
      ...DEFAULT_SETTINGS,
      theme: 'light',
      budgets: { ...DEFAULT_SETTINGS.budgets, operations: 1000 },
    })
    expect(readdirSync(folder)).toEqual(['settings.json'])
  })

  it.each([
    ['cut short', '{ "settings": '],
    ['of another form', '[1, 2]'],
    ['with a value that is none', '{ "settings": { "theme": "pink" } }'],
    ['with a budget beyond its limit', '{ "settings": { "budgets": { "liveMappings": 1e9 } } }'],
    ['with a window of no size', '{ "settings": {}, "window": { "width": 0, "height": 0, "maximized": false } }'],
    ['empty', ''],
  ])('%s is kept aside and replaced by the defaults', (_, text) => {
    writeFileSync(path, text)
    const file = new SettingsFile(path)
    expect(file.settings).toEqual(DEFAULT_SETTINGS)
    expect(file.window).toBeUndefined()
    expect(readFileSync(`${path}.damaged`, 'utf8')).toBe(text)
  })

  it('loses only what cannot be used, says what that is, and keeps the file aside as it was', () => {
    const keys = '{ "run": "F5", "rename": 7, "no-such-command": "X" }'
    const text = `{ "settings": { "theme": "dark", "density": 3, "keys": ${keys}, "budgets": [] }, "window": {} }`
    writeFileSync(path, text)
    const file = new SettingsFile(path)
    expect(file.settings).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark', keys: { run: 'F5' } })
    expect(file.unusable).toEqual(['window', 'density', 'keys.rename'])
    expect(readFileSync(file.damagedPath, 'utf8')).toBe(text)
    expect(file.change({ keys: {} }).keys).toEqual({})
    expect(new SettingsFile(path).unusable).toEqual([])
  })
})
