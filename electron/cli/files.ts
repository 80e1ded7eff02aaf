import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { CommandError, UsageError } from './command.ts'

/** @throws {UsageError} naming the file and the reason. */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new UsageError(`${path}: cannot be read (${reason(error)})`)
  }
}

/** Writes a whole file or none of it, and answers its absolute path. @throws {CommandError} naming the file and the reason. */
export function writeWhole(path: string, text: string): string {
  const target = resolve(path)
  const unfinished = `${target}.${process.pid}.part`
  try {
    writeFileSync(unfinished, text)
    renameSync(unfinished, target)
  } catch (error) {
    rmSync(unfinished, { force: true })
    throw new CommandError(`${path}: cannot be written (${reason(error)})`)
  }
  return target
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
