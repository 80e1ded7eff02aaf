import type { ExperimentRequest } from '../../shared/contract.ts'
import { formatCount, formatDuration } from '../../shared/format.ts'
import type { RunRecord } from '../../shared/journal.ts'
import { JournalError } from '../journal/index.ts'
import { Lab, LabError, type LabOptions } from '../lab.ts'
import { defaultJournalPath } from '../user-data.ts'
import { CommandError, type ExitCode, type Terminal } from './command.ts'

/** The option of every command that touches the journal. */
export const JOURNAL_OPTION = { journal: { type: 'string' } } as const
export const JOURNAL_HELP = '  --journal FILE    the journal; default: the one that the window uses\n'

/** Opens the lab, lets `work` use it and closes it. @throws {CommandError} when the journal cannot be used. */
export async function withLab<Value>(
  options: Omit<LabOptions, 'journalPath'> & { readonly journal: string | undefined },
  work: (lab: Lab) => Promise<Value> | Value,
): Promise<Value> {
  try {
    const lab = new Lab({ ...options, journalPath: options.journal ?? defaultJournalPath() })
    try {
      return await work(lab)
    } finally {
      await lab.close()
    }
  } catch (error) {
    if (error instanceof JournalError || error instanceof LabError) throw new CommandError(error.message)
    throw error
  }
}

/** Makes the runs with progress on the terminal, then `use`s them; Ctrl+C cancels them and keeps what has finished. */
export async function runExperiment(
  journal: string | undefined,
  request: ExperimentRequest,
  terminal: Terminal,
  use: (runs: readonly RunRecord[], lab: Lab) => ExitCode,
): Promise<ExitCode> {
  return withLab(
    {
      journal,
      onProgress: ({ runId, operationsDone, operationsTotal, elapsedMs }) => {
        const share = operationsTotal === undefined ? '' : ` of ${formatCount(operationsTotal)}`
        terminal.progress(
          `run ${runId}: ${formatCount(operationsDone)}${share} operations, ${formatDuration(elapsedMs)}`,
        )
      },
    },
    async (lab) => {
      const { experimentId, finished } = lab.startExperiment(request)
      const cancel = (): void => {
        lab.cancelExperiment(experimentId)
      }
      process.once('SIGINT', cancel)
      const runs = await finished
      process.removeListener('SIGINT', cancel)
      terminal.progress('')
      return use(runs, lab)
    },
  )
}
