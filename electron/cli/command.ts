import { parseArgs, type ParseArgsConfig } from 'node:util'
import type { ByteSource } from '../scenario/bytes.ts'

/** Done, "no" or a failed run, wrong use. */
export const EXIT = { done: 0, no: 1, usage: 2 } as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** The terminal, or a test: data goes to `out`, messages to `err`. */
export interface Terminal {
  out(text: string): void
  err(text: string): void
  /** Replaces the last progress line; shown only where a person watches. Empty: takes it away. */
  progress(text: string): void
  /** Standard input, to be read once. @throws {ReadError} */
  openInput(): ByteSource
}

/** Wrong use of a command; the message says what, where, and what is accepted. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** A command that could not do its work although it was used correctly: a file that cannot be read, a journal too new. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
}

export interface Command {
  readonly name: string
  /** What follows the name, as in a manual page. */
  readonly synopsis: string
  readonly summary: string
  /** The text of `--help` below synopsis and summary. */
  readonly help: string
  run(args: readonly string[], terminal: Terminal): Promise<ExitCode> | ExitCode
}

type Options = NonNullable<ParseArgsConfig['options']>

/** Reads options and positional arguments. @throws {UsageError} in words that name the argument. */
export function readArguments<const Given extends Options>(
  args: readonly string[],
  options: Given,
  positionals: { readonly min: number; readonly max: number; readonly names: string },
) {
  const parsed = parseOrRefuse(args, options)
  const { length } = parsed.positionals
  if (length < positionals.min || length > positionals.max) {
    const given = length === 0 ? 'nothing' : parsed.positionals.map((argument) => `"${argument}"`).join(' ')
    throw new UsageError(`expected ${positionals.names}, got ${given}`)
  }
  return parsed
}

function parseOrRefuse<const Given extends Options>(args: readonly string[], options: Given) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    // Node's message goes on with advice on `--`, which is not what is wrong here
    const [sentence = message] = message.split(/\. |\n/)
    const accepted = Object.keys(options).map((name) => `--${name}`)
    throw new UsageError(`${sentence.replace(/\.$/, '')}; accepted are: ${accepted.join(', ')}`)
  }
}

/** A whole number from text. @throws {UsageError} naming `what`. */
export function readWholeNumber(text: string, what: string, min: number, max: number): number {
  const number = Number(text)
  if (!/^\d+$/.test(text) || number < min || number > max) {
    throw new UsageError(`${what} is "${text}"; accepted are whole numbers from ${min} to ${max}`)
  }
  return number
}
