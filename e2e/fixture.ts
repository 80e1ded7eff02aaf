/** Starts the real app in an empty home and closes it again. */
import { test as base, _electron, type ElectronApplication, type Locator, type Page } from '@playwright/test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BenchPage } from './pages/bench.ts'
import { EditorPage } from './pages/editor.ts'
import { MachinesPage } from './pages/machines.ts'
import { ModelDialog } from './pages/model-dialog.ts'
import { ComparePage } from './pages/compare.ts'
import { JournalPage } from './pages/journal.ts'
import { ReplayPage } from './pages/replay.ts'
import { ReportsPage } from './pages/reports.ts'
import { SweepPage } from './pages/sweep.ts'

export const PROJECT = join(import.meta.dirname, '..')

export interface LabWindow {
  readonly app: ElectronApplication
  readonly page: Page
  /** The line at the bottom: journal, totals, workers. */
  readonly status: Locator
  readonly bench: BenchPage
  readonly editor: EditorPage
  readonly machines: MachinesPage
  readonly modelDialog: ModelDialog
  readonly compare: ComparePage
  readonly journal: JournalPage
  readonly replay: ReplayPage
  readonly reports: ReportsPage
  readonly sweep: SweepPage
}

/** The Electron to start, which `npm test` provides. */
export function executable(): string {
  const path = process.env['VMAP_LAB_ELECTRON']
  if (path === undefined)
    throw new Error('VMAP_LAB_ELECTRON is not set; run "npm test -- e2e", which provides Electron.')
  return path
}

/** Chromium refuses to run as root with its sandbox on; only then is it switched off. */
export function launchArguments(): string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox', PROJECT] : [PROJECT]
}

async function startLab(home: string): Promise<LabWindow> {
  const env = { ...process.env, VMAP_LAB_HOME: home } as Record<string, string>
  const app = await _electron.launch({ executablePath: executable(), args: launchArguments(), env })
  const page = await app.firstWindow()
  await page.getByRole('navigation', { name: 'Places' }).waitFor()
  return {
    app,
    page,
    status: page.getByRole('contentinfo'),
    bench: new BenchPage(page),
    editor: new EditorPage(page, app),
    machines: new MachinesPage(page, app),
    modelDialog: new ModelDialog(page),
    compare: new ComparePage(page),
    journal: new JournalPage(page),
    replay: new ReplayPage(page),
    reports: new ReportsPage(page, app),
    sweep: new SweepPage(page),
  }
}

interface Fixtures {
  /** A folder of its own for journal and settings; gone after the test. */
  readonly home: string
  /** Starts the app in `home`; whatever the test leaves open is closed after it. */
  readonly start: () => Promise<LabWindow>
  /** The app, started once. */
  readonly lab: LabWindow
}

export const test = base.extend<Fixtures>({
  // Playwright reads the parameter list to find a fixture's dependencies, so it has to be a pattern
  home: async ({}, use) => {
    const home = mkdtempSync(join(tmpdir(), 'vmap-lab-e2e-'))
    await use(home)
    rmSync(home, { recursive: true, force: true })
  },
  start: async ({ home }, use) => {
    const started: LabWindow[] = []
    await use(async () => {
      const lab = await startLab(home)
      started.push(lab)
      return lab
    })
    for (const { app } of started) await app.close()
  },
  lab: async ({ start }, use) => {
    await use(await start())
  },
})

export { expect } from '@playwright/test'
