/** An expected failure: the message is the whole story, one line a reader can act on, so no stack trace is shown. */
export class ProvideError extends Error {
  override name = 'ProvideError'
}

/** One line on stderr; stdout belongs to results. */
export const say = (line: string): void => {
  process.stderr.write(`vmap-lab: ${line}\n`)
}

/** The message of anything that was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Runs a script's body and turns every outcome into an exit code: expected or not, no failure ends in a stack trace. */
export const runScript = async (body: () => Promise<number>): Promise<void> => {
  try {
    process.exitCode = await body()
  } catch (error) {
    say(messageOf(error))
    if (!(error instanceof ProvideError)) {
      if (process.env['VMAP_LAB_DEBUG'] && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`)
      else say('this was not expected; VMAP_LAB_DEBUG=1 shows where it happened')
    }
    process.exitCode = 1
  }
}
