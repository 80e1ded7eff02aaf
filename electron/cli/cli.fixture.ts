import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, vi } from 'vitest'
import { bytesOf } from '../scenario/bytes.ts'
import { main } from './main.ts'

export interface Answer {
  readonly exit: number
  readonly out: string
  readonly err: string
}

/** Carries out a command line as the process would. */
export async function lab(args: readonly string[], input = ''): Promise<Answer> {
  let out = ''
  let err = ''
  const exit = await main(args, {
    out: (text) => (out += text),
    err: (text) => (err += text),
    progress: () => undefined,
    openInput: () => bytesOf(input),
  })
  return { exit, out, err }
}

/** What a command prints with `--json`; it has to succeed. */
export async function labJson(args: readonly string[], input = ''): Promise<unknown> {
  const { exit, out, err } = await lab([...args, '--json'], input)
  expect({ exit, err }).toMatchObject({ exit: 0 })
  return JSON.parse(out) as unknown
}

/** A folder for the files of a test file, and the user's folder while it runs: nobody's own journal is touched. */
export function useFolder(): { readonly path: (name: string) => string } {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'vmap-lab-cli-'))
    vi.stubEnv('VMAP_LAB_HOME', join(folder, 'home'))
  })
  afterAll(() => {
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true })
  })
  return { path: (name) => join(folder, name) }
}
