import { isDeepStrictEqual } from 'node:util'
import { Allocator } from '../../electron/allocator/allocator.ts'
import { ReferenceAllocator } from '../../electron/allocator/reference/index.ts'
import type { RequestSink } from '../../shared/requests.ts'
import { CheckedAllocator } from '../agreement/checked-allocator.ts'
import { referenceOf } from '../agreement/reference-of.ts'
import { Caller, type Request } from '../agreement/requests.ts'
import type { FuzzCase } from './case.ts'

interface Observed {
  readonly addr: readonly number[]
  readonly visited: readonly number[]
  readonly operations: number
}

function play(requests: readonly Request[], target: RequestSink & { readonly visitedNodes: number }): Observed {
  const addr: number[] = []
  const visited: number[] = []
  const caller = new Caller(target)
  for (const request of requests) {
    const startPage = caller.issue(request)
    if (startPage === undefined) continue
    addr.push(startPage)
    visited.push(target.visitedNodes)
  }
  return { addr, visited, operations: caller.operations }
}

export type Outcome = { readonly operations: number } | { readonly difference: string }

/**
 * Plays a case on both allocators, on the one under test with every call checked. Answers the operations made, or what is
 * wrong as a sentence.
 */
export function compare({ machine, model, requests }: FuzzCase): Outcome {
  const fast = new Allocator(machine, model)
  const plain = new ReferenceAllocator(machine, referenceOf(model))
  let fastSeen: Observed
  try {
    fastSeen = play(requests, new CheckedAllocator(fast))
  } catch (error) {
    return { difference: String(error) }
  }
  const plainSeen = play(requests, plain)
  const cpus = Array.from({ length: machine.nrCpus }, (_, cpu) => cpu)
  const views: readonly (readonly [string, unknown, unknown])[] = [
    ['addr', fastSeen.addr, plainSeen.addr],
    ['visited', fastSeen.visited, plainSeen.visited],
    ['counts', fast.counts, plain.counts],
    ['free_lists', cpus.map((cpu) => [...fast.freeList(cpu)]), plain.freeLists()],
  ]
  const differing = views.find(([, left, right]) => !isDeepStrictEqual(left, right))
  return differing === undefined
    ? { operations: fastSeen.operations }
    : { difference: `${differing[0]} differs from the reference` }
}

/** The shortest trace found that still fails, by leaving out ever smaller pieces. */
export function shrink(found: FuzzCase): FuzzCase {
  let { requests } = found
  for (let piece = Math.ceil(requests.length / 2); piece >= 1; piece = piece === 1 ? 0 : Math.ceil(piece / 2)) {
    for (let start = 0; start < requests.length;) {
      const fewer = [...requests.slice(0, start), ...requests.slice(start + piece)]
      if ('difference' in compare({ ...found, requests: fewer })) requests = fewer
      else start += piece
    }
  }
  return { ...found, requests }
}
