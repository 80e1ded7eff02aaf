import { COUNT_LABELS, COUNT_NAMES } from '../../shared/counts.ts'
import { formatDuration } from '../../shared/format.ts'
import type { RunRecord } from '../../shared/journal.ts'
import { machineAsData } from '../../shared/machine-file.ts'
import { DEFAULT_MACHINE_ID, type Machine } from '../../shared/machine.ts'
import { modelTitle } from '../../shared/model-choice.ts'
import { blocksListed, scenarioName } from '../../shared/run.ts'
import { DEFAULT_SEED, SEED_MAX } from '../../shared/scenario.ts'
import type { Lab } from '../lab.ts'
import { modelAsData } from '../exchange/model-file.ts'
import { chooseModel } from './choose-model.ts'
import { mapCountRows, mapCountsAsJson } from './map-counts.ts'
import { BUDGET_HELP, BUDGET_OPTIONS, readBudgets } from './budget-options.ts'
import { chooseMachine } from './choose-machine.ts'
import { chooseParameters, chooseScenario, SCENARIO_HELP, TRACE_HELP } from './choose-scenario.ts'
import { EXIT, readArguments, readWholeNumber, type Command, type ExitCode } from './command.ts'
import { JOURNAL_HELP, JOURNAL_OPTION, runExperiment } from './experiment.ts'
import { POLICY_HELP, POLICY_OPTIONS } from './policy-options.ts'
import { textTable } from './tables.ts'

export const run: Command = {
  name: 'run',
  synopsis:
    'SCENARIO --model ID|NAME|FILE [CHOICE…] [--machine PRESET|FILE|NAME] [--seed N] [--param NAME=VALUE]… [BUDGET…] [--json] [--journal FILE]',
  summary: 'Runs one scenario under one kernel model and records it.',
  help: `${SCENARIO_HELP}${TRACE_HELP}
  --model ID|NAME|FILE  the kernel model: a release, a saved model or a model file; see "lab models"
  --machine PRESET|FILE|NAME
                        the machine: a preset, a machine file or a saved machine; default: ${DEFAULT_MACHINE_ID}; see "lab machines"
  --seed N              of the random stream; default: ${DEFAULT_SEED}
  --param NAME=VALUE    a parameter of the scenario, repeatable; see "lab scenarios"
  --json                data instead of a table
${JOURNAL_HELP}
Budgets end the run of a text in C:
${BUDGET_HELP}
Choices change a release for this run, which is then experimental:
${POLICY_HELP}`,
  async run(args, terminal) {
    const { values, positionals } = readArguments(
      args,
      {
        model: { type: 'string' },
        ...POLICY_OPTIONS,
        machine: { type: 'string', default: DEFAULT_MACHINE_ID },
        seed: { type: 'string', default: String(DEFAULT_SEED) },
        param: { type: 'string', multiple: true, default: [] },
        json: { type: 'boolean' },
        ...BUDGET_OPTIONS,
        ...JOURNAL_OPTION,
      },
      { min: 1, max: 1, names: 'one SCENARIO' },
    )
    const seed = readWholeNumber(values.seed, '--seed', 0, SEED_MAX)
    const budgets = readBudgets(values)
    const chosen = await chooseMachine(values)
    const scenario = await chooseScenario(positionals[0] ?? '', chosen.machine, values.journal, terminal)
    const parameters = chooseParameters(scenario, values.param)
    const spec = { ...scenario.spec, parameters, seed, ...chosen, ...(await chooseModel(values)) }
    const request = { title: `${scenario.title}, ${spec.modelId}`, question: '', runs: [spec] }
    const use = ([record]: readonly RunRecord[], lab: Lab): ExitCode => {
      if (record === undefined) throw new Error('The experiment ended without its run.')
      if (values.json) terminal.out(`${JSON.stringify(runAsJson(record))}\n`)
      else terminal.out(runAsText(record))
      terminal.err(`Journal: ${lab.journal.path}, run ${record.id}\n`)
      return record.status === 'finished' ? EXIT.done : EXIT.no
    }
    return runExperiment(values.journal, request, terminal, use, budgets)
  },
}

/** A run as data; `counts` in the golden files' form. */
export function runAsJson(record: RunRecord): object {
  const { spec, result } = record
  return {
    run: record.id,
    status: record.status,
    ...(record.failure !== undefined && { failure: record.failure }),
    scenario: spec.scenarioId,
    ...(spec.program && { program: spec.program.title }),
    parameters: spec.parameters,
    seed: spec.seed,
    model: spec.modelId,
    ...(spec.custom && { custom_model: modelAsData(spec.custom) }),
    machine: machineAsJson(spec.machineId, spec.machine),
    lab_version: record.labVersion,
    ...(result && {
      counts: result.counts,
      operations: result.operations,
      live_blocks_max: result.liveBlocksMax,
      blocks_listed: blocksListed(result),
      ...mapCountsAsJson(result),
      digest: result.digest,
      elapsed_ms: result.elapsedMs,
    }),
  }
}

export function machineAsJson(id: string, machine: Machine): object {
  return { id, ...machineAsData(machine) }
}

export function runAsText(record: RunRecord): string {
  const { spec, result } = record
  const inputs = [...Object.entries(spec.parameters).map(([name, value]) => `${name}=${value}`), `seed ${spec.seed}`]
  const title = `Run ${record.id}: ${scenarioName(spec)} (${inputs.join(', ')}) under ${modelTitle(spec)} on ${spec.machineId}\n`
  if (result === undefined)
    return `${title}${record.status}${record.failure === undefined ? '' : `: ${record.failure}`}\n`
  const rows = COUNT_NAMES.map((name) => [`  ${COUNT_LABELS[name].label}`, String(result.counts[name])])
  const more = [
    ['  Most blocks at once', String(result.liveBlocksMax)],
    ['  Blocks left listed', String(blocksListed(result))],
  ]
  const distributions = mapCountRows(result).map(([label = '', figure = '']) => [`  ${label}`, figure])
  const table = textTable([...rows, ...more, ...distributions], [false, true])
  return `${title}${table}  digest ${result.digest}, ${result.operations} operations in ${formatDuration(result.elapsedMs)}\n`
}
