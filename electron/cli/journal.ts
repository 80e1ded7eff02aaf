import { formatTime } from '../../shared/format.ts'
import { FIELD_HELP, parseQuery, problemText } from '../../shared/journal-query/index.ts'
import type { ExperimentSummary, RunSummary } from '../../shared/journal.ts'
import { distinctModels, experimentalNote } from '../../shared/model-choice.ts'
import { scenarioName } from '../../shared/run.ts'
import { modelAsData } from '../exchange/model-file.ts'
import { CommandError, EXIT, readArguments, readWholeNumber, UsageError, type Command } from './command.ts'
import { JOURNAL_HELP, JOURNAL_OPTION, withLab } from './experiment.ts'
import { FILE_ACTIONS, lookAfterFile, mergeFile } from './journal-file.ts'
import { runAsJson, runAsText } from './run.ts'
import { textTable } from './tables.ts'

const LIST_MAX = 10_000

/** In lines of a manual page's width. */
const FIELD_NAMES = FIELD_HELP.map(({ name }) => name)
  .join(', ')
  .replace(/(.{50,70}), /g, '$1,\n                  ')

export const journal: Command = {
  name: 'journal',
  synopsis:
    'list [--search QUERY] [--limit N] | show RUN | file | check | backup | merge FILE [--dry-run]  [--json] [--journal FILE]',
  summary: 'Lists the experiments of the journal, shows one run, or looks after the file.',
  help: `  list            experiments and their runs, newest first
  show RUN        one run with its counts and its experiment's note
  file            place, size, last check and last backup
  check           reads the whole file; exit 1 when anything is wrong
  backup          writes a proven copy beside the file
  merge FILE      adds what another journal has and this one does not: experiments, runs that were added to one that is here,
                  sweeps, saved models, machines and scenarios. That file is only read. An experiment that is here already
                  keeps the title, notes, tags, star and bookmarks that it has here
  --dry-run       only counts what a merge would add
  --search QUERY  only runs that the query finds, with their experiments:
                    words, "words in quotes", AND, OR, NOT or -, ( )
                    model:v4 (part of it), model=v4.0 (all of it), seed>=10, created<2026-11-23, starred:yes
                  What is archived is left out unless archived:yes is asked for; what is in the trash, unless trashed:yes.
                  Fields: ${FIELD_NAMES}
  --limit N       at most N experiments, 1 to ${LIST_MAX}; default: 100
  --json          data instead of text
${JOURNAL_HELP}`,
  run(args, terminal) {
    const { values, positionals } = readArguments(
      args,
      {
        search: { type: 'string', default: '' },
        limit: { type: 'string', default: '100' },
        json: { type: 'boolean' },
        'dry-run': { type: 'boolean' },
        ...JOURNAL_OPTION,
      },
      { min: 1, max: 2, names: 'an action' },
    )
    const [action, run] = positionals
    const journal = { journal: values.journal, mustExist: true }
    if (action === 'list' && run === undefined) {
      const limit = readWholeNumber(values.limit, '--limit', 1, LIST_MAX)
      requireQuery(values.search)
      return withLab(journal, (lab) => {
        const found = lab.journal.listExperiments({ search: values.search, limit })
        terminal.out(
          values.json ? `${JSON.stringify(found.map(experimentAsJson))}\n` : listAsText(found, values.search),
        )
        return EXIT.done
      })
    }
    const fileAction = FILE_ACTIONS.find((known) => known === action)
    const json = values.json === true
    if (fileAction !== undefined && run === undefined) {
      return withLab(journal, (lab) => lookAfterFile(lab, fileAction, json, terminal))
    }
    if (action === 'merge' && run !== undefined) {
      const options = { dryRun: values['dry-run'] === true, json }
      return withLab(journal, (lab) => mergeFile(lab, run, options, terminal))
    }
    if (action !== 'show' || run === undefined) {
      throw new UsageError(
        `expected list, show and a RUN, file, check, backup, or merge and a FILE, got "${positionals.join(' ')}"`,
      )
    }
    const runId = readWholeNumber(run, 'RUN', 1, Number.MAX_SAFE_INTEGER)
    return withLab(journal, (lab) => {
      const record = lab.journal.openRun(runId)
      if (record === undefined) throw new CommandError(`there is no run ${runId} in ${lab.journal.path}`)
      const experiment = lab.journal.openExperiment(record.experimentId)
      const note = experiment?.note[0]?.text ?? ''
      if (values.json) {
        const about = experiment === undefined ? {} : { experiment: experimentAsJson(experiment), note }
        terminal.out(`${JSON.stringify({ ...runAsJson(record), ...about, source: record.source })}\n`)
      } else {
        terminal.out(`${experiment?.title ?? ''}\n${experiment?.question ?? ''}\n\n${runAsText(record)}`)
        if (note !== '') terminal.out(`\nNote:\n${note}\n`)
      }
      return EXIT.done
    })
  },
}

/** @throws {UsageError} naming the column. */
function requireQuery(query: string): void {
  const parsed = parseQuery(query)
  if (!parsed.ok) throw new UsageError(`--search cannot be read. ${problemText(parsed.problem)}`)
}

function experimentAsJson(experiment: ExperimentSummary): object {
  return {
    experiment: experiment.id,
    title: experiment.title,
    question: experiment.question,
    created_at: new Date(experiment.createdAtMs).toISOString(),
    starred: experiment.starred,
    tags: experiment.tags,
    runs: experiment.runs.map((run) => ({
      run: run.id,
      status: run.status,
      scenario: run.spec.scenarioId,
      ...(run.spec.program && { program: run.spec.program.title }),
      parameters: run.spec.parameters,
      seed: run.spec.seed,
      model: run.spec.modelId,
      ...(run.spec.custom && { custom_model: modelAsData(run.spec.custom) }),
      machine: run.spec.machineId,
      ...(run.counts && { counts: run.counts }),
      ...(run.digest !== undefined && { digest: run.digest }),
    })),
  }
}

function listAsText(experiments: readonly ExperimentSummary[], search: string): string {
  if (experiments.length === 0 && search !== '') return `Nothing matches "${search}".\n`
  if (experiments.length === 0) return 'No experiments. "lab reproduce" runs the 2015 patch.\n'
  return experiments
    .map((experiment) => {
      const tags = experiment.tags.map((tag) => ` #${tag}`).join('')
      return `${formatTime(experiment.createdAtMs)}  ${experiment.title}${tags}\n${runsAsText(experiment.runs)}`
    })
    .join('\n')
}

function runsAsText(runs: readonly RunSummary[]): string {
  const cell = (value: number | undefined): string => (value === undefined ? '-' : String(value))
  const rows = runs.map(({ id, spec, status, counts, blocksListed }) => [
    `  ${id}`,
    scenarioName(spec),
    spec.modelId,
    spec.machineId,
    status,
    cell(counts?.vm_map_ram),
    cell(counts?.alloc_vmap_area),
    cell(counts?.free_vmap_block),
    cell(blocksListed),
  ])
  const heading = ['  RUN', 'SCENARIO', 'MODEL', 'MACHINE', 'STATUS', 'MAPS', 'ALLOC', 'FREE', 'LEFT LISTED']
  const table = textTable([heading, ...rows], [false, false, false, false, false, true, true, true, true])
  const notes = distinctModels(runs.map(({ spec }) => spec)).flatMap((spec) => {
    const note = experimentalNote(spec)
    return note === undefined ? [] : [`  ${spec.modelId}: ${note}\n`]
  })
  return `${table}${notes.join('')}`
}
