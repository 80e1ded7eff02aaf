import { isDeepStrictEqual } from 'node:util'
import { Allocator } from '../../electron/allocator/allocator.ts'
import {
  REFERENCE_RELEASES,
  ReferenceAllocator,
  type ReferenceModel,
  type ReferenceRelease,
} from '../../electron/allocator/reference/index.ts'
import { parseTrace, TraceSource } from '../../electron/scenario/trace.ts'
import type { KernelModel } from '../../shared/kernel-model.ts'
import type { RequestSink } from '../../shared/requests.ts'
import type { FuzzCase } from './case.ts'

/** The reference of a model goes by the golden files' tag. */
export function referenceOf({ id, aliases }: KernelModel): ReferenceModel {
  const tag = [id, ...aliases].find((name): name is ReferenceRelease => name in REFERENCE_RELEASES)
  if (tag === undefined) throw new Error(`There is no reference for ${id}.`)
  return REFERENCE_RELEASES[tag]
}

interface Observed {
  readonly addr: readonly number[]
  readonly visited: readonly number[]
  readonly operations: number
}

function play(
  lines: readonly string[],
  nrCpus: number,
  target: RequestSink & { readonly visitedNodes: number },
): Observed {
  const addr: number[] = []
  const visited: number[] = []
  const source = new TraceSource(parseTrace(lines.join('\n'), nrCpus), (page) => {
    addr.push(page)
    visited.push(target.visitedNodes)
  })
  source.issue(target)
  return { addr, visited, operations: lines.length }
}

/** Plays a case on both allocators. Answers the operations made, or what differs. */
export function compare({ machine, model, lines }: FuzzCase): { operations: number } | { difference: string } {
  const fast = new Allocator(machine, model)
  const plain = new ReferenceAllocator(machine, referenceOf(model))
  const fastSeen = play(lines, machine.nrCpus, fast)
  const plainSeen = play(lines, machine.nrCpus, plain)
  const cpus = Array.from({ length: machine.nrCpus }, (_, cpu) => cpu)
  const views: readonly (readonly [string, unknown, unknown])[] = [
    ['addr', fastSeen.addr, plainSeen.addr],
    ['visited', fastSeen.visited, plainSeen.visited],
    ['counts', fast.counts, plain.counts],
    ['free_lists', cpus.map((cpu) => [...fast.freeList(cpu)]), plain.freeLists()],
  ]
  const differing = views.find(([, left, right]) => !isDeepStrictEqual(left, right))
  return differing === undefined ? { operations: fastSeen.operations } : { difference: differing[0] }
}

/** The shortest trace found that still differs, by leaving out ever smaller pieces. */
export function shrink(found: FuzzCase): FuzzCase {
  let { lines } = found
  for (let piece = Math.ceil(lines.length / 2); piece >= 1; piece = piece === 1 ? 0 : Math.ceil(piece / 2)) {
    for (let start = 0; start < lines.length;) {
      const fewer = [...lines.slice(0, start), ...lines.slice(start + piece)]
      if ('difference' in compare({ ...found, lines: fewer })) lines = fewer
      else start += piece
    }
  }
  return { ...found, lines }
}
