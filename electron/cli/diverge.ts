import { formatCount, formatQuantity } from '../../shared/format.ts'
import { DEFAULT_MACHINE_ID } from '../../shared/machine.ts'
import { modelKey, modelTitle, type ModelChoice } from '../../shared/model-choice.ts'
import { choiceText, divergenceDiagram, divergenceText } from '../../shared/replay-text.ts'
import { REPLAYS_MAX, type Divergence, type DivergenceSide, type Lockstep } from '../../shared/replay.ts'
import { scenarioName, type RunSpec } from '../../shared/run.ts'
import type { ScenarioBudgets } from '../../shared/scenario-budgets.ts'
import { DEFAULT_SEED, SEED_MAX } from '../../shared/scenario.ts'
import { openTrace } from '../exchange/recorded-trace.ts'
import { wrap } from '../report/text/wrap.ts'
import { inlineWholeRequests } from '../runner/inlining.ts'
import { followInLockstep } from '../runner/replay/lockstep.ts'
import { openReplays } from '../runner/replay/open-replays.ts'
import { loadGrammar } from '../scenario/c/syntax/parse.ts'
import { hasLines } from '../scenario/source-of.ts'
import { BUDGET_HELP, BUDGET_OPTIONS, readBudgets } from './budget-options.ts'
import { chooseMachine } from './choose-machine.ts'
import { chooseModel } from './choose-model.ts'
import { chooseParameters, chooseScenario, SCENARIO_HELP, TRACE_HELP } from './choose-scenario.ts'
import { EXIT, readArguments, readWholeNumber, UsageError, type Command, type Terminal } from './command.ts'
import { JOURNAL_HELP, JOURNAL_OPTION } from './experiment.ts'
import { machineAsJson } from './run.ts'

const LATER_SHOWN = 5

export const diverge: Command = {
  name: 'diverge',
  synopsis:
    'SCENARIO --models A,B[,…] [--machine PRESET|FILE|NAME] [--seed N] [--param NAME=VALUE]… [BUDGET…] [--json] [--journal FILE]',
  summary: 'Finds the first map for which kernel models choose differently, and says why.',
  help: `${SCENARIO_HELP}${TRACE_HELP}
  --models A,B[,…]      the kernel models, 2 to ${REPLAYS_MAX}: releases, saved models or model files; see "lab models"
  --machine PRESET|FILE|NAME
                        the machine; default: ${DEFAULT_MACHINE_ID}; see "lab machines"
  --seed N              of the random stream; default: ${DEFAULT_SEED}
  --param NAME=VALUE    a parameter of the scenario, repeatable; see "lab scenarios"
  --json                data instead of text
${JOURNAL_HELP}
Budgets end the run of a text in C:
${BUDGET_HELP}
Models choose the same for a map when both take the same slots of the same block, the how many-th that each has allocated, or
when both take an area of its own, or when both fail. Addresses and places on the free list do not matter, and are told apart.
Exit status: 0 when the models diverge, 1 when they do not. Nothing is recorded in the journal; saved models are read from it.
`,
  async run(args, terminal) {
    const { values, positionals } = readArguments(
      args,
      {
        models: { type: 'string' },
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
    const choices = await chooseModels(values.models, values.journal)
    const chosen = await chooseMachine(values)
    const scenario = await chooseScenario(positionals[0] ?? '', chosen.machine, values.journal, terminal)
    const parameters = chooseParameters(scenario, values.param)
    const specs = choices.map((choice): RunSpec => ({ ...scenario.spec, parameters, seed, ...chosen, ...choice }))
    if (specs.some(hasLines)) await loadGrammar()
    const lockstep = follow(specs, budgets, terminal)
    const [spec] = specs
    if (spec === undefined) throw new Error('there is no model to follow')
    terminal.out(values.json ? `${JSON.stringify(asJson(spec, lockstep))}\n` : asText(specs, lockstep))
    return lockstep.first === undefined && lockstep.requestsPart === undefined ? EXIT.no : EXIT.done
  },
}

/** @throws {UsageError} naming what is accepted. */
async function chooseModels(given: string | undefined, journal: string | undefined): Promise<readonly ModelChoice[]> {
  const names = (given ?? '').split(',').map((name) => name.trim())
  if (names.length < 2 || names.length > REPLAYS_MAX || names.includes('')) {
    throw new UsageError(
      `--models is "${given ?? ''}"; accepted are 2 to ${REPLAYS_MAX} models with commas between them, as v4.0,v4.1`,
    )
  }
  const choices: ModelChoice[] = []
  for (const model of names) choices.push(await chooseModel({ model, journal }))
  const keys = choices.map(modelKey)
  const twice = choices.find((_, place) => keys.indexOf(keys[place] ?? '') !== place)
  if (twice !== undefined) throw new UsageError(`--models names ${twice.modelId} twice; accepted are different models`)
  return choices
}

/** Makes the run under each model, and then all of them together. */
function follow(specs: readonly RunSpec[], budgets: ScenarioBudgets, terminal: Terminal): Lockstep {
  inlineWholeRequests()
  const never = (): boolean => false
  const tell = (what: string, done: number, total: number | undefined): void => {
    const share = total === undefined ? '' : ` of ${formatCount(total)}`
    terminal.progress(`${what}: ${formatCount(done)}${share} operations`)
  }
  const replays = openReplays(specs, {
    ...{ budgets, openTrace, cancelled: never, clock: () => performance.now() },
    onProgress: (position, done, total) => tell(specs[position]?.modelId ?? '', done, total),
  })
  if (replays === undefined) throw new Error('nobody cancelled this')
  const lockstep = followInLockstep(replays, {
    cancelled: never,
    onProgress: (done, total) => tell('together', done, total),
  })
  terminal.progress('')
  if (lockstep === undefined) throw new Error('nobody cancelled this')
  return lockstep
}

function asText(specs: readonly RunSpec[], lockstep: Lockstep): string {
  const [spec] = specs
  if (spec === undefined) return ''
  const inputs = [...Object.entries(spec.parameters).map(([name, value]) => `${name}=${value}`), `seed ${spec.seed}`]
  const title = `${scenarioName(spec)} (${inputs.join(', ')}) on ${spec.machineId} under ${specs.map(modelTitle).join(', ')}: ${formatQuantity(lockstep.operations, 'operation')}`
  const paragraphs = [title, ...divergenceText(lockstep)].map((sentence) => wrap(sentence).join('\n'))
  return `${[...paragraphs, ...diagrams(lockstep), ...laterLines(lockstep)].join('\n\n')}\n`
}

/** The free lists that the models had before they diverged. */
function diagrams({ first, slotsPerBlock }: Lockstep): readonly string[] {
  if (first === undefined) return []
  return first.sides.map((side) => {
    const heading = `${side.modelId}, CPU ${side.last.cpu}, before: ${formatQuantity(side.before.length, 'block')} listed`
    return [heading, ...divergenceDiagram(side, slotsPerBlock)].join('\n')
  })
}

const LATER_WORDS = { 'new-block': 'allocates a block', failure: 'fails', purge: 'purges or drains' } as const

function laterLines({ models, later, laterTotal }: Lockstep): readonly string[] {
  if (later.length === 0) return []
  const lines = later.slice(0, LATER_SHOWN).map(({ operation, kind, sides }) => {
    const names = sides.map((place) => models[place] ?? '')
    return `  operation ${formatCount(operation)}: only ${names.join(', ')} ${LATER_WORDS[kind]}`
  })
  const more = laterTotal > LATER_SHOWN ? [`  and ${formatCount(laterTotal - LATER_SHOWN)} more`] : []
  return [['Later:', ...lines, ...more].join('\n')]
}

function asJson(spec: RunSpec, lockstep: Lockstep): object {
  const { models, operations, requestsPart, first, blocksPart, problems, later } = lockstep
  return {
    scenario: spec.scenarioId,
    ...(spec.program && { program: spec.program.title }),
    ...{ parameters: spec.parameters, seed: spec.seed, machine: machineAsJson(spec.machineId, spec.machine), models },
    operations,
    problems: problems.map((problem) => problem ?? null),
    requests_part: requestsPart ?? null,
    first: first === undefined ? null : divergenceAsJson(first, lockstep),
    blocks_part: blocksPart === undefined ? null : divergenceAsJson(blocksPart, lockstep),
    addresses_part: lockstep.addressesPart ?? null,
    walks_part: lockstep.walksPart ?? null,
    different_choices: lockstep.differentChoices,
    later_total: lockstep.laterTotal,
    later,
    explanation: divergenceText(lockstep),
  }
}

function divergenceAsJson({ operation, map, sides }: Divergence, { slotsPerBlock }: Lockstep): object {
  return { operation, map, sides: sides.map((side) => sideAsJson(side, slotsPerBlock)) }
}

function sideAsJson(side: DivergenceSide, slotsPerBlock: number): object {
  const { modelId, choice, last, before, position } = side
  return {
    model: modelId,
    choice: choiceText(side),
    kind: choice.kind,
    ...(choice.kind === 'slots' && { block_ordinal: choice.ordinal, slot: choice.slot, new_block: choice.isNew }),
    block_index: last.served?.block ?? null,
    list_position: position ?? null,
    list_length: before.length,
    list_head: before.head,
    pages: last.pages,
    cpu: last.cpu,
    line: last.line ?? null,
    nodes_visited: last.visitedNodes,
    walks: last.walks.map(({ slotsNeeded, lookedTotal, taken, first }) => ({
      ...{ slots_needed: slotsNeeded, looked: lookedTotal, taken: taken?.[0] ?? null, first },
    })),
    events: last.events,
    diagram: divergenceDiagram(side, slotsPerBlock),
  }
}
