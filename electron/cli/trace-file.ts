import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { CommandError } from './command.ts'
import { reason } from './files.ts'

/**
 * A file that is written part by part and is there, under its name, when it is whole. A name that ends in .gz is compressed:
 * each part is a gzip member of its own, which together are one file (RFC 1952, section 2.2).
 */
export class TraceFile {
  readonly path: string
  readonly #name: string
  readonly #unfinished: string
  readonly #file: number
  #isOpen = true

  /** @throws {CommandError} naming the file and the reason, as all its methods. */
  constructor(name: string) {
    this.#name = name
    this.path = resolve(name)
    this.#unfinished = `${this.path}.${process.pid}.part`
    this.#file = this.#attempt(() => openSync(this.#unfinished, 'w'))
  }

  write(part: string): void {
    const bytes = this.#name.toLowerCase().endsWith('.gz') ? gzipSync(part) : Buffer.from(part)
    this.#attempt(() => {
      for (let written = 0; written < bytes.length;) written += writeSync(this.#file, bytes, written)
    })
  }

  finish(): void {
    this.#attempt(() => {
      this.#close()
      renameSync(this.#unfinished, this.path)
    })
  }

  /** Leaves nothing behind. */
  discard(): void {
    this.#close()
    rmSync(this.#unfinished, { force: true })
  }

  #close(): void {
    if (this.#isOpen) closeSync(this.#file)
    this.#isOpen = false
  }

  #attempt<Value>(work: () => Value): Value {
    try {
      return work()
    } catch (error) {
      throw new CommandError(`${this.#name}: cannot be written (${reason(error)})`)
    }
  }
}
