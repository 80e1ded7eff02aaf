import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ReferenceMachine } from '../reference/index.ts'
import { expandGenerator } from './generators.ts'
import type { StreamGenerator } from './generators.ts'

/** What the kernel's real code did with a case: field names are those of the files (README.md beside this file). */
export interface GoldenResult {
  readonly counts: Readonly<Record<string, number>>
  readonly free_lists: readonly (readonly [number, number, number][])[]
  /** One per `m` or `v` line: pages from VMALLOC_START, -1 when it failed. */
  readonly addr?: readonly number[]
  /** One per `m` or `v` line: free-list blocks looked at. */
  readonly visited?: readonly number[]
}

/** What a request stream needs of an allocator. Pages are relative to VMALLOC_START. */
export interface ReplayTarget {
  setCpu(cpu: number): void
  mapRam(pages: number): number
  unmapRam(startPage: number, pages: number): void
  vmap(pages: number): number
  vunmap(startPage: number): void
  unmapAliases(): void
  readonly visitedNodes: number
}

export interface GoldenCase {
  name: string
  description: string
  machine: ReferenceMachine
  /** By version tag: `before` is 4.0, `p1`, `p2`, `p3` (4.1) add the patches of the 2015 series. */
  results: Partial<Record<string, GoldenResult>>
  /** The recorded trace, line by line; `undefined` for a case that is made by a generator. */
  lines: readonly string[] | undefined
  /** Plays the case's request stream; returns address and visited blocks of each `m` and `v` operation. */
  replay(allocator: ReplayTarget): { addr: number[]; visited: number[] }
}

interface GoldenFile {
  name: string
  description: string
  config: { bits: 32 | 64; nr_cpus: number; vmalloc_start: bigint; vmalloc_pages: number; bbmap_bits: number }
  trace: string[] | null
  generator: StreamGenerator | null
  results: Partial<Record<string, GoldenResult>>
}

const PAGE_SIZE = 4096n
const casesFolder = join(import.meta.dirname, 'cases')

/** All cases, by file name. */
export function loadGoldenCases(): GoldenCase[] {
  const files = readdirSync(casesFolder).filter((file) => file.endsWith('.json'))
  return files.sort().map((file) => toCase(parseGoldenFile(readFileSync(join(casesFolder, file), 'utf8'))))
}

/** `vmalloc_start` is a 64-bit number, which JSON.parse would round: it is read from its source text. */
function parseGoldenFile(text: string): GoldenFile {
  return JSON.parse(text, (key: string, value: unknown, context?: { source?: string }) =>
    key === 'vmalloc_start' ? BigInt(context?.source ?? '') : value,
  ) as GoldenFile
}

function toCase({ name, description, config, trace, generator, results }: GoldenFile): GoldenCase {
  const machine: ReferenceMachine = {
    wordBits: config.bits,
    nrCpus: config.nr_cpus,
    vmallocStartPage: Number(config.vmalloc_start / PAGE_SIZE),
    vmallocPages: config.vmalloc_pages,
    bbmapBits: config.bbmap_bits,
  }
  const lines = (): Iterable<string> => {
    if (trace !== null) return trace
    if (generator !== null) return expandGenerator(generator, machine)
    throw new Error(`case ${name} has neither trace nor generator`)
  }
  return {
    name,
    description,
    machine,
    results,
    lines: trace ?? undefined,
    replay: (allocator) => replayTrace(lines(), allocator),
  }
}

/**
 * Plays trace lines. All ids share one table, as in the recordings: a later `m` or `v` with the same id takes it over,
 * and `u` or `f` of an unknown or failed id, or of an id of the other kind, is ignored.
 */
function replayTrace(lines: Iterable<string>, allocator: ReplayTarget): { addr: number[]; visited: number[] } {
  const addr: number[] = []
  const visited: number[] = []
  const live = new Map<number, { kind: 'map' | 'vmap'; start: number; pages: number }>()

  const allocate = (kind: 'map' | 'vmap', id: number, pages: number): void => {
    const start = kind === 'map' ? allocator.mapRam(pages) : allocator.vmap(pages)
    addr.push(start)
    visited.push(kind === 'map' ? allocator.visitedNodes : 0)
    if (start < 0) live.delete(id)
    else live.set(id, { kind, start, pages })
  }
  const release = (kind: 'map' | 'vmap', id: number): void => {
    const mapping = live.get(id)
    if (mapping?.kind !== kind) return
    live.delete(id)
    if (kind === 'map') allocator.unmapRam(mapping.start, mapping.pages)
    else allocator.vunmap(mapping.start)
  }

  for (const line of lines) {
    const [operation, first, second] = line.split(' ')
    const id = Number(first)
    if (operation === 'm') allocate('map', id, Number(second))
    else if (operation === 'u') release('map', id)
    else if (operation === 'v') allocate('vmap', id, Number(second))
    else if (operation === 'f') release('vmap', id)
    else if (operation === 'a') allocator.unmapAliases()
    else if (operation === 'c') allocator.setCpu(id)
    else throw new Error(`unknown trace line "${line}"`)
  }
  return { addr, visited }
}
