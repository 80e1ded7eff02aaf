import { mersenne } from 'pure-rand/generator/mersenne'
import type { RequestSink } from '../../../../shared/requests.ts'
import { TASK_ORDERS } from '../builtins.ts'

/** The end of a turn: before a call of the allocator, or, with `true`, without one. */
type TurnEnd = true | undefined

/** A function of the program that runs as a task: each step of the generator is a turn. */
export type TaskFunction = (...args: readonly unknown[]) => Generator<TurnEnd, unknown, undefined>

/** Tasks that run at the same time. */
export const TASKS_MAX = 4096

/** Sets the order of tasks apart from the numbers of rand(), which start from the seed itself. */
const ORDER_SEED_OFFSET = 0x9e37_79b9

interface Task {
  readonly turns: Generator<TurnEnd, unknown, undefined>
  cpu: number
  /** True when the next turn begins with a call. */
  calls: boolean
}

/** The tasks of a run. One of them runs at a time, from one call of the allocator to just before its next one. */
export class Tasks {
  readonly #sink: RequestSink
  readonly #random: ReturnType<typeof mersenne>
  readonly #tasks: Task[] = []
  #order: number = TASK_ORDERS.ROUND_ROBIN
  #running: Task | undefined
  /** Where the sink makes its calls at the moment. */
  #sinkCpu = 0

  constructor(sink: RequestSink, seed: number) {
    this.#sink = sink
    this.#random = mersenne((seed + ORDER_SEED_OFFSET) >>> 0)
  }

  get cpu(): number {
    return this.#running?.cpu ?? this.#sinkCpu
  }

  get count(): number {
    return this.#tasks.length
  }

  /** Moves the running task. Its next call comes with its next turn; without tasks it may come at once. */
  moveTo(cpu: number): void {
    if (this.#running === undefined) this.#switchTo(cpu)
    else this.#running.cpu = cpu
  }

  /** False when there are as many tasks as there may be. */
  start(start: TaskFunction, cpu: number, args: readonly unknown[]): boolean {
    if (this.#tasks.length >= TASKS_MAX) return false
    this.#tasks.push({ turns: start(...args), cpu, calls: false })
    return true
  }

  /** False when there is no such order. */
  setOrder(order: number): boolean {
    if (order !== TASK_ORDERS.ROUND_ROBIN && order !== TASK_ORDERS.RANDOM) return false
    this.#order = order
    return true
  }

  /** Runs all tasks to their ends. The entry is given the depth of calls it has, 0. */
  run(entry: TaskFunction): void {
    this.start(entry, this.#sinkCpu, [0])
    let next = 0
    while (this.#tasks.length > 0) {
      const position = this.#order === TASK_ORDERS.RANDOM ? this.#draw() : next % this.#tasks.length
      const task = this.#tasks[position] as Task
      this.#running = task
      if (task.calls) this.#switchTo(task.cpu)
      const { done, value } = task.turns.next()
      task.calls = value === undefined
      if (done === true) this.#tasks.splice(position, 1)
      next = done === true ? position : position + 1
    }
  }

  #draw(): number {
    return (this.#random.next() >>> 0) % this.#tasks.length
  }

  #switchTo(cpu: number): void {
    if (cpu === this.#sinkCpu) return
    this.#sinkCpu = cpu
    this.#sink.setCpu(cpu)
  }
}
