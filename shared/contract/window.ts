import type { Settings } from '../settings.ts'

export interface AppInfo {
  readonly labVersion: string
  readonly electronVersion: string
  readonly journalPath: string
  readonly workers: number
  readonly platform: string
}

/** What a new window shows first; the Bench when nothing is named. */
export interface WindowContent {
  /** An experiment of the journal. */
  readonly experimentId?: number
}

/** What a window asks about itself, the lab and the settings. */
export interface WindowApi {
  appInfo(): Promise<AppInfo>
  /** Opens another window on the same journal. */
  openWindow(content: WindowContent): Promise<void>
  readSettings(): Promise<Settings>
  changeSettings(change: Partial<Settings>): Promise<Settings>
  copyText(text: string): Promise<void>
}

// A record, not an array, so that a name that is missing or too much fails to compile
export const WINDOW_METHODS: Readonly<Record<keyof WindowApi, true>> = {
  appInfo: true,
  openWindow: true,
  readSettings: true,
  changeSettings: true,
  copyText: true,
}
