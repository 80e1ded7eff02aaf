/**
 * `npm start`: opens the lab's window, with everything it needs provided first. Where no window can be shown, it does
 * the lab's main job without one: runs the published experiment and says where journal and report are.
 */
import path from 'node:path'
import { buildApp } from './provide/build.ts'
import { root, runCommand } from './provide/command.ts'
import { displayArguments, hasDisplay } from './provide/display.ts'
import { ProvideError, runScript, say } from './provide/report.ts'
import { provideWindow } from './provide/window.ts'

const REPORT_FILE = 'vmap-lab-report.html'

const openWindow = async (): Promise<number> => {
  try {
    const window = await provideWindow()
    await buildApp()
    const args = [...window.args, ...displayArguments(), root, ...process.argv.slice(2)]
    return (await runCommand(window.executable, args, { output: 'inherit' })).code
  } catch (error) {
    if (error instanceof ProvideError) say('the lab also works without a window: npm run -s lab -- --help')
    throw error
  }
}

/** Needs neither Electron nor anything from the system, so it works on any server. */
const runHeadless = async (): Promise<number> => {
  say('no display, so the published experiment runs without a window')
  const report = path.resolve(REPORT_FILE)
  const args = [path.join(root, 'electron/cli.ts'), 'reproduce', '--report', report]
  const { code } = await runCommand(process.execPath, args, { output: 'inherit' })
  say('to open the window, run `npm start` in a desktop session; more without one: npm run -s lab -- --help')
  return code
}

await runScript(async () => ((await hasDisplay()) ? openWindow() : runHeadless()))
