import { PROFILED_FUNCTIONS, type Counts, type ProfiledCounts } from '../../shared/counts.ts'
import type { RunRecord } from '../../shared/journal.ts'
import { PATCH_2015, patch2015Runs, PUBLISHED_TABLES, publishedCounts } from '../../shared/published.ts'
import { REPORT_SECTIONS, type ReportFormat } from '../../shared/report.ts'
import { DEFAULT_SEED } from '../../shared/scenario.ts'
import { verdictOf } from '../../shared/verdict.ts'
import { CommandError, EXIT, readArguments, type Command, type Terminal } from './command.ts'
import { JOURNAL_HELP, JOURNAL_OPTION, runExperiment } from './experiment.ts'
import { writeWhole } from './files.ts'
import { hitTable } from './tables.ts'

const SEED_NOTE = `Scenario random uses MT19937 seed ${DEFAULT_SEED}, a seed that gives the published counts; the author's own seed is unknown.`

export const reproduce: Command = {
  name: 'reproduce',
  synopsis: '[--json] [--report FILE] [--journal FILE]',
  summary: 'Runs the published 2015 experiment and compares its counts.',
  help: `Three workloads under Linux 4.0 (BEFORE) and 4.1 (AFTER), next to the figures of the patch.
${SEED_NOTE}
Exit 0 when every count equals the published one, 1 when anything differs.

  --json            data instead of tables
  --report FILE     also writes a report; .txt and .json choose those formats, anything else is HTML
${JOURNAL_HELP}`,
  async run(args, terminal) {
    const { values } = readArguments(
      args,
      { json: { type: 'boolean' }, report: { type: 'string' }, ...JOURNAL_OPTION },
      { min: 0, max: 0, names: 'no argument' },
    )
    const request = { title: PATCH_2015.title, question: PATCH_2015.question, runs: patch2015Runs() }
    return runExperiment(values.journal, request, terminal, async (runs, lab) => {
      const rows = runs.map(comparedRow)
      const matches = rows.every((row) => row.matches)
      if (values.json) terminal.out(`${JSON.stringify({ matches, rows })}\n`)
      else writeTables(runs, rows, terminal)
      if (values.report !== undefined) {
        const report = { runIds: runs.map((run) => run.id), sections: REPORT_SECTIONS }
        const path = writeWhole(values.report, await lab.report(report, formatOf(values.report)))
        terminal.err(`Report: ${path}\n`)
      }
      terminal.err(`Journal: ${lab.journal.path}, runs ${runs.map((run) => run.id).join(', ')}\n`)
      return matches ? EXIT.done : EXIT.no
    })
  },
}

interface ComparedRow {
  readonly scenario: string
  readonly model: string
  readonly counts: ProfiledCounts
  readonly published: ProfiledCounts
  readonly matches: boolean
}

function comparedRow(run: RunRecord, position: number): ComparedRow {
  const table = PUBLISHED_TABLES[position]
  if (run.counts === undefined || table === undefined) {
    throw new CommandError(`run ${run.id} (${run.spec.scenarioId}, ${run.spec.modelId}): ${run.failure ?? run.status}`)
  }
  const counts = profiled(run.counts)
  const published = publishedCounts(table)
  const matches = PROFILED_FUNCTIONS.every((name) => counts[name] === published[name])
  return { scenario: run.spec.scenarioId, model: run.spec.modelId, counts, published, matches }
}

function profiled(counts: Counts): ProfiledCounts {
  const { vm_map_ram, vm_unmap_ram, alloc_vmap_area, free_vmap_block } = counts
  return { vm_map_ram, vm_unmap_ram, alloc_vmap_area, free_vmap_block }
}

function writeTables(runs: readonly RunRecord[], rows: readonly ComparedRow[], terminal: Terminal): void {
  for (const [position, row] of rows.entries()) {
    const heading = PUBLISHED_TABLES[position]?.heading ?? ''
    terminal.out(`${row.scenario}, ${heading} (${row.model}): ${row.matches ? 'equal' : 'different'}\n`)
    terminal.out(
      hitTable([
        { heading: 'simulated', counts: row.counts, published: false },
        { heading: 'published', counts: row.published, published: true },
      ]),
    )
    terminal.out('\n')
  }
  const verdict = verdictOf(runs)
  terminal.out(`${verdict.headline} ${verdict.detail}\n${SEED_NOTE}\n`)
}

function formatOf(path: string): ReportFormat {
  if (path.endsWith('.json')) return 'json'
  return path.endsWith('.txt') ? 'text' : 'html'
}
