import { availableParallelism } from 'node:os'

/** Threads to use where at most `wanted` are; 0 stands for as many as there are processors, which is also the most. */
export function threadsFor(wanted: number): number {
  const processors = availableParallelism()
  return wanted === 0 ? processors : Math.min(wanted, processors)
}
