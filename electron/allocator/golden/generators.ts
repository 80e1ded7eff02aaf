import { mersenne } from 'pure-rand/generator/mersenne'
import type { ReferenceMachine } from '../reference/index.ts'

/** The request streams too long to be listed in their files. */
export type StreamGenerator =
  | { kind: 'scenario1' | 'scenario3'; iterations: number }
  | { kind: 'scenario2'; iterations: number; seed: number }
  | { kind: 'batch'; iterations: number; count: number; live: number }

type Machine = Pick<ReferenceMachine, 'wordBits' | 'bbmapBits'>

/** Trace lines of a generator. */
export function* expandGenerator(generator: StreamGenerator, machine: Machine): Iterable<string> {
  switch (generator.kind) {
    case 'scenario1':
      yield* pairs(scenario1(generator.iterations, machine))
      return
    case 'scenario2':
      yield* pairs(scenario2(generator.iterations, generator.seed, machine))
      return
    case 'scenario3':
      yield* pairs(scenario3(generator.iterations, machine))
      return
    case 'batch':
      yield* batch(generator.iterations, generator.count, generator.live)
      return
  }
}

/** A map and its unmap at once, for each size. */
function* pairs(sizes: Iterable<number>): Iterable<string> {
  for (const pages of sizes) {
    yield `m 0 ${pages}`
    yield 'u 0'
  }
}

/** One pair of 16 pages, then pairs of 8 that leave 8 slots of a fresh block unused. */
function* scenario1(iterations: number, { bbmapBits }: Machine): Iterable<number> {
  for (let iteration = 0; iteration < iterations; iteration++) {
    yield 16
    yield* repeat(8, (bbmapBits - 16) / 8 - 1)
  }
}

/** Random sizes from 1 page to VMAP_MAX_ALLOC, from MT19937 `init_genrand(seed)`. */
function* scenario2(iterations: number, seed: number, { wordBits }: Machine): Iterable<number> {
  const random = mersenne(seed)
  for (let iteration = 0; iteration < iterations; iteration++) yield 1 + ((random.next() >>> 0) % wordBits)
}

/** For each order all but the last map that a block has room for, then one map of each order. */
function* scenario3(iterations: number, { wordBits, bbmapBits }: Machine): Iterable<number> {
  for (let iteration = 0; iteration < iterations; iteration++) {
    for (let pages = 1; pages <= wordBits; pages *= 2) yield* repeat(pages, bbmapBits / pages - 1)
    for (let pages = 1; pages <= wordBits; pages *= 2) yield pages
  }
}

/** Maps that live together and are unmapped in the order they were made. */
function* batch(iterations: number, pages: number, live: number): Iterable<string> {
  for (let iteration = 0; iteration < iterations; iteration++) {
    for (let id = 0; id < live; id++) yield `m ${id} ${pages}`
    for (let id = 0; id < live; id++) yield `u ${id}`
  }
}

function* repeat(pages: number, times: number): Iterable<number> {
  for (let time = 0; time < times; time++) yield pages
}
