/** Time spent on something that may be interrupted. Moments are milliseconds from any fixed one. */
export interface Stopwatch {
  /** Spent before the last start. */
  readonly beforeMs: number
  /** `undefined` while it stands still. */
  readonly runningSinceMs: number | undefined
}

/** A stopwatch that shows `beforeMs` and runs. */
export function startedStopwatch(nowMs: number, beforeMs = 0): Stopwatch {
  return { beforeMs, runningSinceMs: nowMs }
}

/** A stopwatch that shows `beforeMs` and stands still. */
export function stoppedStopwatch(beforeMs: number): Stopwatch {
  return { beforeMs, runningSinceMs: undefined }
}

export function elapsedMs({ beforeMs, runningSinceMs }: Stopwatch, nowMs: number): number {
  // A clock that was set back, or a moment noted before the last start, takes nothing away
  return runningSinceMs === undefined ? beforeMs : beforeMs + Math.max(0, nowMs - runningSinceMs)
}

export function isRunning(stopwatch: Stopwatch): boolean {
  return stopwatch.runningSinceMs !== undefined
}

/** Stops it, or starts it again. One that does so already stays as it is. */
export function toggled(stopwatch: Stopwatch, running: boolean, nowMs: number): Stopwatch {
  if (running === isRunning(stopwatch)) return stopwatch
  const soFarMs = elapsedMs(stopwatch, nowMs)
  return running ? startedStopwatch(nowMs, soFarMs) : stoppedStopwatch(soFarMs)
}
