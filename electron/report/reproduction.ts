import type { RunRecord } from '../../shared/journal.ts'
import { formatMachineFile } from '../../shared/machine-file.ts'
import type { Machine } from '../../shared/machine.ts'
import { modelKey } from '../../shared/model-choice.ts'
import { CHOICE_NAMES, choiceEntries } from '../../shared/model-file.ts'
import { patch2015Runs } from '../../shared/published.ts'
import type { RunSpec } from '../../shared/run.ts'
import { isPreset } from '../../shared/saved-machine.ts'
import { cleanLine } from './clean-text.ts'
import type { Reproduction } from './model.ts'
import type { ScenarioFiles } from './scenario-files.ts'

const LAB = 'npm run -s lab --'

/** Machines that are no preset, each with the name of the file that the commands read it from. */
export class MachineFiles {
  readonly #names = new Map<string, string>()

  constructor(runs: readonly RunRecord[]) {
    for (const { spec } of runs) if (!isPreset(spec.machineId, spec.machine)) this.#add(spec.machine)
  }

  get all(): Reproduction['machineFiles'] {
    // Numbers only, so every comma ends a field, and a line break may follow
    return [...this.#names].map(([json, name]) => ({ name, json: json.replaceAll(',', ',\n ') }))
  }

  /** What `--machine` takes. */
  argument(spec: RunSpec): string {
    return this.#names.get(formatMachineFile(spec.machine)) ?? spec.machineId
  }

  #add(machine: Machine): void {
    const json = formatMachineFile(machine)
    if (this.#names.has(json)) return
    this.#names.set(json, this.#names.size === 0 ? 'machine.json' : `machine-${this.#names.size + 1}.json`)
  }
}

/** The files that commands read, by what they take their names for. */
export interface ReproductionFiles {
  readonly machines: MachineFiles
  readonly scenarios: ScenarioFiles
}

/** The command line that makes this run again. */
export function commandOf(spec: RunSpec, { machines, scenarios }: ReproductionFiles): string {
  const parameters = Object.entries(spec.parameters).map(([name, value]) => `--param ${shellWord(`${name}=${value}`)}`)
  return [
    `${LAB} run ${shellWord(scenarios.argument(spec))}`,
    ...modelArguments(spec),
    `--machine ${shellWord(machines.argument(spec))}`,
    `--seed ${spec.seed}`,
    ...parameters,
  ].join(' ')
}

/** A custom model as what it is: whoever repeats the run need not have it saved. */
function modelArguments({ modelId, custom }: RunSpec): string[] {
  if (custom === undefined) return [`--model ${shellWord(modelId)}`]
  const choices = choiceEntries(custom.choices).map(
    ([choice, value]) => `--${CHOICE_NAMES[choice].option} ${shellWord(String(value))}`,
  )
  return [`--model ${shellWord(custom.base)}`, ...choices]
}

/** `withTexts`: also the texts of programs, which the section `source` has otherwise. */
export function reproductionOf(
  runs: readonly RunRecord[],
  { machines, scenarios }: ReproductionFiles,
  withTexts: boolean,
): Reproduction {
  const versions = [...new Set(runs.map((run) => cleanLine(run.labVersion)))]
  const checkout = versions.length === 1 ? `Vmap Lab ${versions.join('')}` : 'the Vmap Lab version named with each run'
  const scenarioFiles = withTexts ? scenarios.all : []
  return {
    introduction: `Type the commands in a checkout of ${checkout}.${filesSentence(machines, scenarios)} Equal digests mean equal results, call by call.`,
    ...(isPublishedExperiment(runs) && { allAtOnce: `${LAB} reproduce` }),
    machineFiles: machines.all,
    scenarioFiles,
  }
}

function filesSentence(machines: MachineFiles, scenarios: ScenarioFiles): string {
  const kinds = [
    ...(machines.all.length > 0 ? ['machine'] : []),
    ...(scenarios.all.length > 0 ? ['scenario in C'] : []),
  ]
  return kinds.length === 0 ? '' : ` Save each ${kinds.join(' and each ')} of this report under its file name first.`
}

function isPublishedExperiment(runs: readonly RunRecord[]): boolean {
  const key = (spec: RunSpec): string =>
    JSON.stringify([spec.scenarioId, modelKey(spec), spec.parameters, spec.seed, formatMachineFile(spec.machine)])
  const made = new Set(runs.map((run) => key(run.spec)))
  const published = patch2015Runs().map(key)
  return made.size === published.length && published.every((wanted) => made.has(wanted))
}

/** A journal can hold what this version would refuse; nothing of it may act as more than a word in a shell. */
function shellWord(text: string): string {
  return /^[\w.+=:/-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}
