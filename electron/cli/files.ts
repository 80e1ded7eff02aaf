import { closeSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { ReadError, type ByteSource } from '../scenario/bytes.ts'
import { CommandError, UsageError, type Terminal } from './command.ts'

const PART_BYTES = 65_536

/** @throws {UsageError} naming the file and the reason. */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new UsageError(`${path}: cannot be read (${reason(error)})`)
  }
}

/** The whole text of standard input. @throws {UsageError} with the reason when it cannot be read. */
export function readInput(terminal: Terminal): string {
  try {
    return textOf(terminal.openInput())
  } catch (error) {
    if (error instanceof ReadError) throw new UsageError(`standard input: cannot be read (${error.message})`)
    throw error
  }
}

function textOf(bytes: ByteSource): string {
  const decoder = new TextDecoder()
  const part = new Uint8Array(PART_BYTES)
  let text = ''
  for (let length = bytes.read(part, 0); length > 0; length = bytes.read(part, 0)) {
    text += decoder.decode(part.subarray(0, length), { stream: true })
  }
  bytes.close()
  return text + decoder.decode()
}

/** A file that is written in parts and appears when it is whole. */
export interface WholeFile {
  /** @throws {CommandError} */
  write(text: string): void
  /** Answers the absolute path. @throws {CommandError} */
  finish(): string
  /** What was there before stays. */
  abandon(): void
}

/** @throws {CommandError} naming the file and the reason. */
export function openWhole(path: string): WholeFile {
  const target = resolve(path)
  const unfinished = `${target}.${process.pid}.part`
  const attempt = <Value>(work: () => Value): Value => {
    try {
      return work()
    } catch (error) {
      rmSync(unfinished, { force: true })
      throw new CommandError(`${path}: cannot be written (${reason(error)})`)
    }
  }
  const file = attempt(() => openSync(unfinished, 'w'))
  return {
    write(text) {
      attempt(() => {
        writeFileSync(file, text)
      })
    },
    finish() {
      attempt(() => {
        closeSync(file)
        renameSync(unfinished, target)
      })
      return target
    },
    abandon() {
      closeSync(file)
      rmSync(unfinished, { force: true })
    },
  }
}

/** Writes a whole file or none of it, and answers its absolute path. @throws {CommandError} naming the file and the reason. */
export function writeWhole(path: string, text: string): string {
  const file = openWhole(path)
  file.write(text)
  return file.finish()
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
