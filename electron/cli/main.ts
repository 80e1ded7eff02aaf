import { LAB_VERSION } from '../version.ts'
import { check } from './check.ts'
import { CommandError, EXIT, UsageError, type Command, type ExitCode, type Terminal } from './command.ts'
import { diverge } from './diverge.ts'
import { exhaust } from './exhaust.ts'
import { journal } from './journal.ts'
import { machines } from './machines.ts'
import { models } from './models.ts'
import { oneLine } from './one-line.ts'
import { report } from './report.ts'
import { rerun } from './rerun.ts'
import { reproduce } from './reproduce.ts'
import { run } from './run.ts'
import { scenarios } from './scenarios.ts'
import { sweep } from './sweep.ts'
import { traceOut } from './trace-out.ts'
import { trace } from './trace.ts'

const COMMANDS: readonly Command[] = [
  reproduce,
  run,
  sweep,
  trace,
  traceOut,
  check,
  diverge,
  exhaust,
  scenarios,
  models,
  machines,
  journal,
  rerun,
  report,
]

function overview(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length))
  const lines = COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}\n`)
  return `lab COMMAND [ARGUMENTS]: the lab of the Linux kernel's vm_map_ram allocator, headless.

${lines.join('')}
"lab COMMAND --help" explains one. Data goes to standard output, messages to standard error.
Exit status: 0 done, 1 the answer is "no" or the run failed, 2 wrong use.
`
}

function helpOf(command: Command): string {
  return `lab ${command.name} ${command.synopsis}\n\n${command.summary}\n\n${command.help}`
}

/** Carries out one command line and answers its exit status. Rejects only on a defect of the lab itself. */
export async function main(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [name, ...rest] = args
  if (name === undefined) {
    terminal.err(overview())
    return EXIT.usage
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    terminal.out(overview())
    return EXIT.done
  }
  if (name === '--version') {
    terminal.out(`${LAB_VERSION}\n`)
    return EXIT.done
  }
  const command = COMMANDS.find((candidate) => candidate.name === name)
  if (command === undefined) {
    const accepted = COMMANDS.map((candidate) => candidate.name).join(', ')
    terminal.err(`lab: command "${oneLine(name)}" is not known; accepted are: ${accepted}\n`)
    return EXIT.usage
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    terminal.out(helpOf(command))
    return EXIT.done
  }
  try {
    return await command.run(rest, terminal)
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.err(`lab ${name}: ${oneLine(error.message)}\n`)
      return EXIT.usage
    }
    if (error instanceof CommandError) {
      terminal.err(`lab ${name}: ${oneLine(error.message)}\n`)
      return EXIT.no
    }
    throw error
  }
}
