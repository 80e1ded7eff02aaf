import { checkScenario } from '../scenario/c/check-scenario.ts'
import { loadGrammar } from '../scenario/c/syntax/parse.ts'
import { findScenario, SCENARIO_PRESETS } from '../scenario/presets.ts'
import { formatQuantity, formatTime } from '../../shared/format.ts'
import type { SavedScenario } from '../../shared/saved-scenario.ts'
import type { ScenarioInfo, ScenarioParameter } from '../../shared/scenario.ts'
import { findSaved, readScenarioText, unknownScenario } from './choose-scenario.ts'
import {
  EXIT,
  readArguments,
  readWholeNumber,
  UsageError,
  type Command,
  type ExitCode,
  type Terminal,
} from './command.ts'
import { JOURNAL_HELP, JOURNAL_OPTION, savedScenarios, withLab } from './experiment.ts'
import { textTable } from './tables.ts'

const ACTIONS = ['save', 'export', 'versions', 'rename', 'delete'] as const

export const scenarios: Command = {
  name: 'scenarios',
  synopsis:
    '[--save FILE.c [--name N] | --export NAME [--version N] | --versions NAME | --rename NAME --name N | --delete NAME] [--json] [--journal FILE]',
  summary: "Lists the scenarios; saves, exports, renames and deletes scenarios of one's own.",
  help: `Without an action: the ready scenarios, and then the saved ones, which are texts in C, each with its parameters.

  --save FILE.c    saves a text under the name of the file, or as the newest version of the scenario that has this name
  --name N         saves it under another name
  --export NAME    prints the text of a ready or saved scenario
  --version N      prints an older version of a saved one
  --versions NAME  lists the versions of a saved scenario, newest first
  --rename NAME    gives a saved scenario the name of --name
  --delete NAME    deletes a saved scenario with all its versions; runs of it stay
  --json           data instead of text
${JOURNAL_HELP}`,
  async run(args, terminal) {
    const { values } = readArguments(
      args,
      {
        save: { type: 'string' },
        export: { type: 'string' },
        versions: { type: 'string' },
        rename: { type: 'string' },
        delete: { type: 'string' },
        name: { type: 'string' },
        version: { type: 'string' },
        json: { type: 'boolean', default: false },
        ...JOURNAL_OPTION,
      },
      { min: 0, max: 0, names: 'no argument' },
    )
    const actions = ACTIONS.filter((action) => values[action] !== undefined)
    if (actions.length > 1) throw new UsageError(`--${actions.join(' and --')} cannot be used together`)
    if (values.name !== undefined && values.save === undefined && values.rename === undefined) {
      throw new UsageError('--name goes with --save FILE.c or --rename NAME')
    }
    if (values.version !== undefined && values.export === undefined) {
      throw new UsageError('--version goes with --export NAME')
    }
    const work = { journal: values.journal, json: values.json, terminal }
    if (values.save !== undefined) return save(values.save, values.name, work)
    if (values.export !== undefined) return exportText(values.export, values.version, work)
    if (values.versions !== undefined) return listVersions(values.versions, work)
    if (values.rename !== undefined) return rename(values.rename, values.name, work)
    if (values.delete !== undefined) return deleteScenario(values.delete, work)
    return list(work)
  },
}

interface Work {
  readonly journal: string | undefined
  readonly json: boolean
  readonly terminal: Terminal
}

async function save(path: string, newName: string | undefined, { journal, json, terminal }: Work): Promise<ExitCode> {
  const { title, source } = readScenarioText(path)
  const name = newName ?? title
  await loadGrammar()
  return withLab({ journal }, (lab) => {
    const former = findSaved(name, lab.journal.savedScenarios())
    const saved = lab.saveScenario({ ...(former && { id: former.id }), name: former?.name ?? name, source })
    terminal.out(json ? `${JSON.stringify(savedAsData(saved))}\n` : savedAsText(saved))
    const same = former?.versions === saved.versions ? ', which has this text already' : ''
    terminal.err(`Saved in ${lab.journal.path}: ${saved.name}, version ${saved.versions}${same}\n`)
    return EXIT.done
  })
}

async function exportText(
  name: string,
  version: string | undefined,
  { journal, json, terminal }: Work,
): Promise<ExitCode> {
  const ready = version === undefined ? findScenario(name)?.info.source : undefined
  if (ready !== undefined) {
    terminal.out(json ? `${JSON.stringify({ name, source: ready })}\n` : ready)
    return EXIT.done
  }
  const { id, versions } = await chooseSaved('--export', name, journal)
  const wanted = version === undefined ? versions : readWholeNumber(version, '--version', 1, versions)
  return withLab({ journal }, (lab) => {
    const source = lab.journal.scenarioVersions(id).find((one) => one.version === wanted)?.source ?? ''
    terminal.out(json ? `${JSON.stringify({ name, version: wanted, source })}\n` : source)
    return EXIT.done
  })
}

async function listVersions(name: string, { journal, json, terminal }: Work): Promise<ExitCode> {
  const { id } = await chooseSaved('--versions', name, journal)
  return withLab({ journal }, (lab) => {
    const versions = lab.journal.scenarioVersions(id)
    const data = versions.map(({ version, savedAtMs, source }) => ({
      version,
      saved_at: new Date(savedAtMs).toISOString(),
      source,
    }))
    const rows = versions.map(({ version, savedAtMs, source }) => [
      String(version),
      formatTime(savedAtMs),
      String(source.replace(/\n$/, '').split('\n').length),
    ])
    terminal.out(
      json ? `${JSON.stringify(data)}\n` : textTable([['VERSION', 'SAVED', 'LINES'], ...rows], [true, false, true]),
    )
    return EXIT.done
  })
}

async function rename(name: string, newName: string | undefined, { journal, terminal }: Work): Promise<ExitCode> {
  if (newName === undefined) throw new UsageError('--name is missing: the new name')
  const found = await chooseSaved('--rename', name, journal)
  return withLab({ journal }, (lab) => {
    const renamed = lab.renameScenario(found.id, newName)
    terminal.err(`Renamed ${found.name} to ${renamed.name} in ${lab.journal.path}\n`)
    return EXIT.done
  })
}

async function deleteScenario(name: string, { journal, terminal }: Work): Promise<ExitCode> {
  const found = await chooseSaved('--delete', name, journal)
  return withLab({ journal }, (lab) => {
    lab.journal.deleteScenario(found.id)
    terminal.err(`Deleted ${found.name} from ${lab.journal.path}\n`)
    return EXIT.done
  })
}

/** @throws {UsageError} naming near names, or all. */
async function chooseSaved(option: string, name: string, journal: string | undefined): Promise<SavedScenario> {
  const saved = await savedScenarios(journal, true)
  const found = findSaved(name, saved)
  if (found !== undefined) return found
  throw unknownScenario(
    option,
    name,
    saved.map((one) => one.name),
  )
}

async function list({ journal, json, terminal }: Work): Promise<ExitCode> {
  const saved = await savedScenarios(journal, true)
  const ready = SCENARIO_PRESETS.map(({ info }) => info)
  await loadGrammar()
  if (json) terminal.out(`${JSON.stringify([...ready.map(readyAsData), ...saved.map(savedAsData)])}\n`)
  else terminal.out([...ready.map(readyAsText), ...saved.map(savedAsText)].join('\n'))
  return EXIT.done
}

function readyAsText({ id, description, parameters }: ScenarioInfo): string {
  return `${id}: ${description}\n${parametersAsText(parameters)}`
}

function readyAsData({ id, title, description, parameters, usesSeed, source }: ScenarioInfo): object {
  return { id, title, description, parameters, uses_seed: usesSeed, source }
}

/** Parameters and errors are those on the default machine. `loadGrammar` must have finished. */
function savedAsText({ name, source, versions, updatedAtMs }: SavedScenario): string {
  const { diagnostics, parameters } = checkScenario(source)
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length
  const wrong = errors === 0 ? '' : `, with ${formatQuantity(errors, 'error')}: "lab check" lists them`
  return `${name}: Saved ${formatTime(updatedAtMs)}, ${formatQuantity(versions, 'version')}${wrong}.\n${parametersAsText(parameters)}`
}

function savedAsData({ name, source, versions, updatedAtMs }: SavedScenario): object {
  const { diagnostics, parameters, usesSeed } = checkScenario(source)
  return {
    id: name,
    title: name,
    saved_at: new Date(updatedAtMs).toISOString(),
    versions,
    errors: diagnostics.filter(({ severity }) => severity === 'error').length,
    parameters: parameters.map(({ name: parameter, help, min, max, default: value }) => ({
      name: parameter,
      help,
      min,
      max,
      default: value,
    })),
    uses_seed: usesSeed,
    source,
  }
}

function parametersAsText(parameters: readonly ScenarioParameter[]): string {
  return parameters
    .map(
      ({ name, help, min, max, default: value }) =>
        `  ${name}=${value}  ${[help, `${min} to ${max}`].filter(Boolean).join(', ')}\n`,
    )
    .join('')
}
