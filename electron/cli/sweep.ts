import { formatCount, formatDuration } from '../../shared/format.ts'
import { DEFAULT_MACHINE_ID, MACHINE_PRESETS } from '../../shared/machine.ts'
import type { ModelChoice } from '../../shared/model-choice.ts'
import { SEED_MAX } from '../../shared/scenario.ts'
import { cellCount, parseValues, SWEEP_RUNS_MAX, type ParameterAxis, type SweepRequest } from '../../shared/sweep.ts'
import type { CellAnalysis } from '../../shared/sweep-analysis.ts'
import type { SweepProgress, SweepRecord } from '../../shared/sweep-record.ts'
import { planSentence } from '../../shared/sweep-words.ts'
import type { Lab } from '../lab.ts'
import type { StartedSweep } from '../lab/sweeps.ts'
import { BUDGET_HELP, BUDGET_OPTIONS, readBudgets } from './budget-options.ts'
import { chooseMachine } from './choose-machine.ts'
import { chooseModel } from './choose-model.ts'
import { chooseScenario, SCENARIO_HELP } from './choose-scenario.ts'
import {
  EXIT,
  readArguments,
  readWholeNumber,
  UsageError,
  type Command,
  type ExitCode,
  type Terminal,
} from './command.ts'
import { JOURNAL_HELP, JOURNAL_OPTION, STOP_SIGNALS, withLab } from './experiment.ts'
import { sweepAsJson, sweepAsText } from './sweep-tables.ts'

const DEFAULT_SEEDS = '100'
/** Cells whose statistics are printed as a table; all are in the data. */
const PRINTED_CELLS_MAX = 20

/** What a new sweep is made from. */
interface SweepArguments {
  readonly models?: string | undefined
  readonly seeds: string
  readonly 'first-seed': string
  readonly machine?: string[] | undefined
  readonly param: string[]
  readonly journal?: string | undefined
}

export const sweep: Command = {
  name: 'sweep',
  synopsis:
    'SCENARIO --models A,B [--seeds N] [--first-seed N] [--param NAME=VALUES]… [--machine PRESET|FILE|NAME]… [BUDGET…] [--plan] [--json] [--journal FILE]\nlab sweep --resume ID [--json] [--journal FILE]',
  summary:
    'Runs a scenario under several seeds, parameters, machines and kernel models, and compares them seed by seed.',
  help: `${SCENARIO_HELP}
  --models A,B          kernel models, separated by commas; each is compared with the first; see "lab models"
  --seeds N             how many seeds, one after the other; default: ${DEFAULT_SEEDS}
  --first-seed N        the first of them; default: 0
  --param NAME=VALUES   a parameter with one value or several: 64,128 or FROM..TO or FROM..TO:STEP, repeatable
  --machine PRESET|FILE|NAME
                        a machine, repeatable; default: ${DEFAULT_MACHINE_ID}; see "lab machines"
  --plan                only says how many runs it is and how long they take, measured
  --resume ID           makes what is missing of a sweep that was cancelled, interrupted or failed
  --json                data instead of tables
${JOURNAL_HELP}
Ctrl+C keeps the runs that are made. Budgets end each run of a text in C:
${BUDGET_HELP}`,
  async run(args, terminal) {
    const { values, positionals } = readArguments(
      args,
      {
        models: { type: 'string' },
        seeds: { type: 'string', default: DEFAULT_SEEDS },
        'first-seed': { type: 'string', default: '0' },
        machine: { type: 'string', multiple: true },
        param: { type: 'string', multiple: true, default: [] },
        resume: { type: 'string' },
        plan: { type: 'boolean' },
        json: { type: 'boolean' },
        ...BUDGET_OPTIONS,
        ...JOURNAL_OPTION,
      },
      { min: 0, max: 1, names: 'one SCENARIO' },
    )
    const [name] = positionals
    const resumed = values.resume === undefined ? undefined : readWholeNumber(values.resume, '--resume', 1, 2 ** 31)
    if ((name === undefined) === (resumed === undefined)) {
      throw new UsageError('expected one SCENARIO, or --resume with the number of a sweep')
    }
    const request = name === undefined ? undefined : await readRequest(name, values, terminal)
    const { journal } = values
    const budgets = readBudgets(values)
    const onSweepProgress = (progress: SweepProgress): void => {
      terminal.progress(progressLine(progress))
    }
    return withLab(
      { journal, budgets: () => budgets, onSweepProgress, mustExist: resumed !== undefined },
      async (lab) => {
        if (request !== undefined && values.plan === true) {
          terminal.out(`${planSentence(await lab.sweeps.plan(request), request)}\n`)
          return EXIT.done
        }
        const started = request === undefined ? lab.sweeps.resume(resumed ?? 0) : await lab.sweeps.start(request)
        const ended = await untilEnded(lab, started)
        terminal.progress('')
        return tell(lab, ended, values.json === true, terminal)
      },
    )
  },
}

async function readRequest(name: string, values: SweepArguments, terminal: Terminal): Promise<SweepRequest> {
  const { journal } = values
  if (values.models === undefined) throw new UsageError('--models is missing; see "lab models"')
  const models: ModelChoice[] = []
  for (const model of values.models.split(',')) models.push(await chooseModel({ model: model.trim(), journal }))
  const machines = []
  for (const machine of values.machine ?? [DEFAULT_MACHINE_ID]) machines.push(await chooseMachine({ machine, journal }))
  const machine = machines[0]?.machine ?? MACHINE_PRESETS[0]?.machine
  if (machine === undefined) throw new UsageError('--machine is missing')
  const scenario = await chooseScenario(name, machine, journal, terminal)
  const swept = values.param.map(readAxis)
  return {
    ...{ title: scenario.title, question: '', ...scenario.spec, models, machines },
    parameters: Object.fromEntries(
      swept.filter(isSingle).map(({ name: parameter, values: [value] }) => [parameter, value ?? 0]),
    ),
    axes: swept.filter((axis) => !isSingle(axis)),
    seeds: {
      first: readWholeNumber(values['first-seed'], '--first-seed', 0, SEED_MAX),
      count: readWholeNumber(values.seeds, '--seeds', 1, SWEEP_RUNS_MAX),
    },
  }
}

function isSingle({ values }: ParameterAxis): boolean {
  return values.length === 1
}

function readAxis(argument: string): ParameterAxis {
  const [, name, text = ''] = /^([^=]+)=(.+)$/.exec(argument) ?? []
  const values = name === undefined ? `accepted is NAME=VALUES, as iters=1000..5000:1000` : parseValues(text)
  if (name === undefined || typeof values === 'string') throw new UsageError(`--param "${argument}": ${String(values)}`)
  return { name, values }
}

/** Ctrl+C cancels the sweep and keeps what has been made. */
async function untilEnded(lab: Lab, { sweepId, finished }: StartedSweep): Promise<SweepRecord> {
  const cancel = (): void => {
    lab.sweeps.cancel(sweepId)
  }
  for (const signal of STOP_SIGNALS) process.once(signal, cancel)
  try {
    return await finished
  } finally {
    for (const signal of STOP_SIGNALS) process.removeListener(signal, cancel)
  }
}

async function tell(lab: Lab, ended: SweepRecord, asJson: boolean, terminal: Terminal): Promise<ExitCode> {
  const cells = cellCount(ended.definition)
  const shown = asJson ? cells : Math.min(cells, PRINTED_CELLS_MAX)
  const analyses: CellAnalysis[] = []
  for (let cell = 0; cell < shown; cell += 1) analyses.push(await lab.sweeps.analyse(ended.id, cell))
  if (asJson) terminal.out(`${JSON.stringify(sweepAsJson(ended, analyses))}\n`)
  else terminal.out(sweepAsText(ended, analyses))
  if (shown < cells) terminal.err(`Shown are the first ${shown} of ${cells} cells; --json has all.\n`)
  terminal.err(`Journal: ${lab.journal.path}, sweep ${ended.id}\n`)
  if (ended.status === 'finished') return EXIT.done
  terminal.err(`Sweep ${ended.id} is ${ended.status}; "lab sweep --resume ${ended.id}" makes the rest.\n`)
  return EXIT.no
}

function progressLine({ sweepId, runs, runsDone, runsMade, elapsedMs }: SweepProgress): string {
  const left = runsMade === 0 ? '' : `, ${formatDuration((elapsedMs / runsMade) * (runs - runsDone))} left`
  return `sweep ${sweepId}: ${formatCount(runsDone)} of ${formatCount(runs)} runs${left}`
}
