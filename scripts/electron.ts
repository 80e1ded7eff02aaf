/**
 * `node scripts/electron.ts [arguments]`: provides all that a window needs and starts Electron with the arguments, on
 * the present display or a virtual one. Prints nothing on stdout itself.
 */
import { runCommand } from './provide/command.ts'
import { displayArguments, withDisplay } from './provide/display.ts'
import { runScript } from './provide/report.ts'
import { provideWindow } from './provide/window.ts'

await runScript(async () => {
  const window = await provideWindow()
  return withDisplay(async (env) => {
    const args = [...window.args, ...displayArguments(), ...process.argv.slice(2)]
    const { code } = await runCommand(window.executable, args, { cwd: process.cwd(), env, output: 'inherit' })
    return code
  })
})
