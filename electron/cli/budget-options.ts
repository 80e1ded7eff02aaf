import type { BUDGETS } from '../../shared/scenario-budgets.ts'
import { BUDGETS_MAX, DEFAULT_BUDGETS, type ScenarioBudgets } from '../../shared/scenario-budgets.ts'
import { readWholeNumber } from './command.ts'

const text = { type: 'string' } as const

/** One option for each budget of a program's run; `BUDGETS` has their names. */
export const BUDGET_OPTIONS = {
  'max-operations': text,
  'max-live': text,
  'max-seconds': text,
} as const satisfies Readonly<Record<(typeof BUDGETS)[keyof ScenarioBudgets]['option'], typeof text>>

export type BudgetValues = { readonly [Option in keyof typeof BUDGET_OPTIONS]?: string | undefined }

export const BUDGET_HELP = `  --max-operations N    calls of the allocator after which a program is stopped; default: ${DEFAULT_BUDGETS.operations}
  --max-live N          mappings that a program may have at the same time; default: ${DEFAULT_BUDGETS.liveMappings}, at most ${BUDGETS_MAX.liveMappings}
  --max-seconds N       time after which a program is stopped; default: ${DEFAULT_BUDGETS.wallMs / 1000}
`

const SECONDS_MAX = Math.floor(BUDGETS_MAX.wallMs / 1000)

/** The defaults with what was given in their place. @throws {UsageError} naming option, value and range. */
export function readBudgets(values: BudgetValues): ScenarioBudgets {
  const read = (option: keyof BudgetValues, max: number, otherwise: number): number => {
    const given = values[option]
    return given === undefined ? otherwise : readWholeNumber(given, `--${option}`, 1, max)
  }
  const { operations, liveMappings, wallMs } = DEFAULT_BUDGETS
  return {
    operations: read('max-operations', BUDGETS_MAX.operations, operations),
    liveMappings: read('max-live', BUDGETS_MAX.liveMappings, liveMappings),
    wallMs: 1000 * read('max-seconds', SECONDS_MAX, wallMs / 1000),
  }
}
