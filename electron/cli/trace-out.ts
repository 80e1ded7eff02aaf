import { KERNEL_MODELS } from '../allocator/models.ts'
import { loadGrammar } from '../scenario/c/syntax/parse.ts'
import { isCompiled } from '../scenario/source-of.ts'
import { DEFAULT_MACHINE_ID } from '../../shared/machine.ts'
import { DEFAULT_SEED, SEED_MAX } from '../../shared/scenario.ts'
import { BUDGET_OPTIONS, readBudgets } from './budget-options.ts'
import { chooseMachine } from './choose-machine.ts'
import { chooseModel } from './choose-model.ts'
import { chooseParameters, chooseScenario, SCENARIO_HELP } from './choose-scenario.ts'
import { EXIT, readArguments, readWholeNumber, type Command } from './command.ts'
import { JOURNAL_HELP, JOURNAL_OPTION } from './experiment.ts'
import { REQUESTS_MAX, writeTrace } from './record-trace.ts'
import { TraceFile } from './trace-file.ts'

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
after a map that failed, or because of an address that it was given. The command says how many maps failed. "lab run" writes
the trace of its own run with --trace-out FILE.
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
    writeTrace(spec, { budgets, requests: budgets.operations }, file, terminal)
    return EXIT.done
  },
}
