import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MergeCounts, MergeProgress } from '../../shared/journal.ts'
import { Connection } from './connection.ts'
import { copyOf } from './file-identity.ts'
import { JournalError } from './journal-error.ts'
import { copyExperiment, copyFurtherRuns, copyNotes, mapRuns } from './merge-experiments.ts'
import { columnReader, copiedOwners, OTHER } from './merge-other.ts'
import { countsOf, isTaken, readPlan, sum, type OtherExperiment } from './merge-plan.ts'
import { takeSaved } from './merge-saved.ts'
import { takeSweep } from './merge-sweeps.ts'
import { indexExperiment } from './search.ts'

/**
 * Takes over what another journal holds: experiments, sweeps, and what was saved by name. The other file is never changed: what is read is a copy of it, brought to the
 * newest schema. Experiments are recognised by their uuid, and by what was made in them.
 */

/** Milliseconds of one transaction: nobody who wants to write has to wait longer. */
const SLICE_MS = 30

/** Counts what merging the journal at `path` would do. @throws {JournalError} */
export function countMerge(connection: Connection, path: string): MergeCounts {
  const { copy, remove } = copyToMerge(connection, path)
  try {
    connection.attach(copy, OTHER)
    try {
      return connection.read(() => countsOf(readPlan(connection)))
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

function* takeOver(connection: Connection, cancelled: () => boolean): Generator<MergeProgress, MergeCounts, void> {
  const plan = connection.read(() => readPlan(connection))
  const columnsOf = columnReader(connection)
  const owners = connection.write(() => {
    connection.run(
      `INSERT INTO main.scenario_source SELECT * FROM ${OTHER}.scenario_source WHERE true ON CONFLICT DO NOTHING`,
    )
    takeSaved(connection, plan.saved)
    return copiedOwners(connection, columnsOf)
  })
  /** Numbers of runs there and here: notes name them. */
  const runIds = new Map<number, number>()
  const taken: (OtherExperiment & { readonly ours: number })[] = []
  const take = (experiment: OtherExperiment): void => {
    const { id, knownAs } = experiment
    if (knownAs !== null) {
      const where = { ours: knownAs, owners, columnsOf }
      mapRuns(connection, id, where, runIds)
      if (!isTaken(experiment)) return
      copyFurtherRuns(connection, id, where, runIds)
      taken.push({ ...experiment, ours: knownAs })
    } else if (isTaken(experiment)) {
      taken.push({ ...experiment, ours: copyExperiment(connection, id, { owners, columnsOf }, runIds) })
    }
  }
  const { experiments } = plan
  const { sweeps } = plan.sweeps
  const total = 2 * experiments.length + sweeps.length
  for (const done of inSlices(connection, experiments, take)) {
    yield { done, total }
    if (cancelled()) break
  }
  // Once all runs that are taken over have their numbers
  const finish = ({ id, knownAs, ours }: (typeof taken)[number]): void => {
    if (knownAs === null) copyNotes(connection, id, ours, runIds)
    indexExperiment(connection, ours)
  }
  const behind = 2 * experiments.length - taken.length
  for (const done of inSlices(connection, taken, finish)) yield { done: behind + done, total }
  let sweepsTaken = 0
  const sweepsToTake = cancelled() ? [] : sweeps
  for (const done of inSlices(connection, sweepsToTake, (sweep) => takeSweep(connection, sweep, owners, columnsOf))) {
    sweepsTaken = done
    yield { done: 2 * experiments.length + done, total }
    if (cancelled()) break
  }
  const added = taken.filter(({ knownAs }) => knownAs === null)
  return {
    ...countsOf(plan),
    experiments: added.length,
    runs: sum(added.map(({ runs }) => runs)),
    furtherRuns: sum(taken.map(({ furtherRuns }) => furtherRuns)),
    sweeps: sweepsTaken,
    left: experiments.filter(isTaken).length - taken.length + sweeps.length - sweepsTaken,
  }
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
