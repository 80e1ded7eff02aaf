import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { lazyMaxPages, vmapMaxAlloc } from '../../shared/machine.ts'
import { BUDGET_MS } from './timing.ts'
import { MACHINE, type Measured, type Workload } from './workload.ts'

const SOURCE = fileURLToPath(new URL('first-fit.c', import.meta.url))
const COMPILERS = ['cc', 'gcc', 'clang']

/** The plain first-fit linked list in C, compiled for this machine. */
export interface Peer {
  readonly compiler: string
  measure(workload: Workload): Measured
  /** The checksum of all addresses, as `addressesOf` of workload.ts makes it. */
  addressesOf(workload: Workload): number
}

/** Compiles the peer with -O2, gives it to `use` and takes it away again. `undefined` where there is no C compiler. */
export function withPeer<Result>(use: (peer: Peer | undefined) => Result): Result {
  const compiler = COMPILERS.map(versionOf).find((version) => version !== undefined)
  if (compiler === undefined) return use(undefined)
  const folder = mkdtempSync(join(tmpdir(), 'vmap-lab-bench-'))
  try {
    const program = join(folder, 'first-fit')
    execFileSync(compiler.command, ['-O2', '-o', program, SOURCE])
    return use({
      compiler: `${compiler.version}, -O2`,
      measure: (workload) => measurePeer(program, workload),
      addressesOf: (workload) => Number(answerOf(program, workload, 0)),
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function versionOf(command: string): { readonly command: string; readonly version: string } | undefined {
  try {
    const [version = command] = execFileSync(command, ['--version'], { encoding: 'utf8' }).split('\n')
    return { command, version }
  } catch {
    return undefined
  }
}

function measurePeer(program: string, workload: Workload): Measured {
  const answer = answerOf(program, workload, BUDGET_MS).split(' ').map(Number)
  const [pairs = NaN, nanoseconds = NaN, made = NaN, givenBack = NaN, visited = NaN] = answer
  return { pairs, bestMs: nanoseconds / 1e6, made, givenBack, visited }
}

function answerOf(program: string, { scenario, iterations, model, listed }: Workload, budgetMs: number): string {
  const end = model === 'v4.0' ? 'head' : 'tail'
  const { bbmapBits, nrCpus, wordBits, vmallocStartPage } = MACHINE
  const machine = [bbmapBits, vmapMaxAlloc(wordBits), vmallocStartPage, lazyMaxPages(nrCpus)]
  const args = [scenario, iterations, end, listed, budgetMs, ...machine].map(String)
  return execFileSync(program, args, { encoding: 'utf8' }).trim()
}
