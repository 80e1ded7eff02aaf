/** The command line's entry: connects the commands to the process. */
import { main } from './cli/main.ts'
import type { Terminal } from './cli/command.ts'
import { openStandardInput } from './exchange/file-bytes.ts'

// A reader that has seen enough (`lab models | head -1`) is no error
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return
  process.stderr.write(`lab: standard output cannot be written (${error.code ?? error.message})\n`)
  process.exitCode = 1
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
  openInput: openStandardInput,
}

main(process.argv.slice(2), terminal).then(
  (exit) => {
    // A failed write of the output has set it already
    process.exitCode ??= exit
  },
  (error: unknown) => {
    const known = error instanceof Error ? error : new Error(String(error))
    const detail = process.env['VMAP_LAB_DEBUG'] === undefined ? known.message : (known.stack ?? known.message)
    process.stderr.write(`lab: a defect of the lab: ${detail}. VMAP_LAB_DEBUG=1 shows where.\n`)
    process.exitCode = 1
  },
)
