import { PROFILED_FUNCTIONS } from '../../shared/counts.ts'
import { formatSmallNumber } from '../../shared/format.ts'
import { PATCH_2015, PUBLISHED_TABLES, type PublishedRow, type PublishedTable } from '../../shared/published.ts'
import { DEFAULT_SEED } from '../../shared/scenario.ts'
import type { Workload } from './model.ts'

export function publicationSentence(): string {
  return `The published figures are those of "${PATCH_2015.subject}" (${PATCH_2015.author}, 2015, commit ${PATCH_2015.commit}), taken with the ftrace function profiler on one CPU.`
}

/**
 * For n calls of total time T no variance can exceed T²/n: that is the value when one call takes all the time. False for the
 * figures that must have been wrong when they were printed.
 */
export function isVariancePossible(row: PublishedRow): boolean {
  return row.time === undefined || row.time.varianceUs2 <= row.time.totalUs ** 2 / row.hit
}

/** What has to be said with the published figures that this report shows. */
export function publishedCaveats(workloads: readonly Workload[]): string[] {
  const compared = workloads.filter((workload) => workload.runs.some((run) => run.published))
  if (compared.length === 0) return []
  return [...seedCaveats(compared), ...blockSizeCaveat(compared), ...timesCaveats(compared)]
}

function seedCaveats(compared: readonly Workload[]): string[] {
  const seeds = compared.filter(({ scenarioId }) => scenarioId === 'random').flatMap(({ runs }) => runs[0]?.seed ?? [])
  return [...new Set(seeds)].map((seed) =>
    seed === DEFAULT_SEED
      ? `The author's seed for the random workload is not known. Seed ${seed} is one that gives all four published counts under both kernels.`
      : `The author's seed for the random workload is not known. Counts with seed ${seed} need not equal the published ones; seed ${DEFAULT_SEED} is one whose counts do.`,
  )
}

function blockSizeCaveat(compared: readonly Workload[]): string[] {
  if (compared.every(({ scenarioId }) => scenarioId === 'random')) return []
  return [
    'The published counts come out with VMAP_BBMAP_BITS = 1024, that is blocks of 4 MiB. The patch speaks of blocks of 1 MB, which does not fit its own tables.',
  ]
}

const RANDOM_TIMES =
  'In the random workload the change of the mean time of vm_map_ram, from 1.017 to 0.774 us, has a 95 % interval of about -0.97 to +0.49 us: the times prove nothing there.'

function timesCaveats(compared: readonly Workload[]): string[] {
  const impossible = PUBLISHED_TABLES.flatMap((table) =>
    PROFILED_FUNCTIONS.filter((name) => !isVariancePossible(table.rows[name])).map((name) => ({ table, name })),
  )
  const tables = [...new Set(impossible.map(({ table }) => table))]
  const places = tables.map((table) =>
    placeOf(
      table,
      impossible.filter((entry) => entry.table === table).map(({ name }) => name),
    ),
  )
  return [
    'Only counts are compared. The patch also gives times, taken on one machine in 2015; counts and times are separate questions, and the times are left out here.',
    `${capital(formatSmallNumber(impossible.length))} of the patch's s^2 values cannot be right, because the variance of n calls with a total time T cannot exceed T^2/n: ${places.join('; ')}.`,
    ...(compared.some(({ scenarioId }) => scenarioId === 'random') ? [RANDOM_TIMES] : []),
  ]
}

function placeOf(table: PublishedTable, names: readonly string[]): string {
  return `${table.scenarioId} ${table.heading}, ${names.join(' and ')}`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
