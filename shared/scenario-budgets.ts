/** What a scenario may use up before it is stopped: a program that never ends must end. */
export interface ScenarioBudgets {
  /** Calls of the allocator. */
  readonly operations: number
  /** Mappings that are not unmapped at the same time. */
  readonly liveMappings: number
  /** Milliseconds from the first call to the last. */
  readonly wallMs: number
}

export const DEFAULT_BUDGETS: ScenarioBudgets = {
  operations: 10_000_000_000,
  liveMappings: 1_000_000,
  wallMs: 3_600_000,
}

/** The largest budgets that can be set: so many live mappings take about 250 MB in the lab's own table. */
export const BUDGETS_MAX: ScenarioBudgets = {
  operations: Number.MAX_SAFE_INTEGER,
  liveMappings: 2 ** 22,
  wallMs: Number.MAX_SAFE_INTEGER,
}
