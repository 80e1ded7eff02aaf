import { EXPERIMENT_RUNS_MAX, type MergeCounts } from '../../shared/journal.ts'
import type { Connection } from './connection.ts'
import { countFurtherRuns } from './merge-experiments.ts'
import { columnReader, OTHER } from './merge-other.ts'
import { savedToMerge, type SavedToMerge } from './merge-saved.ts'
import { sweepsToMerge, type SweepsToMerge } from './merge-sweeps.ts'

/** What a merge would take over from the journal that is attached to another one. Nothing is written. */

export interface OtherExperiment {
  readonly id: number
  /** Here, when the same experiment is here already. */
  readonly knownAs: number | null
  readonly runs: number
  readonly running: number
  /** Of one that is here already: runs that are not. */
  readonly furtherRuns: number
  readonly runsHere: number
}

/** What the other journal holds that a merge is about. */
export interface Plan {
  readonly experiments: readonly OtherExperiment[]
  readonly trashed: number
  readonly sweeps: SweepsToMerge
  readonly saved: SavedToMerge
}

/** What was made in an experiment: when, under which title, and every digest in order. */
function fingerprint(schema: 'main' | typeof OTHER): string {
  return `SELECT experiment.id, created_at_ms || ' ' || title || ' ' ||
      coalesce((SELECT group_concat(coalesce(digest, status), ' ') FROM
        (SELECT digest, status FROM ${schema}.run WHERE experiment_id = experiment.id ORDER BY position)), '') AS made
    FROM ${schema}.experiment`
}

/** Call within a transaction. */
export function readPlan(connection: Connection): Plan {
  const [[trashed] = [0]] = connection.rows<[number]>(
    `SELECT count(*) FROM ${OTHER}.experiment WHERE trashed_at_ms IS NOT NULL`,
  )
  return {
    experiments: readExperiments(connection),
    trashed,
    sweeps: sweepsToMerge(connection),
    saved: savedToMerge(connection),
  }
}

function readExperiments(connection: Connection): readonly OtherExperiment[] {
  const columnsOf = columnReader(connection)
  const experiments = connection.all<Omit<OtherExperiment, 'furtherRuns'>>(
    `WITH here AS MATERIALIZED (${fingerprint('main')}), there AS (${fingerprint(OTHER)}),
      known AS MATERIALIZED (SELECT theirs.id,
        coalesce(
          (SELECT ours.id FROM main.experiment AS ours WHERE ours.uuid = theirs.uuid),
          (SELECT min(here.id) FROM here WHERE here.made = there.made)) AS knownAs
      FROM ${OTHER}.experiment AS theirs JOIN there ON there.id = theirs.id WHERE theirs.trashed_at_ms IS NULL)
    SELECT id, knownAs,
        (SELECT count(*) FROM ${OTHER}.run WHERE experiment_id = known.id) AS runs,
        (SELECT count(*) FROM ${OTHER}.run WHERE experiment_id = known.id AND status = 'running') AS running,
        (SELECT count(*) FROM main.run WHERE experiment_id = known.knownAs) AS runsHere
      FROM known ORDER BY id`,
  )
  return experiments.map((experiment) => {
    const { id, knownAs } = experiment
    return { ...experiment, furtherRuns: knownAs === null ? 0 : countFurtherRuns(connection, id, knownAs, columnsOf) }
  })
}

const isNew = ({ knownAs, running }: OtherExperiment): boolean => knownAs === null && running === 0
const hasRoom = ({ furtherRuns, runsHere }: OtherExperiment): boolean => runsHere + furtherRuns <= EXPERIMENT_RUNS_MAX

/** Whether it is added, or runs of it to the same one here. */
export const isTaken = (experiment: OtherExperiment): boolean =>
  isNew(experiment) || (experiment.furtherRuns > 0 && hasRoom(experiment))

export const sum = (numbers: readonly number[]): number => numbers.reduce((whole, part) => whole + part, 0)

export function countsOf({ experiments, trashed, sweeps, saved }: Plan): MergeCounts {
  const added = experiments.filter(isNew)
  const further = (withRoom: boolean): number =>
    sum(experiments.filter((one) => hasRoom(one) === withRoom).map(({ furtherRuns }) => furtherRuns))
  return {
    experiments: added.length,
    runs: sum(added.map(({ runs }) => runs)),
    furtherRuns: further(true),
    sweeps: sweeps.sweeps.length,
    saved: saved.items.length + saved.scenarios.length,
    known: experiments.filter(({ knownAs }) => knownAs !== null).length,
    underWay: experiments.filter(({ knownAs, running }) => knownAs === null && running > 0).length + sweeps.underWay,
    trashed,
    noRoom: further(false) + saved.noRoom,
    left: 0,
  }
}
