/**
 * `npm run bench`: pairs (a map and its unmap) per second of the workloads of the 2015 patch, side by side with a plain
 * first-fit linked list in C where a C compiler is found; whole runs; memory; snapshots; seeking in a replay; a sweep. Best of
 * several rounds. Then the journal with many runs, medians.
 * `-- --json` prints data; `-- --billion` also seeks in runs of a billion operations, some minutes.
 */
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { inlineWholeRequests } from '../electron/runner/inlining.ts'
import { loadGrammar } from '../electron/scenario/c/syntax/parse.ts'
import { textTable } from '../electron/cli/tables.ts'
import { formatCount, formatDuration } from '../shared/format.ts'
import { checkMs, compiledScenarios, type CompiledRow } from './benchmark/c-scenarios.ts'
import { JOURNAL_RUNS, journalTimes, type JournalTimes } from './benchmark/journal.ts'
import { withPeer, type Peer } from './benchmark/peer.ts'
import { compiledRun, loopRun, seeking, type Seeking } from './benchmark/seeking.ts'
import { sweepMs } from './benchmark/sweep.ts'
import { perSecond } from './benchmark/timing.ts'
import { bytesPerListedBlock, snapshotMs, wholeRuns } from './benchmark/whole-runs.ts'
import { addressesOf, measureLab, type Measured, type Workload } from './benchmark/workload.ts'

const MANY = 1_000_000
const FEW = 1000
const SOME = 10_000
/** Operations of the runs that are replayed. */
const REPLAYED = 2_000_000
const REPLAYED_LONG = 1_000_000_000
/** Of a long scenario in C. */
const TEXT_LINES = 500

const SCENARIOS = ['exhaust', 'random', 'orders'] as const
const MODELS = ['v4.0', 'v4.1'] as const

/** Addresses are compared where that does not take longer than to measure. */
const CHECKED_ITERATIONS = 1000

/** Short enough that the holes of the listed blocks are not used up: then it would be another workload. */
const ON_LISTED = { exhaust: 100, random: 1000, orders: 1 }

/** Short and long lists, then a list that was long before. */
const WORKLOADS: readonly Workload[] = [
  ...[1000, 100_000].flatMap((iterations) =>
    SCENARIOS.flatMap((scenario) => MODELS.map((model) => ({ scenario, iterations, model, listed: 0 }))),
  ),
  ...[FEW, MANY].flatMap((listed) =>
    SCENARIOS.map((scenario) => ({ scenario, iterations: ON_LISTED[scenario], model: 'v4.0' as const, listed })),
  ),
]

interface Row extends Workload {
  readonly pairs: number
  readonly pairsPerSecond: number
  readonly peerPairsPerSecond: number | undefined
}

function measure(workload: Workload, peer: Peer | undefined): Row {
  if (process.stderr.isTTY)
    process.stderr.write(`${workload.scenario}, ${workload.iterations}, ${workload.model}\u{1b}[K\r`)
  const lab = measureLab(workload)
  const other = peer?.measure(workload)
  if (other !== undefined && workload.listed === 0) refuseDifference(workload, lab, other)
  return {
    ...workload,
    pairs: lab.pairs,
    pairsPerSecond: perSecond(lab.pairs, lab.bestMs),
    peerPairsPerSecond: other && perSecond(other.pairs, other.bestMs),
  }
}

/** Two speeds are compared only if the work was the same. */
function refuseDifference(workload: Workload, lab: Measured, peer: Measured): void {
  for (const count of ['pairs', 'made', 'givenBack', 'visited'] as const) {
    if (lab[count] === peer[count]) continue
    const { scenario, iterations, model } = workload
    throw new Error(`${scenario} ${iterations} ${model}: ${count} is ${lab[count]} in the lab, ${peer[count]} in C`)
  }
}

/** To be called when all is measured: an allocator that is watched makes the next ones slower. */
function refuseOtherAddresses(peer: Peer): void {
  for (const workload of WORKLOADS) {
    const { scenario, iterations, model, listed } = workload
    if (listed > 0 || iterations > CHECKED_ITERATIONS || addressesOf(workload) === peer.addressesOf(workload)) continue
    throw new Error(`${scenario} ${iterations} ${model}: the lab and C map other addresses`)
  }
}

function million(pairsPerSecond: number): string {
  const value = pairsPerSecond / 1e6
  return value < 1 ? value.toPrecision(2) : value.toFixed(1)
}

function ratio(lab: number, peer: number | undefined): string {
  return peer === undefined ? '' : (lab / peer).toPrecision(2)
}

function pairsTable(rows: readonly Row[]): string {
  return textTable(
    [
      ['WORKLOAD', 'ITERATIONS', 'MODEL', 'LISTED BEFORE', 'PAIRS', 'LAB M/S', 'C M/S', 'LAB / C'],
      ...rows.map(({ scenario, iterations, model, listed, pairs, pairsPerSecond, peerPairsPerSecond }) => [
        ...[scenario, formatCount(iterations), model, formatCount(listed), formatCount(pairs)],
        ...[million(pairsPerSecond), peerPairsPerSecond === undefined ? '' : million(peerPairsPerSecond)],
        ratio(pairsPerSecond, peerPairsPerSecond),
      ]),
    ],
    [false, true, false, true, true, true, true, true],
  )
}

function compiledTable(rows: readonly CompiledRow[]): string {
  return textTable(
    [
      ['WORKLOAD', 'ON', 'SCENARIO IN C M/S', 'LOOPS IN TYPESCRIPT M/S', 'C / LOOPS'],
      ...rows.map(({ scenario, sink, compiledPairsPerSecond, loopPairsPerSecond }) => [
        ...[scenario, sink, million(compiledPairsPerSecond), million(loopPairsPerSecond)],
        ratio(compiledPairsPerSecond, loopPairsPerSecond),
      ]),
    ],
    [false, false, true, true, true],
  )
}

function seekingTable(rows: readonly Seeking[]): string {
  return textTable(
    [
      ['WORKLOAD', 'MODEL', 'OPERATIONS', 'FIRST PASS MS', 'SEEK MS', 'SNAPSHOTS', 'MIB'],
      ...rows.map(({ scenario, model, operations, openMs, seekMs, snapshots, bytes }) => [
        ...[scenario, model, formatCount(operations), openMs.toFixed(0), seekMs.toFixed(1)],
        ...[formatCount(snapshots), (bytes / 2 ** 20).toFixed(1)],
      ]),
    ],
    [false, false, true, true, true, true, true],
  )
}

function journalTable({ queries }: JournalTimes): string {
  const ms = (value: number): string => value.toFixed(1)
  return textTable(
    [
      ['QUERY', 'RUNS FOUND', 'FIND MS', 'FIND AND READ THE FIRST PAGE MS', 'FILTERS MS'],
      ...queries.map(({ query, runs, findMs, pageMs, facetsMs }) => [
        ...[query === '' ? '(everything)' : query, formatCount(runs), ms(findMs), ms(pageMs), ms(facetsMs)],
      ]),
    ],
    [false, true, true, true, true],
  )
}

/** How much of its speed a workload keeps when the list it works on is a thousand times as long. */
function keptOnLongLists(rows: readonly Row[]): readonly (readonly [scenario: string, share: number])[] {
  const speed = (scenario: string, listed: number): number =>
    rows.find((row) => row.scenario === scenario && row.listed === listed)?.pairsPerSecond ?? NaN
  return SCENARIOS.map((scenario) => [scenario, speed(scenario, MANY) / speed(scenario, FEW)] as const)
}

const { values } = parseArgs({ options: { json: { type: 'boolean' }, billion: { type: 'boolean' } } })
inlineWholeRequests()
const { compiler, rows } = withPeer((peer) => ({
  compiler: peer?.compiler,
  rows: WORKLOADS.map((workload) => measure(workload, peer)),
}))
if (process.stderr.isTTY) process.stderr.write('\u{1b}[K')
const whole = wholeRuns()
const memory = [SOME, MANY].map((listed) => ({ listed, bytesPerBlock: bytesPerListedBlock(listed) }))
const snapshot = snapshotMs(SOME)
const kept = keptOnLongLists(rows)
await loadGrammar()
const replayed = [
  ...[REPLAYED, ...(values.billion === true ? [REPLAYED_LONG] : [])].flatMap((operations) =>
    SCENARIOS.flatMap((scenario) => MODELS.map((model) => loopRun(scenario, model, operations))),
  ),
  ...MODELS.map((model) => compiledRun(model, REPLAYED)),
].map(seeking)
const compiled = await compiledScenarios()
const sweep = await sweepMs()
const check = { lines: TEXT_LINES, ms: await checkMs(TEXT_LINES) }
const journal = journalTimes()
withPeer((peer) => {
  if (peer !== undefined) refuseOtherAddresses(peer)
})
const processor = cpus()[0]?.model ?? 'unknown processor'
if (values.json) {
  const { runs, experimentMs } = whole
  const machine = { node: process.version, processor, compiler: compiler ?? null }
  const data = {
    ...machine,
    rows,
    keptOnLongLists: kept,
    runs,
    experimentMs,
    memory,
    snapshot,
    replayed,
    compiled,
    check,
    sweep,
    journal,
  }
  console.log(JSON.stringify(data))
} else {
  console.log(`Node ${process.version}, ${processor}; ${compiler ?? 'no C compiler found, so nothing to compare with'}`)
  console.log('Million pairs a second, the allocator alone, best round:')
  console.log(pairsTable(rows))
  const shares = kept.map(([scenario, share]) => `${scenario} ${share.toFixed(2)}`).join(', ')
  console.log(`Speed with ${formatCount(MANY)} listed blocks, as a share of that with ${formatCount(FEW)}: ${shares}`)
  const bytes = memory.map(
    ({ listed, bytesPerBlock }) => `${bytesPerBlock.toFixed(1)} with ${formatCount(listed)} listed`,
  )
  console.log(`Memory, bytes a listed block: ${bytes.join(', ')}`)
  const { snapshot: take, restore } = snapshot
  console.log(
    `Snapshot of ${formatCount(SOME)} blocks: ${take.toFixed(2)} ms to take, ${restore.toFixed(2)} ms to restore`,
  )
  console.log('Replay, milliseconds that 95 of 100 seeks to any operation take at most:')
  console.log(seekingTable(replayed))
  console.log('Scenarios written in C, on the allocator and on a sink that only counts, million pairs a second:')
  console.log(compiledTable(compiled))
  console.log(`Check of a scenario of ${check.lines} lines: ${check.ms.toFixed(0)} ms`)
  console.log('Whole runs, with digest, histograms and series, million pairs a second:')
  console.log(
    textTable(
      [
        ['WORKLOAD', 'MODEL', 'LAB M/S'],
        ...whole.runs.map(({ scenario, model, pairsPerSecond }) => [scenario, model, million(pairsPerSecond)]),
      ],
      [false, false, true],
    ),
  )
  console.log(
    `A journal of ${formatCount(JOURNAL_RUNS)} runs, ${(journal.fileBytes / 1e6).toFixed(0)} MB: opened with its first page in ${journal.openMs.toFixed(0)} ms`,
  )
  console.log(journalTable(journal))
  console.log(
    `The published experiment, ${whole.runs.length} runs on one thread: ${formatDuration(whole.experimentMs)}`,
  )
  const { seeds, models, maps, pairs, workers, ms } = sweep
  console.log(
    `Sweep of ${formatCount(seeds)} seeds, ${models} models, ${formatCount(maps)} maps, journaled: ${formatCount(pairs)} pairs in ${formatDuration(ms)} on ${workers} threads`,
  )
}
