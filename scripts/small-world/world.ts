import type { Machine } from '../../shared/machine.ts'
import type { Request } from '../agreement/requests.ts'

/** A machine so small, and a choice of requests so small, that every sequence of them can be played. */
export interface World {
  readonly machine: Machine
  /** Sizes of vm_map_ram in pages; they are asked on every CPU. */
  readonly maps: readonly number[]
  /** Sizes of ordinary areas in pages, likewise. */
  readonly areas: readonly number[]
  /** Whether vm_unmap_aliases is asked too. */
  readonly aliases: boolean
}

/** What a sequence of requests leaves to the next one. */
export interface Task {
  readonly cpu: number
  /** Unmaps of what is live. */
  readonly live: readonly Request[]
}

/** All that may be asked next, each with the change of CPU that it takes; `id` names what is mapped. */
export function stepsFrom(
  { machine, maps, areas, aliases }: World,
  { cpu, live }: Task,
  id: number,
): (readonly Request[])[] {
  const sizes: readonly Request[] = [
    ...maps.map((pages): Request => ({ letter: 'm', id, pages })),
    ...areas.map((pages): Request => ({ letter: 'v', id, pages })),
  ]
  const moves = Array.from({ length: machine.nrCpus }, (_, to): readonly Request[] =>
    to === cpu ? [] : [{ letter: 'c', cpu: to }],
  )
  return [
    ...moves.flatMap((move) => sizes.map((request) => [...move, request])),
    // Unmaps answer alike on every CPU
    ...live.map((request) => [request]),
    ...(aliases ? [[{ letter: 'a' } as const]] : []),
  ]
}
