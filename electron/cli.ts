/** The command line's entry: connects the commands to the process. */
import { readFileSync } from 'node:fs'
import { main } from './cli/main.ts'
import type { Terminal } from './cli/command.ts'

const STDIN = 0

// A reader that has seen enough (`lab models | head -1`) is no error
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

let progressShown = false

const terminal: Terminal = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  progress: (text) => {
    if (!process.stderr.isTTY || (text === '' && !progressShown)) return
    process.stderr.write(`\r\u001b[K${text}`)
    progressShown = text !== ''
  },
  readInput: () => readFileSync(STDIN, 'utf8'),
}

main(process.argv.slice(2), terminal).then(
  (exit) => {
    process.exitCode = exit
  },
  (error: unknown) => {
    process.stderr.write(`lab: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    process.exitCode = 1
  },
)
