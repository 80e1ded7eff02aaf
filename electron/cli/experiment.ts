import { statSync } from 'node:fs'
import type { ExperimentRequest } from '../../shared/contract.ts'
import { formatCount, formatDuration } from '../../shared/format.ts'
import type { RunRecord } from '../../shared/journal.ts'
import type { CustomModel } from '../../shared/policy.ts'
import type { SavedScenario } from '../../shared/saved-scenario.ts'
import { DEFAULT_BUDGETS, type ScenarioBudgets } from '../../shared/scenario-budgets.ts'
import type { SavedMachine } from '../../shared/saved-machine.ts'
import { JournalError } from '../journal/index.ts'
import { Lab, LabError, type LabOptions } from '../lab.ts'
import { defaultJournalPath } from '../user-data.ts'
import { CommandError, type ExitCode, type Terminal } from './command.ts'

/** The option of every command that touches the journal. */
export const JOURNAL_OPTION = { journal: { type: 'string' } } as const
export const JOURNAL_HELP = '  --journal FILE    the journal; default: the one that the window uses\n'

/** What asks a command to stop: Ctrl+C, a polite kill, a terminal that is closed. */
export const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Opens the lab, lets `work` use it and closes it. @throws {CommandError} when the journal cannot be used. */
export async function withLab<Value>(
  options: Omit<LabOptions, 'journalPath'> & {
    readonly journal: string | undefined
    /** A command that only reads must not make a journal where there is none. */
    readonly mustExist?: boolean
  },
  work: (lab: Lab) => Promise<Value> | Value,
): Promise<Value> {
  const journalPath = options.journal ?? defaultJournalPath()
  // The default journal is made with the first run; one that is named is expected to be there
  if (options.mustExist === true && options.journal !== undefined && !isFilled(journalPath)) {
    throw new CommandError(
      `there is no journal ${journalPath}; "lab reproduce --journal ${journalPath}" would make one`,
    )
  }
  try {
    const lab = new Lab({ ...options, journalPath })
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

/** The models that are saved in the journal. @throws {CommandError} as `readSaved`. */
export function savedModels(journal: string | undefined, mustExist = false): Promise<readonly CustomModel[]> {
  return readSaved(journal, mustExist, (lab) => lab.customModels())
}

/** The machines that are saved in the journal. @throws {CommandError} as `readSaved`. */
export function savedMachines(journal: string | undefined, mustExist = false): Promise<readonly SavedMachine[]> {
  return readSaved(journal, mustExist, (lab) => lab.machines.all())
}

/** The scenarios that are saved in the journal. @throws {CommandError} as `readSaved`. */
export function savedScenarios(journal: string | undefined, mustExist = false): Promise<readonly SavedScenario[]> {
  return readSaved(journal, mustExist, (lab) => lab.journal.savedScenarios())
}

/**
 * What is saved in the journal; nothing where there is no journal yet, which is not made for this.
 * @throws {CommandError} for a named journal that `mustExist` and does not.
 */
async function readSaved<Item>(
  journal: string | undefined,
  mustExist: boolean,
  read: (lab: Lab) => readonly Item[],
): Promise<readonly Item[]> {
  const named = mustExist && journal !== undefined
  if (!named && !isFilled(journal ?? defaultJournalPath())) return []
  return withLab({ journal, mustExist }, read)
}

function isFilled(path: string): boolean {
  return (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0
}

/** Makes the runs with progress on the terminal, then `use`s them; Ctrl+C cancels them and keeps what has finished. */
export async function runExperiment(
  journal: string | undefined,
  request: ExperimentRequest,
  terminal: Terminal,
  use: (runs: readonly RunRecord[], lab: Lab) => ExitCode | Promise<ExitCode>,
  budgets: ScenarioBudgets = DEFAULT_BUDGETS,
): Promise<ExitCode> {
  return withLab(
    {
      journal,
      budgets: () => budgets,
      onProgress: ({ runId, operationsDone, operationsTotal, elapsedMs }) => {
        const share = operationsTotal === undefined ? '' : ` of ${formatCount(operationsTotal)}`
        terminal.progress(
          `run ${runId}: ${formatCount(operationsDone)}${share} operations, ${formatDuration(elapsedMs)}`,
        )
      },
    },
    async (lab) => {
      const { experimentId, finished } = await lab.startExperiment(request)
      const cancel = (): void => {
        lab.cancelExperiment(experimentId)
      }
      for (const signal of STOP_SIGNALS) process.once(signal, cancel)
      const runs = await finished
      for (const signal of STOP_SIGNALS) process.removeListener(signal, cancel)
      terminal.progress('')
      return use(runs, lab)
    },
  )
}
