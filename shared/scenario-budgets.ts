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

export type BudgetName = keyof ScenarioBudgets

/** What each budget is called in messages and forms, and the option of the command line that sets it. */
export const BUDGETS = {
  operations: { title: 'operations', option: 'max-operations' },
  liveMappings: { title: 'live mappings', option: 'max-live' },
  wallMs: { title: 'time', option: 'max-seconds' },
} as const satisfies Readonly<Record<BudgetName, { readonly title: string; readonly option: string }>>

/** The end of a sentence about a budget that is used up: its name, and where it is raised. */
export function budgetNamed(name: BudgetName): string {
  const { title, option } = BUDGETS[name]
  return `the budget for ${title}. To raise it: --${option} on the command line, the budgets under Settings in the window.`
}
