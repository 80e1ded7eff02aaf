import type { Fix } from '../../../../shared/scenario-check.ts'
import { isArray, type FunctionSymbol, type Variable } from '../ast.ts'
import { insertion, type Place } from '../diagnostics.ts'
import { isInteger } from '../types.ts'
import type { CheckContext } from './context.ts'
import { IMPLICIT_PARAMETER } from './unknown-names.ts'

/**
 * An entry for a text that only has functions, as a kernel patch shows them: it calls the last one, whose integer arguments
 * become parameters.
 */
export function proposeEntry(context: CheckContext): { readonly fix: Fix; readonly at: Place } | undefined {
  const callee = context.functions.at(-1)
  if (!callee?.parameters.every(isProposable)) return undefined
  const given = callee.parameters.filter(({ type }) => type !== 'pages')
  const { min, max, default: value } = IMPLICIT_PARAMETER
  const lines = given.map(({ name }) => `static int ${name} = ${value}; /* ${min}..${max}: ${name} */\n`)
  const args = callee.parameters.map(({ name, type }) => (type === 'pages' ? 'pages' : name))
  const entry = `${lines.join('')}\nvoid scenario(void)\n{\n\t${callee.name}(${args.join(', ')});\n}\n`
  const { text } = context.source
  const insert = text.endsWith('\n') ? `\n${entry}` : `\n\n${entry}`
  return { at: nameOf(callee), fix: insertion(`Add a scenario that calls ${callee.name}`, text.length, insert) }
}

function isProposable({ type }: Variable): boolean {
  return type === 'pages' || (!isArray(type) && isInteger(type))
}

function nameOf({ at }: FunctionSymbol): Place {
  return { from: at.from, to: at.from + 1 }
}
