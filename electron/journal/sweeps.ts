import { missingRanges, runCount, type RunRange, type SweepDefinition } from '../../shared/sweep.ts'
import { SWEEP_COLUMNS, type SweepChunk, type SweepColumn } from '../../shared/sweep-columns.ts'
import type { NewSweep, SweepRecord, SweepStatus, SweepSummary } from '../../shared/sweep-record.ts'
import type { Connection } from './connection.ts'
import { JournalError } from './journal-error.ts'
import { acceptedSource, acceptedTitle, FAILURE_LENGTH_MAX } from './limits.ts'
import { recordOwner } from './owner.ts'
import { packNumbers, unpackNumbers } from './packed-numbers.ts'
import { recordSource } from './run-recorder.ts'
import { damaged, decodeJson, encodeJson, STORED } from './stored-json.ts'

interface SweepRow {
  readonly id: number
  readonly title: string
  readonly status: SweepStatus
  readonly startedAtMs: number
  readonly labVersion: string
  readonly runs: number
  readonly runsDone: number | null
  readonly failure: string | null
  readonly definition: string
  readonly source: string
}

const SELECT = `SELECT sweep.id, title, status, started_at_ms AS startedAtMs, lab_version AS labVersion, runs, failure,
    (SELECT sum(runs) FROM sweep_chunk WHERE sweep_id = sweep.id) AS runsDone, definition, text AS source
  FROM sweep JOIN scenario_source ON sha256 = source_sha256`

/** The sweeps of a journal. Every method is one transaction; a chunk is there with all its figures or not at all. */
export class Sweeps {
  readonly #connection: Connection
  readonly #labVersion: string
  readonly #now: () => number

  constructor(connection: Connection, { labVersion, now }: { labVersion: string; now: () => number }) {
    this.#connection = connection
    this.#labVersion = labVersion
    this.#now = now
  }

  /** Records a sweep as running; answers with its id. @throws {JournalError} */
  start({ definition, source }: NewSweep): number {
    const title = acceptedTitle(definition.title)
    const { program, ...kept } = definition
    const stored = { ...kept, ...(program && { programTitle: program.title }) }
    const connection = this.#connection
    return connection.write(
      () =>
        connection.run(
          `INSERT INTO sweep (title, definition, source_sha256, runs, status, lab_version, owner_id, started_at_ms)
            VALUES (?, ?, ?, ?, 'running', ?, ?, ?)`,
          title,
          encodeJson(STORED.sweep, stored, 'sweep'),
          recordSource(connection, acceptedSource(source)),
          runCount(definition),
          this.#labVersion,
          recordOwner(connection, this.#now()),
          this.#now(),
        ).insertedId,
    )
  }

  /** Makes a sweep that has not finished this process's own; answers with the runs to make. @throws {JournalError} */
  resume(id: number): readonly RunRange[] {
    const connection = this.#connection
    return connection.write(() => {
      const { status, runs, labVersion } = this.#row(id)
      if (status === 'finished') throw new JournalError(`Sweep ${id} has finished: there is nothing to resume.`)
      if (status === 'running') throw new JournalError(`Sweep ${id} is running, here or in another process.`)
      if (labVersion !== this.#labVersion) {
        throw new JournalError(
          `Sweep ${id} was begun by version ${labVersion} of the lab, and this is ${this.#labVersion}: runs of both would stand side by side. Start it anew.`,
        )
      }
      connection.run(
        `UPDATE sweep SET status = 'running', ended_at_ms = NULL, failure = NULL, owner_id = ? WHERE id = ?`,
        recordOwner(connection, this.#now()),
        id,
      )
      return missingRanges(runs, this.#chunks(id))
    })
  }

  /** Adds runs to a running sweep. @throws {Error} when one of them is there already. */
  add(id: number, { first, runs, columns }: SweepChunk): void {
    const packed = columns.map((column) => packNumbers([...column]))
    const connection = this.#connection
    connection.write(() => {
      connection.run('INSERT INTO sweep_chunk (sweep_id, first_run, runs) VALUES (?, ?, ?)', id, first, runs)
      for (const [place, name] of SWEEP_COLUMNS.entries()) {
        connection.run(
          'INSERT INTO sweep_figures (sweep_id, name, first_run, data) VALUES (?, ?, ?, ?)',
          id,
          name,
          first,
          packed[place] ?? new Uint8Array(),
        )
      }
    })
  }

  /** Ends a running sweep; one that is not running stays as it is. */
  end(id: number, status: Exclude<SweepStatus, 'running'>, failure?: string): void {
    const connection = this.#connection
    connection.write(() =>
      connection.run(
        `UPDATE sweep SET status = ?, failure = ?, ended_at_ms = ? WHERE id = ? AND status = 'running'`,
        status,
        status === 'failed' ? (failure ?? '').slice(0, FAILURE_LENGTH_MAX) || 'No reason was given.' : null,
        this.#now(),
        id,
      ),
    )
  }

  /** Newest first. */
  list(): readonly SweepSummary[] {
    const rows = this.#connection.read(() => this.#connection.all<SweepRow>(`${SELECT} ORDER BY sweep.id DESC`))
    return rows.map(summaryOf)
  }

  /** `undefined` when there is no such sweep. */
  open(id: number): SweepRecord | undefined {
    const row = this.#connection.read(() => this.#connection.get<SweepRow>(`${SELECT} WHERE sweep.id = ?`, id))
    return row && { ...summaryOf(row), definition: this.#definitionOf(row), source: row.source }
  }

  /** One value for each run of a range, NaN for those that have not been made. @throws {JournalError} */
  column(id: number, name: SweepColumn, range: RunRange): Float64Array {
    const values = new Float64Array(range.count).fill(NaN)
    const end = range.first + range.count
    const rows = this.#connection.read(() =>
      this.#connection.all<{ first: number; runs: number; data: Uint8Array }>(
        `SELECT first_run AS first, runs, data FROM sweep_chunk JOIN sweep_figures USING (sweep_id, first_run)
          WHERE sweep_id = ? AND name = ? AND first_run < ? AND first_run + runs > ?`,
        id,
        name,
        end,
        range.first,
      ),
    )
    for (const { first, runs, data } of rows) {
      const from = Math.max(first, range.first)
      const unpacked = this.#unpacked(id, name, data, runs)
      values.set(unpacked.slice(from - first, end - first), from - range.first)
    }
    return values
  }

  #unpacked(id: number, name: SweepColumn, data: Uint8Array, runs: number): readonly number[] {
    try {
      return unpackNumbers(data, runs)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw damaged(`${name} of sweep ${id} in the journal ${this.#connection.path}`, reason, error)
    }
  }

  #chunks(id: number): readonly RunRange[] {
    return this.#connection.all<RunRange>(
      'SELECT first_run AS first, runs AS count FROM sweep_chunk WHERE sweep_id = ?',
      id,
    )
  }

  #row(id: number): Pick<SweepRow, 'status' | 'runs' | 'labVersion'> {
    const row = this.#connection.get<Pick<SweepRow, 'status' | 'runs' | 'labVersion'>>(
      'SELECT status, runs, lab_version AS labVersion FROM sweep WHERE id = ?',
      id,
    )
    if (row === undefined) throw new JournalError(`There is no sweep ${id} in ${this.#connection.path}.`)
    return row
  }

  #definitionOf({ id, definition, source }: SweepRow): SweepDefinition {
    const where = `sweep ${id} in the journal ${this.#connection.path}`
    const { programTitle, ...stored } = decodeJson(STORED.sweep, definition, where)
    return { ...stored, ...(programTitle !== undefined && { program: { title: programTitle, source } }) }
  }
}

function summaryOf(row: SweepRow): SweepSummary {
  const { id, title, status, startedAtMs, labVersion, runs, runsDone, failure } = row
  const known = { id, title, status, startedAtMs, labVersion, runs, runsDone: runsDone ?? 0 }
  return { ...known, ...(failure !== null && { failure }) }
}
