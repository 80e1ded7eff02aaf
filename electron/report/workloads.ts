import { formatCount, formatPages, formatQuantity } from '../../shared/format.ts'
import type { RunRecord } from '../../shared/journal.ts'
import { formatMachineFile } from '../../shared/machine-file.ts'
import { PAGE_SIZE_BYTES, type Machine } from '../../shared/machine.ts'
import { PUBLISHED_TABLES, publishedCounts } from '../../shared/published.ts'
import type { ReportSection } from '../../shared/report.ts'
import { blocksListed, scenarioName, TRACE_ID, type RunSpec, type Series } from '../../shared/run.ts'
import { compareWithPublished } from '../../shared/verdict.ts'
import { findScenario } from '../scenario/presets.ts'
import { cleanLine, cleanText } from './clean-text.ts'
import type { LiveBlocksLine, PublishedFigures, ReportRun, Workload, WorkloadDivergence } from './model.ts'
import { commandOf, type ReproductionFiles } from './reproduction.ts'

export interface WorkloadOptions {
  readonly sections: ReadonlySet<ReportSection>
  readonly files: ReproductionFiles
  readonly divergences: ReadonlyMap<number, WorkloadDivergence>
}

type Group = readonly [RunRecord, ...RunRecord[]]

/** The runs by what was asked of the allocator, in the order in which each was first named. */
export function groupedByRequests(runs: readonly RunRecord[]): readonly Group[] {
  const groups = new Map<string, [RunRecord, ...RunRecord[]]>()
  for (const run of runs) {
    const key = requestKey(run)
    const group = groups.get(key)
    if (group) group.push(run)
    else groups.set(key, [run])
  }
  return [...groups.values()]
}

export function workloadsOf(runs: readonly RunRecord[], options: WorkloadOptions): Workload[] {
  const machines = new Set(runs.map(({ spec }) => formatMachineFile(spec.machine)))
  return withUniqueHeadings(groupedByRequests(runs).map((group) => workloadOf(group, machines.size > 1, options)))
}

function requestKey({ spec, source }: RunRecord): string {
  const parameters = Object.entries(spec.parameters).sort(([a], [b]) => (a < b ? -1 : 1))
  const seed = usesSeed(spec) ? spec.seed : undefined
  return JSON.stringify([spec.scenarioId, source, parameters, seed, spec.machineId, formatMachineFile(spec.machine)])
}

/** A scenario that this version does not know may use its seed. */
function usesSeed(spec: RunSpec): boolean {
  return spec.scenarioId !== TRACE_ID && (findScenario(spec.scenarioId)?.info.usesSeed ?? true)
}

function workloadOf(group: Group, nameMachine: boolean, { sections, files, divergences }: WorkloadOptions): Workload {
  const [{ id, spec, source }] = group
  const divergence = divergences.get(id)
  const modelIds = group.map((run) => run.spec.modelId)
  const runs = group.map((run) => {
    const several = modelIds.filter((modelId) => modelId === run.spec.modelId).length > 1
    return reportRun(run, several, sections, files)
  })
  const outcome = outcomeOf(runs)
  const publishedOutcome = publishedOutcomeOf(runs)
  return {
    heading: `${headingOf(spec)}${nameMachine ? ` on ${cleanLine(files.machines.argument(spec))}` : ''}`,
    scenarioId: cleanLine(spec.scenarioId),
    ...(spec.program && { program: cleanLine(spec.program.title), sourceFile: files.scenarios.argument(spec) }),
    parameters: spec.parameters,
    seed: usesSeed(spec) ? String(spec.seed) : 'none used',
    machineId: cleanLine(spec.machineId),
    machine: spec.machine,
    machineName: cleanLine(files.machines.argument(spec)),
    machineFacts: machineFacts(spec.machine),
    ...(sections.has('source') && { source: cleanText(source) }),
    runs,
    ...(outcome !== undefined && { outcome }),
    ...(publishedOutcome !== undefined && { publishedOutcome }),
    liveBlocks: liveBlocksLines(runs),
    ...(sections.has('divergence') && divergence && { divergence: cleanDivergence(divergence) }),
  }
}

/** It names kernel models, which a journal of another version may hold under any name. */
function cleanDivergence({ sentences, lists, ...place }: WorkloadDivergence): WorkloadDivergence {
  return {
    ...place,
    sentences: sentences.map(cleanLine),
    lists: lists.map(({ heading, lines }) => ({ heading: cleanLine(heading), lines })),
  }
}

function headingOf(spec: RunSpec): string {
  const title = findScenario(spec.scenarioId)?.info.title ?? scenarioName(spec)
  const parameters = Object.entries(spec.parameters).map(([name, value]) => `${name} ${formatCount(value)}`)
  const inputs = usesSeed(spec) ? [...parameters, `seed ${spec.seed}`] : parameters
  return cleanLine(inputs.length === 0 ? title : `${title} (${inputs.join(', ')})`)
}

/** Two versions of a scenario's text can carry the same name. */
function withUniqueHeadings(workloads: readonly Workload[]): Workload[] {
  return workloads.map((workload) => {
    const same = workloads.filter((other) => other.heading === workload.heading)
    if (same.length === 1) return workload
    return { ...workload, heading: `${workload.heading}, runs ${workload.runs.map((run) => run.id).join(', ')}` }
  })
}

export function machineFacts(machine: Machine): string {
  const start = (BigInt(machine.vmallocStartPage) * BigInt(PAGE_SIZE_BYTES)).toString(16)
  return `${machine.wordBits}-bit, NR_CPUS ${machine.nrCpus}, ${formatPages(machine.vmallocPages)} of vmalloc space from 0x${start}, VMAP_BBMAP_BITS ${machine.bbmapBits} (blocks of ${formatPages(machine.bbmapBits)})`
}

function reportRun(
  run: RunRecord,
  nameRun: boolean,
  sections: ReadonlySet<ReportSection>,
  files: ReproductionFiles,
): ReportRun {
  const { spec, result, counts } = run
  const modelId = cleanLine(spec.modelId)
  const heading = PUBLISHED_TABLES.find((table) => table.modelId === spec.modelId)?.heading
  const label = nameRun ? `${modelId} (run ${run.id})` : modelId
  const published = publishedFigures(run)
  const finished = run.status === 'finished' && result !== undefined
  return {
    id: run.id,
    experimentId: run.experimentId,
    label,
    title: titleOf(run, label, heading),
    modelId,
    ...(spec.custom && { custom: spec.custom }),
    seed: spec.seed,
    ...(heading !== undefined && { heading }),
    status: run.status,
    ...(!finished && { statusSentence: statusSentence(run) }),
    startedAtMs: run.startedAtMs,
    labVersion: cleanLine(run.labVersion),
    ...(sections.has('counts') && counts && { counts }),
    ...(sections.has('counts') && published && { published }),
    ...(finished && {
      operations: result.operations,
      liveBlocksMax: result.liveBlocksMax,
      blocksListed: blocksListed(result),
      digest: cleanLine(result.digest),
      elapsedMs: result.elapsedMs,
    }),
    ...(finished && sections.has('live-blocks') && { series: result.series }),
    ...(finished && sections.has('free-lists') && { freeLists: result.freeLists }),
    command: cleanLine(commandOf(spec, files)),
  }
}

function titleOf({ id, spec }: RunRecord, label: string, heading: string | undefined): string {
  if (spec.custom !== undefined) return `${label}, experimental`
  if (heading === undefined) return label
  const modelId = cleanLine(spec.modelId)
  return `${heading} (${label === modelId ? modelId : `${modelId}, run ${id}`})`
}

function publishedFigures(run: RunRecord): PublishedFigures | undefined {
  const comparison = compareWithPublished(run)
  return comparison && { ...comparison, counts: publishedCounts(comparison.table) }
}

function statusSentence(run: RunRecord): string {
  const name = `Run ${run.id} (${cleanLine(run.spec.modelId)})`
  switch (run.status) {
    case 'running':
      return `${name} had not finished when this report was written: no counts.`
    case 'cancelled':
      return `${name} was cancelled: no counts.`
    case 'interrupted':
      return `${name} was interrupted: no counts. Run it again; runs are deterministic.`
    case 'failed':
      return `${name} failed: ${cleanLine(run.failure ?? 'no reason was recorded')}`
    case 'finished':
      return `${name} is recorded as finished, without its result.`
  }
}

function outcomeOf(runs: readonly ReportRun[]): string | undefined {
  const clauses = runs
    .filter((run) => run.blocksListed !== undefined)
    .map((run, position) => {
      const left = run.blocksListed ?? 0
      if (position > 0) return `${formatCount(left)} in ${run.label}`
      return `${formatQuantity(left, 'block')} ${left === 1 ? 'stays' : 'stay'} listed in ${run.label}`
    })
  return clauses.length === 0 ? undefined : `${clauses.join('; ')}.`
}

function publishedOutcomeOf(runs: readonly ReportRun[]): string | undefined {
  const compared = runs.flatMap(({ label, published }) => (published ? [{ label, ...published }] : []))
  if (compared.length === 0) return undefined
  const total = compared.reduce((sum, figures) => sum + figures.total, 0)
  const differing = compared.filter(({ equal, total: all }) => equal < all)
  if (differing.length === 0) return `All ${formatCount(total)} published counts come out exactly.`
  const clauses = differing.map(
    ({ label, equal, total: all }) => `${formatCount(all - equal)} of ${formatCount(all)} in ${label}`,
  )
  return `Published counts that differ: ${clauses.join('; ')}.`
}

function liveBlocksLines(runs: readonly ReportRun[]): LiveBlocksLine[] {
  const lines: (LiveBlocksLine & { labels: string[]; modelIds: string[] })[] = []
  for (const { label, modelId, series: all = [], operations = 0 } of runs) {
    const series = all.find(({ name }) => name === 'live_blocks')
    if (series === undefined || series.last.length === 0) continue
    const equal = lines.find((line) => line.operations === operations && equalSeries(line.series, series))
    if (equal) {
      equal.labels.push(label)
      equal.modelIds.push(modelId)
    } else {
      lines.push({ labels: [label], modelIds: [modelId], series, operations })
    }
  }
  return lines
}

function equalSeries(one: Series, other: Series): boolean {
  const equal = (a: readonly number[], b: readonly number[]): boolean =>
    a.length === b.length && a.every((value, index) => value === b[index])
  return (
    one.operationsPerPoint === other.operationsPerPoint &&
    equal(one.last, other.last) &&
    equal(one.min, other.min) &&
    equal(one.max, other.max)
  )
}
