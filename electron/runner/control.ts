/** What a run is told to do: one word of memory that the runner writes and the worker reads. */
const WORD = { run: 0, paused: 1, cancelled: 2 } as const
const WORD_BYTES = 4

/** The runner's side. A cancelled run stays cancelled. */
export class RunControl {
  readonly memory = new SharedArrayBuffer(WORD_BYTES)
  readonly #word = new Int32Array(this.memory)

  pause(): void {
    Atomics.compareExchange(this.#word, 0, WORD.run, WORD.paused)
  }

  resume(): void {
    Atomics.compareExchange(this.#word, 0, WORD.paused, WORD.run)
    Atomics.notify(this.#word, 0)
  }

  cancel(): void {
    Atomics.store(this.#word, 0, WORD.cancelled)
    Atomics.notify(this.#word, 0)
  }
}

/** The worker's side: whether the run goes on, and a clock that stands still while it is paused. */
export class ControlledRun {
  readonly #word: Int32Array
  readonly #clock: () => number
  #pausedMs = 0

  /** `clock` answers milliseconds from any fixed moment. */
  constructor(memory: SharedArrayBuffer, clock: () => number) {
    this.#word = new Int32Array(memory)
    this.#clock = clock
  }

  /** Milliseconds, pauses not counted. */
  nowMs(): number {
    return this.#clock() - this.#pausedMs
  }

  /** True when the run was cancelled. While it is paused the thread sleeps here. */
  cancelled(): boolean {
    if (Atomics.load(this.#word, 0) === WORD.paused) this.#sleep()
    return Atomics.load(this.#word, 0) === WORD.cancelled
  }

  #sleep(): void {
    const pausedAtMs = this.#clock()
    while (Atomics.load(this.#word, 0) === WORD.paused) Atomics.wait(this.#word, 0, WORD.paused)
    this.#pausedMs += this.#clock() - pausedAtMs
  }
}
