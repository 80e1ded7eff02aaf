import type { FunctionSymbol, Variable } from '../ast.ts'

export function variableName({ id }: Variable): string {
  return `v${id}`
}

export function functionName({ id }: FunctionSymbol): string {
  return `f${id}`
}
