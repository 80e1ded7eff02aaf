import type { BrowserWindow, WebContents } from 'electron'
import { eventChannel, type LabApi, type LabEvents, type WindowContent } from '../shared/contract.ts'
import type { SettingsFile } from './settings.ts'
import { openWindow } from './window.ts'

/** The windows of the app, all on one journal. Each is known by the number of its page and has its own side of the contract. */
export class Windows {
  /** Told the number of a page whose window was closed. */
  onClosed: (page: number) => void = () => undefined
  readonly #settings: SettingsFile
  readonly #onDefect: (error: unknown) => void
  readonly #open = new Map<number, BrowserWindow>()
  readonly #apis = new Map<number, LabApi>()
  #newApi: ((page: number) => LabApi) | undefined

  constructor(settings: SettingsFile, onDefect: (error: unknown) => void) {
    this.#settings = settings
    this.#onDefect = onDefect
  }

  /** Who makes the contract's methods for a page, from now on. */
  serve(newApi: (page: number) => LabApi): void {
    this.#newApi = newApi
    this.#apis.clear()
  }

  /** Opens a window, beside the one that has the focus if there is one. */
  open(content: WindowContent = {}): void {
    const window = openWindow({
      ...{ settings: this.#settings, onDefect: this.#onDefect, content, beside: this.current() },
    })
    const page = window.webContents.id
    this.#open.set(page, window)
    window.on('closed', () => {
      this.#open.delete(page)
      this.#apis.delete(page)
      this.onClosed(page)
    })
  }

  /** The contract as it is answered to a page; the same object for as long as its window and journal are there. */
  apiOf({ id }: WebContents): LabApi {
    const api = this.#apis.get(id) ?? this.#newApi?.(id)
    if (api === undefined) throw new Error('Nothing answers the window yet.')
    this.#apis.set(id, api)
    return api
  }

  of(page: number): BrowserWindow | undefined {
    return this.#open.get(page)
  }

  /** The window that has the focus, or the one opened last. */
  current(): BrowserWindow | undefined {
    const open = [...this.#open.values()]
    return open.find((window) => window.isFocused()) ?? open.at(-1)
  }

  /** Some window can be seen. */
  get anyVisible(): boolean {
    return [...this.#open.values()].some((window) => window.isVisible())
  }

  focus(): void {
    const window = this.current()
    if (window === undefined) return
    if (window.isMinimized()) window.restore()
    // Hidden or minimised, it comes back
    window.show()
    window.focus()
  }

  reload(): void {
    for (const window of this.#open.values()) window.webContents.reload()
  }

  /** Tells all windows. */
  tell<Name extends keyof LabEvents>(name: Name, payload: LabEvents[Name]): void {
    for (const page of this.#open.keys()) this.tellOne(page, name, payload)
  }

  /** Tells all windows but one. */
  tellOthers<Name extends keyof LabEvents>(page: number | undefined, name: Name, payload: LabEvents[Name]): void {
    for (const other of this.#open.keys()) if (other !== page) this.tellOne(other, name, payload)
  }

  tellOne<Name extends keyof LabEvents>(page: number, name: Name, payload: LabEvents[Name]): void {
    this.#open.get(page)?.webContents.send(eventChannel(name), payload)
  }
}
