import { Allocator } from '../allocator/allocator.ts'
import { KERNEL_MODELS } from '../allocator/models.ts'
import { NotSimulatedError } from '../allocator/not-simulated.ts'
import { ScenarioError } from '../scenario/c/run/scenario-error.ts'
import { EndlessSpace, TraceWriter } from '../scenario/trace-writer.ts'
import { DEFAULT_MACHINE_ID, type Machine } from '../../shared/machine.ts'
import { modelOf } from '../../shared/model-choice.ts'
import type { RequestSink, RequestSource } from '../../shared/requests.ts'
import { DEFAULT_BUDGETS } from '../../shared/scenario-budgets.ts'
import { DEFAULT_SEED, SEED_MAX } from '../../shared/scenario.ts'
import { chooseMachine, chooseParameters } from './choices.ts'
import { chooseModel } from './choose-model.ts'
import { chooseWorkload } from './choose-workload.ts'
import { CommandError, EXIT, readArguments, readWholeNumber, type Command, type Terminal } from './command.ts'
import { JOURNAL_HELP, JOURNAL_OPTION } from './experiment.ts'
import { openWhole } from './files.ts'
import { POLICY_OPTIONS } from './policy-options.ts'

export const traceOut: Command = {
  name: 'trace-out',
  synopsis:
    'SCENARIO|FILE.c [--trace-out FILE] [--machine PRESET|FILE] [--model ID|NAME|FILE] [--seed N] [--param NAME=VALUE]…',
  summary: 'Writes the requests of a scenario as a trace that "lab trace" replays.',
  help: `Without a model every map succeeds. A scenario that looks for failed maps may ask for something else under a model.

  --trace-out FILE         where the trace goes; default: standard output
  --machine PRESET|FILE    the machine; default: ${DEFAULT_MACHINE_ID}
  --model ID|NAME|FILE     the kernel model that answers the requests; see "lab models"
  --seed N                 of the random stream; default: ${DEFAULT_SEED}
  --param NAME=VALUE       a parameter of the scenario, repeatable
  --operations-max N       stop a scenario in C after so many; default: ${DEFAULT_BUDGETS.operations}
${JOURNAL_HELP}`,
  async run(args, terminal) {
    const { values, positionals } = readArguments(
      args,
      {
        'trace-out': { type: 'string' },
        machine: { type: 'string', default: DEFAULT_MACHINE_ID },
        model: { type: 'string' },
        seed: { type: 'string', default: String(DEFAULT_SEED) },
        param: { type: 'string', multiple: true, default: [] },
        'operations-max': { type: 'string', default: String(DEFAULT_BUDGETS.operations) },
        ...POLICY_OPTIONS,
        ...JOURNAL_OPTION,
      },
      { min: 1, max: 1, names: 'one SCENARIO or FILE.c' },
    )
    const { machine } = chooseMachine(values.machine)
    const workload = await chooseWorkload(positionals[0] ?? '', machine)
    const parameters = chooseParameters(workload.info, values.param)
    const seed = readWholeNumber(values.seed, '--seed', 0, SEED_MAX)
    const operations = readWholeNumber(values['operations-max'], '--operations-max', 1, Number.MAX_SAFE_INTEGER)
    const source = workload.source(parameters, seed, { ...DEFAULT_BUDGETS, operations })
    const target = values.model === undefined ? new EndlessSpace() : await allocatorFor(values, machine)
    writeTrace(source, target, values['trace-out'], terminal, workload.info.id)
    return EXIT.done
  },
}

async function allocatorFor(values: Parameters<typeof chooseModel>[0], machine: Machine): Promise<Allocator> {
  return new Allocator(machine, modelOf(await chooseModel(values), KERNEL_MODELS))
}

/** @throws {CommandError} when the scenario cannot go on; a file is then left as it was. */
function writeTrace(
  source: RequestSource,
  target: RequestSink,
  path: string | undefined,
  terminal: Terminal,
  name: string,
): void {
  const file = path === undefined ? undefined : openWhole(path)
  const writer = new TraceWriter(target, (text) => {
    if (file === undefined) terminal.out(text)
    else file.write(text)
  })
  try {
    source.issue(writer)
    writer.end()
  } catch (error) {
    file?.abandon()
    if (error instanceof ScenarioError) throw new CommandError(`${name}, ${error.message}`)
    if (error instanceof NotSimulatedError) throw new CommandError(error.message)
    throw error
  }
  const written = file?.finish()
  if (written !== undefined) terminal.err(`Trace: ${written}\n`)
}
