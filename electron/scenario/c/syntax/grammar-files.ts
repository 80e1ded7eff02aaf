import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

export interface GrammarFiles {
  /** The parser itself. */
  readonly runtime: Uint8Array<ArrayBuffer>
  /** The tables of C. */
  readonly language: Uint8Array<ArrayBuffer>
}

/** @throws {Error} when a file of the installation is missing. */
export function readGrammarFiles(): GrammarFiles {
  return {
    runtime: read('web-tree-sitter.wasm', 'web-tree-sitter/web-tree-sitter.wasm'),
    language: read('tree-sitter-c.wasm', 'tree-sitter-c/tree-sitter-c.wasm'),
  }
}

/** The built app has the file beside its bundle (electron.vite.config.ts puts it there), the source tree in a package. */
function read(name: string, packagePath: string): Uint8Array<ArrayBuffer> {
  const beside = fileURLToPath(new URL(name, import.meta.url))
  const path = existsSync(beside) ? beside : createRequire(import.meta.url).resolve(packagePath)
  return new Uint8Array(readFileSync(path))
}
