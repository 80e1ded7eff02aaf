import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { buildApp } from '../provide/build.ts'
import { packageCommand, runCommand } from '../provide/command.ts'
import { withDisplay } from '../provide/display.ts'
import { provideWindow } from '../provide/window.ts'
import { settle } from './tally.ts'
import type { Tally } from './tally.ts'

const TIMEOUT_MS = 15 * 60_000

/** Colours are for terminals; Vitest writes them to files as well. */
const plainOutput = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  process.stdout.isTTY || env['FORCE_COLOR'] !== undefined ? env : { ...env, NO_COLOR: '1' }

/** The fields of Vitest's JSON report that are read; it has Jest's form. */
export interface VitestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[]
}

/** Files that fail before their first test (an import that throws) have no test to count, so each counts as one. */
export const vitestTally = (report: VitestReport): Tally => {
  const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    scope: `${report.testResults.length} files`,
  }
}

/** The fields of Playwright's JSON report that are read. */
export interface PlaywrightReport {
  readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number }
  readonly errors: readonly unknown[]
}

/** A test that passes at the second try has failed once; errors outside any test (a file that throws) count too. */
export const playwrightTally = ({ stats, errors }: PlaywrightReport): Tally => ({
  passed: stats.expected,
  failed: stats.unexpected + stats.flaky + errors.length,
  scope: 'the real window',
})

const readVitest = (text: string): Tally => vitestTally(JSON.parse(text) as VitestReport)
const readPlaywright = (text: string): Tally => playwrightTally(JSON.parse(text) as PlaywrightReport)

/** Runs a test runner that shows its progress and writes its results to the file it is given. */
const runSuite = async (
  tally: (reportText: string) => Tally,
  run: (reportFile: string) => Promise<number>,
): Promise<Tally> => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'vmap-lab-test-'))
  try {
    const reportFile = path.join(folder, 'report.json')
    const code = await run(reportFile)
    const text = await readFile(reportFile, 'utf8').catch(() => undefined)
    if (text === undefined) return { passed: 0, failed: 1, scope: `no results, exit code ${code}` }
    return settle(tally(text), code)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Unit, property and golden tests. */
export const unit = (): Promise<Tally> =>
  runSuite(readVitest, async (reportFile) => {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`]
    const args = [packageCommand('vitest'), 'run', ...reporters]
    const env = plainOutput(process.env)
    return (await runCommand(process.execPath, args, { env, output: 'inherit', timeoutMs: TIMEOUT_MS })).code
  })

/** The built app in the real window. */
export const e2e = async (): Promise<Tally> => {
  const window = await provideWindow()
  await buildApp()
  return runSuite(readPlaywright, (reportFile) =>
    withDisplay(async (display) => {
      const env = {
        ...display,
        VMAP_LAB_ELECTRON: window.executable,
        PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile,
      }
      const args = [packageCommand('@playwright/test', 'playwright'), 'test', '--reporter=list,json']
      return (await runCommand(process.execPath, args, { env, output: 'inherit', timeoutMs: TIMEOUT_MS })).code
    }),
  )
}
