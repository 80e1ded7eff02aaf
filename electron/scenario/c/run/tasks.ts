import { mersenne } from 'pure-rand/generator/mersenne'
import type { RequestSink } from '../../../../shared/requests.ts'
import { TASK_ORDERS } from '../builtins.ts'

/** A function of the program that runs as a task: each step of the generator is a turn. */
export type TaskFunction = (...args: readonly unknown[]) => Generator<undefined, unknown, undefined>

const TASKS_MAX = 4096

/** Sets the order of tasks apart from the numbers of rand(), which start from the seed itself. */
const ORDER_SEED_OFFSET = 0x9e37_79b9

interface Task {
  readonly turns: Generator<undefined, unknown, undefined>
  cpu: number
}

/** The tasks of a run. One of them runs at a time, from one call of the allocator to just before its next one. */
export class Tasks {
  readonly #sink: RequestSink
  readonly #random: ReturnType<typeof mersenne>
  readonly #tasks: Task[] = []
  #order: number = TASK_ORDERS.ROUND_ROBIN
  #running: Task | undefined
  /** Where the sink's calls are made at the moment. */
  #cpu = 0

  constructor(sink: RequestSink, seed: number) {
    this.#sink = sink
    this.#random = mersenne((seed + ORDER_SEED_OFFSET) >>> 0)
  }

  get cpu(): number {
    return this.#cpu
  }

  get count(): number {
    return this.#tasks.length
  }

  /** Moves the running task. */
  moveTo(cpu: number): void {
    if (this.#running !== undefined) this.#running.cpu = cpu
    this.#switchTo(cpu)
  }

  /** False when there are as many tasks as there may be. */
  start(start: TaskFunction, cpu: number, args: readonly unknown[]): boolean {
    if (this.#tasks.length >= TASKS_MAX) return false
    this.#tasks.push({ turns: start(...args), cpu })
    return true
  }

  /** False when there is no such order. */
  setOrder(order: number): boolean {
    if (order !== TASK_ORDERS.ROUND_ROBIN && order !== TASK_ORDERS.RANDOM) return false
    this.#order = order
    return true
  }

  run(entry: TaskFunction): void {
    this.start(entry, this.#cpu, [])
    let next = 0
    while (this.#tasks.length > 0) {
      const position = this.#order === TASK_ORDERS.RANDOM ? this.#draw() : next % this.#tasks.length
      const task = this.#tasks[position] as Task
      this.#running = task
      this.#switchTo(task.cpu)
      const isOver = task.turns.next().done === true
      if (isOver) this.#tasks.splice(position, 1)
      next = isOver ? position : position + 1
    }
  }

  #draw(): number {
    return (this.#random.next() >>> 0) % this.#tasks.length
  }

  #switchTo(cpu: number): void {
    if (cpu === this.#cpu) return
    this.#cpu = cpu
    this.#sink.setCpu(cpu)
  }
}
