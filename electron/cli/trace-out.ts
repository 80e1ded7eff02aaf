import { Allocator } from '../allocator/allocator.ts'
import { KERNEL_MODELS } from '../allocator/models.ts'
import { NotSimulatedError } from '../allocator/not-simulated.ts'
import { ScenarioError } from '../scenario/c/run/scenario-error.ts'
import { loadGrammar } from '../scenario/c/syntax/parse.ts'
import { isCompiled, sourceOf } from '../scenario/source-of.ts'
import { TraceLengthError, TraceRecorder } from '../scenario/trace-recorder.ts'
import { formatCount, formatQuantity } from '../../shared/format.ts'
import { formatMachineFile } from '../../shared/machine-file.ts'
import { DEFAULT_MACHINE_ID } from '../../shared/machine.ts'
import { modelOf, modelTitle } from '../../shared/model-choice.ts'
import { scenarioName, type RunSpec } from '../../shared/run.ts'
import type { ScenarioBudgets } from '../../shared/scenario-budgets.ts'
import { DEFAULT_SEED, SEED_MAX } from '../../shared/scenario.ts'
import { LAB_VERSION } from '../version.ts'
import { BUDGET_OPTIONS, readBudgets } from './budget-options.ts'
import { chooseMachine } from './choose-machine.ts'
import { chooseModel } from './choose-model.ts'
import { chooseParameters, chooseScenario, SCENARIO_HELP } from './choose-scenario.ts'
import { CommandError, EXIT, readArguments, readWholeNumber, type Command, type Terminal } from './command.ts'
import { JOURNAL_HELP, JOURNAL_OPTION } from './experiment.ts'
import { TraceFile } from './trace-file.ts'

/** About a gigabyte of text. */
const REQUESTS_MAX = 100_000_000
const NEWEST = KERNEL_MODELS.at(-1)?.id ?? ''

export const traceOut: Command = {
  name: 'trace-out',
  synopsis:
    'SCENARIO [--out FILE] [--machine PRESET|FILE|NAME] [--seed N] [--param NAME=VALUE]… [--model ID|NAME|FILE] [--journal FILE]',
  summary: 'Writes the requests of a scenario as a trace, which "lab trace" replays.',
  help: `${SCENARIO_HELP}
  --out FILE            the trace; compressed when the name ends in .gz; default: standard output
  --machine PRESET|FILE|NAME
                        the machine; default: ${DEFAULT_MACHINE_ID}; see "lab machines"
  --seed N              of the random stream; default: ${DEFAULT_SEED}
  --param NAME=VALUE    a parameter of the scenario, repeatable; see "lab scenarios"
  --model ID|NAME|FILE  the kernel model that answers; default: ${NEWEST}; see "lab models"
  --max-operations N    requests that are written at most; default: ${REQUESTS_MAX}
  --max-live N, --max-seconds N  the other budgets of a text in C; see "lab run --help"
${JOURNAL_HELP}
The requests are those under --model. They are the same under every kernel model unless a scenario asks for something else
after a map that failed, or because of an address that it was given. The command says how many maps failed.
`,
  async run(args, terminal) {
    const { values, positionals } = readArguments(
      args,
      {
        out: { type: 'string' },
        machine: { type: 'string', default: DEFAULT_MACHINE_ID },
        seed: { type: 'string', default: String(DEFAULT_SEED) },
        param: { type: 'string', multiple: true, default: [] },
        model: { type: 'string', default: NEWEST },
        ...BUDGET_OPTIONS,
        ...JOURNAL_OPTION,
      },
      { min: 1, max: 1, names: 'one SCENARIO' },
    )
    const { model, journal } = values
    const seed = readWholeNumber(values.seed, '--seed', 0, SEED_MAX)
    const budgets = readBudgets({ ...values, 'max-operations': values['max-operations'] ?? String(REQUESTS_MAX) })
    const chosen = await chooseMachine(values)
    const scenario = await chooseScenario(positionals[0] ?? '', chosen.machine, journal, terminal)
    const parameters = chooseParameters(scenario, values.param)
    const spec = { ...scenario.spec, parameters, seed, ...chosen, ...(await chooseModel({ model, journal })) }
    if (isCompiled(spec)) await loadGrammar()
    const file = values.out === undefined ? undefined : new TraceFile(values.out)
    try {
      const written = record(
        spec,
        budgets,
        (part) => (file === undefined ? terminal.out(part) : file.write(part)),
        terminal,
      )
      file?.finish()
      terminal.progress('')
      terminal.err(summary(spec, written, file?.path ?? 'standard output'))
    } catch (error) {
      terminal.progress('')
      file?.discard()
      throw explained(error)
    }
    return EXIT.done
  },
}

function record(
  spec: RunSpec,
  budgets: ScenarioBudgets,
  write: (part: string) => void,
  terminal: Terminal,
): TraceRecorder {
  const allocator = new Allocator(spec.machine, modelOf(spec, KERNEL_MODELS))
  const recorder = new TraceRecorder(allocator, budgets.operations, (part) => {
    write(part)
    terminal.progress(`${formatCount(recorder.requests)} requests`)
  })
  write(heading(spec))
  sourceOf(spec, { budgets, clock: () => performance.now(), checkpoint: () => undefined }).issue(recorder)
  recorder.end()
  return recorder
}

/** Comments that say what the trace is of. */
function heading(spec: RunSpec): string {
  const inputs = [...Object.entries(spec.parameters).map(([name, value]) => `${name}=${value}`), `seed ${spec.seed}`]
  const lines = [
    `${scenarioName(spec)} (${inputs.join(', ')}) under ${modelTitle(spec)}, written by Vmap Lab ${LAB_VERSION}`,
    `machine ${spec.machineId}: ${formatMachineFile(spec.machine)}`,
  ]
  return lines.map((line) => `# ${line.replace(/\s+/g, ' ')}\n`).join('')
}

function summary(spec: RunSpec, { requests, failedMaps }: TraceRecorder, where: string): string {
  const written = `Wrote ${formatQuantity(requests, 'request')} to ${where}`
  if (failedMaps === 0) return `${written}. No map failed under ${spec.modelId}.\n`
  return `${written}. ${formatQuantity(failedMaps, 'map')} failed under ${spec.modelId}: under another kernel model a scenario may ask for something else then.\n`
}

/** What the user can do something about, as such. */
function explained(error: unknown): unknown {
  if (error instanceof TraceLengthError) return new CommandError(`${error.message}; --max-operations raises that`)
  if (error instanceof ScenarioError || error instanceof NotSimulatedError) return new CommandError(error.message)
  return error
}
