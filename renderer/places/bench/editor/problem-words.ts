import { formatQuantity } from '../../../../shared/format.ts'
import type { Diagnostic } from '../../../../shared/scenario-check.ts'

/** `Error in line 3: i is not declared. Ctrl+. applies: Declare int i`. */
export function problemWords({ severity, line, message, fix }: Diagnostic): string {
  const kind = severity === 'error' ? 'Error' : 'Warning'
  return `${kind} in line ${line}: ${message}${fix === undefined ? '' : ` Ctrl+. applies: ${fix.title}.`}`
}

/** `2 errors, 1 warning`; `no problems`. */
export function countWords(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length
  const warnings = diagnostics.length - errors
  const parts = [errors > 0 && formatQuantity(errors, 'error'), warnings > 0 && formatQuantity(warnings, 'warning')]
  return parts.filter((part) => part !== false).join(', ') || 'no problems'
}
