import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MergeCounts, MergeProgress } from '../../shared/journal.ts'
import { Connection } from './connection.ts'
import { copyOf } from './file-identity.ts'
import { JournalError } from './journal-error.ts'
import { columnReader, copiedOwners, copyExperiment, copyNotes, mapRuns, OTHER } from './merge-copies.ts'
import { indexExperiment } from './search.ts'

/**
 * Takes the experiments of another journal over. The other file is never changed: what is read is a copy of it, brought to the
 * newest schema. Experiments are recognised by their uuid, and by what was made in them.
 */

/** Milliseconds of one transaction: nobody who wants to write has to wait longer. */
const SLICE_MS = 30

interface OtherExperiment {
  readonly id: number
  /** Here, when the same experiment is here already. */
  readonly knownAs: number | null
  readonly runs: number
  readonly running: number
}

/** Counts what merging the journal at `path` would do. @throws {JournalError} */
export function countMerge(connection: Connection, path: string): MergeCounts {
  const { copy, remove } = copyToMerge(connection, path)
  try {
    connection.attach(copy, OTHER)
    try {
      return connection.read(() => countsOf(connection, readOther(connection)))
    } finally {
      connection.detach(OTHER)
    }
  } finally {
    remove()
  }
}

/**
 * Merges the journal at `path`, a slice of some milliseconds with every step, each a transaction, so that others can write in
 * between; answers with what was added. Every experiment is taken over whole or not at all: one that was cancelled, or failed,
 * can be merged again for the rest. @throws {JournalError}
 */
export function* mergeInSlices(
  connection: Connection,
  path: string,
  cancelled: () => boolean,
): Generator<MergeProgress, MergeCounts, void> {
  const { copy, remove } = copyToMerge(connection, path)
  try {
    connection.attach(copy, OTHER)
    try {
      return yield* takeOver(connection, cancelled)
    } finally {
      connection.detach(OTHER)
    }
  } finally {
    remove()
  }
}

/** A copy of the other journal, with the columns that this one has. @throws {JournalError} */
function copyToMerge(connection: Connection, path: string): { readonly copy: string; readonly remove: () => void } {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) {
    throw new JournalError(`There is no file ${path} to merge. Choose the file of a journal.`)
  }
  const folder = mkdtempSync(join(tmpdir(), 'vmap-lab-merge-'))
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  try {
    const copy = join(folder, 'journal.sqlite')
    copyOf(path, copy, connection.schemaVersion)
    // Migrates the copy
    Connection.open(copy, Date.now).close()
    return { copy, remove }
  } catch (error) {
    remove()
    throw error
  }
}

/** What was made in an experiment: when, under which title, and every digest in order. */
function fingerprint(schema: 'main' | typeof OTHER): string {
  return `SELECT experiment.id, created_at_ms || ' ' || title || ' ' ||
      coalesce((SELECT group_concat(coalesce(digest, status), ' ') FROM
        (SELECT digest, status FROM ${schema}.run WHERE experiment_id = experiment.id ORDER BY position)), '') AS made
    FROM ${schema}.experiment`
}

function readOther(connection: Connection): readonly OtherExperiment[] {
  return connection.all<OtherExperiment>(
    `WITH here AS MATERIALIZED (${fingerprint('main')}), there AS (${fingerprint(OTHER)})
      SELECT theirs.id,
        coalesce(
          (SELECT ours.id FROM main.experiment AS ours WHERE ours.uuid = theirs.uuid),
          (SELECT min(here.id) FROM here WHERE here.made = there.made)) AS knownAs,
        (SELECT count(*) FROM ${OTHER}.run WHERE experiment_id = theirs.id) AS runs,
        (SELECT count(*) FROM ${OTHER}.run WHERE experiment_id = theirs.id AND status = 'running') AS running
      FROM ${OTHER}.experiment AS theirs JOIN there ON there.id = theirs.id
      WHERE theirs.trashed_at_ms IS NULL ORDER BY theirs.id`,
  )
}

const isNew = ({ knownAs, running }: OtherExperiment): boolean => knownAs === null && running === 0

function countsOf(connection: Connection, experiments: readonly OtherExperiment[]): MergeCounts {
  const [trashed = 0] =
    connection.rows<[number]>(`SELECT count(*) FROM ${OTHER}.experiment WHERE trashed_at_ms IS NOT NULL`)[0] ?? []
  return {
    experiments: experiments.filter(isNew).length,
    runs: experiments.filter(isNew).reduce((sum, { runs }) => sum + runs, 0),
    known: experiments.filter(({ knownAs }) => knownAs !== null).length,
    underWay: experiments.filter(({ knownAs, running }) => knownAs === null && running > 0).length,
    trashed,
    left: 0,
  }
}

function* takeOver(connection: Connection, cancelled: () => boolean): Generator<MergeProgress, MergeCounts, void> {
  const experiments = connection.read(() => readOther(connection))
  const counts = connection.read(() => countsOf(connection, experiments))
  const columnsOf = columnReader(connection)
  const owners = connection.write(() => {
    connection.run(
      `INSERT INTO main.scenario_source SELECT * FROM ${OTHER}.scenario_source WHERE true ON CONFLICT DO NOTHING`,
    )
    return copiedOwners(connection, columnsOf)
  })
  /** Numbers of runs there and here: notes name them. */
  const runIds = new Map<number, number>()
  const taken: (OtherExperiment & { readonly ours: number })[] = []
  const take = (experiment: OtherExperiment): void => {
    const { id, knownAs } = experiment
    if (knownAs !== null) mapRuns(connection, id, knownAs, runIds)
    if (!isNew(experiment)) return
    taken.push({ ...experiment, ours: copyExperiment(connection, id, { owners, columnsOf }, runIds) })
  }
  const total = 2 * experiments.length
  for (const done of inSlices(connection, experiments, take)) {
    yield { done, total }
    if (cancelled()) break
  }
  // Once all runs that are taken over have their numbers
  const finish = ({ id, ours }: (typeof taken)[number]): void => {
    copyNotes(connection, id, ours, runIds)
    indexExperiment(connection, ours)
  }
  for (const done of inSlices(connection, taken, finish)) yield { done: total - taken.length + done, total }
  const runs = taken.reduce((sum, experiment) => sum + experiment.runs, 0)
  return { ...counts, experiments: taken.length, runs, left: counts.experiments - taken.length }
}

/** Does the work for each, in transactions of some milliseconds; tells after each how many are done. */
function* inSlices<Item>(
  connection: Connection,
  items: readonly Item[],
  work: (item: Item) => void,
): Generator<number, void, void> {
  for (let done = 0; done < items.length;) {
    connection.write(() => {
      const endMs = performance.now() + SLICE_MS
      do {
        work(items[done] as Item)
        done += 1
      } while (done < items.length && performance.now() < endMs)
    })
    yield done
  }
}
