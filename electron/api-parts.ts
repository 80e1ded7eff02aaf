import type { BrowserWindow } from 'electron'
import type { LabEvents, WindowContent } from '../shared/contract.ts'
import type { Lab } from './lab.ts'
import type { SettingsFile } from './settings.ts'

/** What the contract's methods need of the window that asks, and of the lab. */
export interface ApiParts {
  readonly lab: Lab
  readonly settings: SettingsFile
  /** Number of the page that is answered. */
  readonly page: number
  /** Its window. */
  readonly window: () => BrowserWindow | undefined
  readonly openWindow: (content: WindowContent) => void
  /** Told of an experiment that is started, or added to, from this page. */
  readonly onStarted: (experimentId: number) => void
  /** Whether it was: the page goes on with such when it is loaded again. */
  readonly isStarter: (experimentId: number) => boolean
  readonly tell: <Name extends keyof LabEvents>(name: Name, payload: LabEvents[Name]) => void
  /** Goes on with another journal. @throws {JournalError} @throws {LabError} and then nothing has changed. */
  readonly openJournal: (path: string) => Promise<void>
  /** Settings were changed. */
  readonly onSettings: () => void
  /** Told of a defect that no caller waits for. */
  readonly onDefect: (error: unknown) => void
}
