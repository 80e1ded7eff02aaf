import { formatCount, formatDuration, formatTime } from '../../../shared/format.ts'
import { REPORT_SECTION_LABELS, type ReportSection } from '../../../shared/report.ts'
import type { Report, ReportRun, Workload } from '../model.ts'
import { countsTable } from './counts-table.ts'
import { freeListLines } from './free-list.ts'
import { wrap, wrapCommand, wrapLines } from './wrap.ts'

/** Blocks of lines; one empty line is put between them. */
type Blocks = string[][]

/** The report for a mailing list: 72 columns, the layout of the 2015 patch. Only scenario source keeps its own line length. */
export function writeText(report: Report): string {
  const blocks: Blocks = [
    wrap(report.title),
    ...report.questions.map((question) => wrap(question, { first: 'Question: ' })),
    setting(report),
    ...report.sections.flatMap((section) => sectionBlocks(section, report)),
  ]
  const text = blocks.filter((block) => block.length > 0).map((block) => block.join('\n'))
  return `${text.join('\n\n')}\n`
}

function setting({ labVersion, writtenAtMs, models, tags, workloads }: Report): string[] {
  const runs = workloads.flatMap((workload) => workload.runs)
  const machines = [...new Set(workloads.map((workload) => `${workload.machineName}: ${workload.machineFacts}`))]
  return [
    ...wrap(runs.map((run) => run.id).join(', '), { first: 'Runs:     ' }),
    ...wrap(models, { first: 'Models:   ' }),
    ...machines.flatMap((machine) => wrap(machine, { first: 'Machine:  ' })),
    ...(tags.length === 0 ? [] : wrap(tags.join(', '), { first: 'Tags:     ' })),
    ...wrap(`Vmap Lab ${labVersion}, ${formatTime(writtenAtMs)}`, { first: 'Written:  ' }),
  ]
}

function sectionBlocks(section: ReportSection, report: Report): Blocks {
  const content = sectionContent(section, report)
  if (content.length === 0) return []
  const label = REPORT_SECTION_LABELS[section]
  return [[label, '='.repeat(label.length)], ...content]
}

function sectionContent(section: ReportSection, report: Report): Blocks {
  switch (section) {
    case 'verdict':
      return verdictBlocks(report)
    case 'counts':
      return countsBlocks(report)
    case 'live-blocks':
      return report.workloads.flatMap(liveBlocksBlocks)
    case 'free-lists':
      return report.workloads.flatMap(freeListBlocks)
    case 'divergence':
      return report.workloads.flatMap(divergenceBlocks)
    case 'note':
      return report.notes.flatMap((note) => [
        ...(report.notes.length > 1 ? [wrap(`${note.experimentTitle}:`)] : []),
        wrapLines(note.text),
      ])
    case 'source':
      return report.workloads.flatMap(sourceBlocks)
    case 'reproduce':
      return reproduceBlocks(report)
  }
}

function divergenceBlocks({ heading, divergence }: Workload): Blocks {
  if (divergence === undefined) return []
  return [
    underlined(heading),
    ...divergence.sentences.map((sentence) => wrap(sentence)),
    ...divergence.lists.map(({ heading: whose, lines }) => [...wrap(`${whose}:`), ...lines]),
  ]
}

function verdictBlocks({ verdict }: Report): Blocks {
  if (verdict === undefined) return []
  const { headline, detail, lines } = verdict
  return [wrap(headline), wrap(detail), lines.flatMap((line) => wrap(line, { first: '- ' }))]
}

function countsBlocks(report: Report): Blocks {
  const workloads = report.workloads.flatMap((workload) => [
    underlined(workload.heading),
    ...workload.runs.map((run) => (run.statusSentence === undefined ? countsTable(run) : wrap(run.statusSentence))),
    [workload.outcome, workload.publishedOutcome].flatMap((sentence) => (sentence === undefined ? [] : wrap(sentence))),
  ])
  const remark = report.countsRemark === undefined ? [] : [wrap(report.countsRemark)]
  const publication = report.publication === undefined ? [] : [wrap(report.publication)]
  return [...workloads, ...remark, ...publication, ...report.caveats.map((caveat) => wrap(caveat, { first: '- ' }))]
}

function underlined(heading: string): string[] {
  const lines = wrap(heading)
  return [...lines, '-'.repeat(Math.max(...lines.map((line) => line.length)))]
}

function liveBlocksBlocks({ heading, runs, liveBlocks }: Workload): Blocks {
  if (liveBlocks.length === 0) return []
  const rows = runs.filter((run) => run.liveBlocksMax !== undefined)
  const label = (run: ReportRun): string => (run.label.length > 30 ? `${run.label.slice(0, 27)}...` : run.label)
  const line = (name: string, most: string, end: string): string =>
    `  ${name.padEnd(30)}  ${most.padStart(12)}${end.padStart(14)}`
  return [
    underlined(heading),
    [
      line('Model', 'Most at once', 'At the end'),
      line('-----', '------------', '----------'),
      ...rows.map((run) => line(label(run), String(run.liveBlocksMax ?? 0), String(liveAtEnd(run) ?? 'unknown'))),
    ],
  ]
}

function liveAtEnd(run: ReportRun): number | undefined {
  return run.series?.find(({ name }) => name === 'live_blocks')?.last.at(-1)
}

function freeListBlocks({ heading, machine, runs }: Workload): Blocks {
  const lists = runs.filter((run) => run.freeLists !== undefined)
  if (lists.length === 0) return []
  return [
    underlined(heading),
    ...lists.flatMap((run): Blocks => {
      const { freeLists = [] } = run
      if (freeLists.length === 0) return [wrap(`${run.title}: no block is listed.`)]
      return freeLists.map((list) => [
        ...wrap(`${run.title}, CPU ${list.cpu}, ${formatCount(list.length)} listed:`),
        ...freeListLines(list, machine.bbmapBits, '  '),
      ])
    }),
  ]
}

/** Lines of source are printed as they are: a wrapped line of C is another program. */
function sourceBlocks({ heading, source, sourceFile }: Workload): Blocks {
  if (source === undefined) return []
  const file = sourceFile === undefined ? [] : [[`${sourceFile}:`]]
  return [underlined(heading), ...file, source.trimEnd().split('\n')]
}

function reproduceBlocks({ reproduction, workloads }: Report): Blocks {
  if (reproduction === undefined) return []
  return [
    wrap(reproduction.introduction),
    ...reproduction.machineFiles.map(({ name, json }) => fileLines(name, json)),
    ...reproduction.scenarioFiles.map(({ name, text }) => fileLines(name, text.trimEnd())),
    reproduction.allAtOnce === undefined ? [] : ['All runs at once:', ...wrapCommand(reproduction.allAtOnce, '  ')],
    ...workloads.flatMap((workload) => workload.runs.map((run) => runBlock(run, workload))),
  ]
}

function fileLines(name: string, text: string): string[] {
  return [`${name}:`, ...text.split('\n').map((line) => `  ${line}`.trimEnd())]
}

function runBlock(run: ReportRun, { heading }: Workload): string[] {
  const facts = [
    `seed ${run.seed}`,
    ...(run.digest === undefined ? [run.status] : [`digest ${run.digest}`]),
    ...(run.operations === undefined ? [] : [`${formatCount(run.operations)} operations`]),
    ...(run.elapsedMs === undefined ? [] : [formatDuration(run.elapsedMs)]),
    `Vmap Lab ${run.labVersion}`,
    formatTime(run.startedAtMs),
  ]
  return [
    ...wrap(`Run ${run.id}: ${heading}, ${run.modelId}`),
    ...wrapCommand(run.command, '  '),
    ...wrap(facts.join(', '), { first: '  ' }),
  ]
}
