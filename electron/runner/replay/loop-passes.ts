/** A pass through a loop. */
interface Pass {
  /** Operations made before it began: what tells it from other passes at the same depth. */
  readonly begin: number
  /** Its first operation. */
  readonly first: number
}

interface TaskPasses {
  /** Those that the task is in, the outermost first. */
  readonly open: readonly Pass[]
  readonly latest: number | undefined
}

/** Follows in which passes through loops the tasks of a program make their operations. */
export class LoopPasses {
  readonly #tasks = new Map<number, TaskPasses>()

  /** A task made an operation, in passes that began after so many operations, that of the outermost loop first. */
  made(task: number, operation: number, begins: readonly number[]): void {
    const { open, latest } = this.#tasks.get(task) ?? { open: [], latest: undefined }
    const changed = begins.findIndex((begin, depth) => open[depth]?.begin !== begin)
    const same = changed < 0 ? begins.length : changed
    if (same === open.length && same === begins.length) return
    const now = [...open.slice(0, same), ...begins.slice(same).map((begin) => ({ begin, first: operation }))]
    this.#tasks.set(task, { open: now, latest: now.at(-1)?.first ?? latest })
  }

  /** The first operation of the innermost pass that a task is in; outside all loops, of the one that it was in before. */
  latest(task: number): number | undefined {
    return this.#tasks.get(task)?.latest
  }
}
