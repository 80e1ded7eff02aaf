import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import type { Connection } from './connection.ts'

/** The process that executes a run, told apart from later processes with the same pid. Fields are '' where unknown. */
export interface Owner {
  readonly pid: number
  /** Linux: start in clock ticks since boot, field 22 of /proc/PID/stat (man 5 proc_pid_stat). */
  readonly processStart: string
  /** Linux: a pid means something only within its namespace, such as a container. */
  readonly pidNamespace: string
  /** Linux: random for each boot. */
  readonly boot: string
  /** For people who look into the file. */
  readonly host: string
}

export function currentOwner(): Owner {
  return {
    pid: process.pid,
    processStart: processStart(process.pid) ?? '',
    pidNamespace: attempt(() => readlinkSync('/proc/self/ns/pid')) ?? '',
    boot: attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()) ?? '',
    host: hostname(),
  }
}

/**
 * Whether the owner has certainly ended. In doubt it has not: a live run must never be taken from its process. Doubt remains
 * for a pid of another namespace (until the next boot), and where the system does not tell start times (until the pid is free).
 * The host's name is not asked: it can change while a run lives, and WAL journals are used from one machine only
 * (https://sqlite.org/wal.html, "all processes using a database must be on the same host computer").
 */
export function hasEnded(owner: Owner, here: Owner = currentOwner()): boolean {
  if (differs(owner.boot, here.boot)) return true
  if (differs(owner.pidNamespace, here.pidNamespace)) return false
  if (!pidExists(owner.pid)) return true
  if (here.processStart === '') return false
  const start = processStart(owner.pid)
  return start === undefined || differs(owner.processStart, start)
}

/** Runs and sweeps whose process ended without completing them become interrupted. Answers how many. */
export function interruptAbandoned(connection: Connection, nowMs: number): number {
  const ended = connection
    .read(() =>
      connection.all<Owner & { id: number }>(
        `SELECT id, pid, process_start AS processStart, pid_namespace AS pidNamespace, boot, host FROM owner
          WHERE id IN (SELECT owner_id FROM run WHERE status = 'running'
            UNION SELECT owner_id FROM sweep WHERE status = 'running')`,
      ),
    )
    .filter((owner) => hasEnded(owner))
  // The write lock is asked for only when there is something to write
  if (ended.length === 0) return 0
  return connection.write(() => ended.reduce((sum, { id }) => sum + interruptAllOf(connection, id, nowMs), 0))
}

function interruptAllOf(connection: Connection, ownerId: number, nowMs: number): number {
  const interrupt = (table: 'run' | 'sweep'): number =>
    connection.run(
      `UPDATE ${table} SET status = 'interrupted', ended_at_ms = ? WHERE status = 'running' AND owner_id = ?`,
      nowMs,
      ownerId,
    ).changes
  return interrupt('run') + interrupt('sweep')
}

/** Records this process; answers with its id in the journal. Call within a write transaction. */
export function recordOwner(connection: Connection, nowMs: number): number {
  const { pid, processStart: start, pidNamespace, boot, host } = currentOwner()
  return connection.run(
    'INSERT INTO owner (pid, process_start, pid_namespace, boot, host, seen_at_ms) VALUES (?, ?, ?, ?, ?, ?)',
    pid,
    start,
    pidNamespace,
    boot,
    host,
    nowMs,
  ).insertedId
}

function differs(a: string, b: string): boolean {
  return a !== '' && b !== '' && a !== b
}

function pidExists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it exists and belongs to somebody else
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** `undefined` when there is no such process, when it only waits to be reaped, and where /proc does not exist. */
function processStart(pid: number): string | undefined {
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, 'latin1'))
  if (stat === undefined) return undefined
  // The second field, the command's name, may itself hold spaces and parentheses
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [state] = fields
  return state === 'Z' || state === 'X' ? undefined : fields[22 - 3]
}

/** The value, or `undefined` where this system does not have it. */
function attempt<Value>(read: () => Value): Value | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
