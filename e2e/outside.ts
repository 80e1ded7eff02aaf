/** What happens outside the window: other processes that use the same home. */
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { executable, launchArguments, PROJECT } from './fixture.ts'

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

function run(command: string, args: readonly string[], home: string): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: PROJECT,
      env: { ...process.env, VMAP_LAB_HOME: home },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (text: Buffer) => (stdout += text.toString('utf8')))
    child.stderr.on('data', (text: Buffer) => (stderr += text.toString('utf8')))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, stdout, stderr }))
  })
}

/** The command line, as `npm run -s lab -- ARGS` runs it. */
export function runLabCommand(home: string, ...args: readonly string[]): Promise<Ended> {
  return run(process.execPath, ['electron/cli.ts', ...args], home)
}

/** Loaded before the app's main file (`electron -r`): an error box would wait for a click, so its words go to stdout. */
const SAY_ERROR_BOX = `
require('electron').dialog.showErrorBox = (title, text) => {
  process.stdout.write(title + ': ' + text + '\\n')
}
`

/** A start of the app that is expected to end by itself; what its error boxes say is in `stdout`. */
export function startToTheEnd(home: string): Promise<Ended> {
  const preload = join(home, 'say-error-box.cjs')
  writeFileSync(preload, SAY_ERROR_BOX)
  return run(executable(), ['-r', preload, ...launchArguments()], home)
}
