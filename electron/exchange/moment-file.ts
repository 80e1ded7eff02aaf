import { readFileSync, statSync } from 'node:fs'
import { z } from 'zod'
import { TITLE_LENGTH_MAX, BOOKMARK_NOTE_LENGTH_MAX } from '../../shared/journal.ts'
import { MOMENT_FORMAT, MOMENT_VERSION, type Moment } from '../../shared/moment.ts'
import { REPLAYS_MAX } from '../../shared/replay.ts'
import type { RunSpec } from '../../shared/run.ts'

/** A file that is no moment of a replay; the message names it and says what to do. */
export class MomentFileError extends Error {
  override readonly name = 'MomentFileError'
}

/** Larger than any with as many scenarios as a replay shows, each as long as one may be. */
const BYTES_MAX = 16_000_000

const fileSchema = z.object({ format: z.literal(MOMENT_FORMAT), version: z.int().positive() })

/** Reads the file of a moment; `runSpec` accepts what a window may send as a run. @throws {MomentFileError} */
export function readMoment(path: string, runSpec: z.ZodType<RunSpec>): Moment {
  const text = attempt(path, () => {
    const { size } = statSync(path)
    if (size > BYTES_MAX) throw new Error(`it has ${size} bytes; at most ${BYTES_MAX} are accepted`)
    return readFileSync(path, 'utf8')
  })
  const data = attempt(path, () => JSON.parse(text) as unknown)
  const file = fileSchema.safeParse(data)
  if (!file.success) throw new MomentFileError(`${path} is no moment of a replay. Choose a file that Replay has saved.`)
  if (file.data.version > MOMENT_VERSION) {
    throw new MomentFileError(
      `${path} is of form ${file.data.version}; this lab reads forms up to ${MOMENT_VERSION}. Open it with a newer lab.`,
    )
  }
  const moment = momentSchema(runSpec).safeParse(data)
  if (moment.success) return moment.data
  const [issue] = moment.error.issues
  throw new MomentFileError(`${path} cannot be used: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not valid'}.`)
}

function momentSchema(runSpec: z.ZodType<RunSpec>) {
  return z.object({
    title: z.string().max(TITLE_LENGTH_MAX),
    note: z.string().max(BOOKMARK_NOTE_LENGTH_MAX),
    operation: z.int().nonnegative(),
    runs: z
      .array(z.object({ spec: runSpec, digest: z.string().regex(/^[0-9a-f]{16}$/) }))
      .min(1)
      .max(REPLAYS_MAX),
  })
}

function attempt<Value>(path: string, work: () => Value): Value {
  try {
    return work()
  } catch (error) {
    throw new MomentFileError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`)
  }
}
