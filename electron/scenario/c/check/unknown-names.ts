import type { Fix } from '../../../../shared/scenario-check.ts'
import type { Variable } from '../ast.ts'
import { insertion, replacement } from '../diagnostics.ts'
import { similarName } from '../../../../shared/similar-name.ts'
import type { SyntaxNode } from '../syntax/syntax-node.ts'
import type { CheckContext } from './context.ts'

/** What a name that is only used becomes: the range and default of a loop count as people write it. */
export const IMPLICIT_PARAMETER = { min: 1, max: 1_000_000, default: 1000 } as const

/** Words of C that are statements by themselves, and names when they are mistyped. */
const JUMPS = ['break', 'continue', 'return']

/**
 * A name that nothing declares. In a statement list one that is never given a value is a parameter, which a warning says;
 * any other is an error with the declaration as its fix. It is declared from then on, so that it is said only once.
 * `undefined` for one that a task block cannot see, and for a slip in a word of C.
 */
export function undeclaredVariable(context: CheckContext, node: SyntaxNode): Variable | undefined {
  const name = context.textOf(node)
  if (refuseHidden(context, node)) return undefined
  const isPointer = context.uses.pointers.has(name)
  const jump = isStatement(context, node) ? similarName(name, JUMPS) : undefined
  if (jump !== undefined) {
    context.declareRefused(node)
    return context.refuse(
      node,
      `${name} is not declared; ${jump} has a similar name.`,
      replacement(`Change to ${jump}`, node, jump),
    )
  }
  const needsValue = !isPointer && !context.uses.assigned.has(name)
  if (needsValue && context.isBareList) return implicitParameter(context, node, name)

  const type = isPointer ? 'pointer' : 'int'
  const meant = similarName(name, context.names.visible())
  if (meant !== undefined) {
    const message = `${name} is not declared; ${meant} has a similar name.`
    context.diagnostics.error(node, message, replacement(`Change to ${meant}`, node, meant))
  } else {
    const fix = needsValue
      ? parameterFix(context, name)
      : variableFix(context, isPointer ? `void *${name}` : `int ${name}`)
    context.diagnostics.error(node, `${name} is not declared.`, fix)
  }
  const variable = context.newVariable({ name, type, storage: 'global', isConst: false, at: node })
  context.names.declareGlobal(name, { kind: 'variable', variable })
  return variable
}

/** True for a name that is a statement by itself. */
function isStatement({ source: { text } }: CheckContext, { from, to }: SyntaxNode): boolean {
  return /[;{})]\s*$/.test(text.slice(Math.max(0, from - 100), from)) && /^\s*;/.test(text.slice(to, to + 100))
}

/** Refuses the variable of a function in a task block, which may run when the function has long ended. */
export function refuseHidden(context: CheckContext, node: SyntaxNode): boolean {
  const name = context.textOf(node)
  if (!context.names.isHidden(name)) return false
  const instead = `declare it there, or start a function with it: task(function, cpu, ${name})`
  context.diagnostics.error(
    node,
    `${name} is a local variable, and a task block sees what stands outside functions; ${instead}.`,
  )
  context.declareRefused(node)
  return true
}

function implicitParameter(context: CheckContext, node: SyntaxNode, name: string): Variable {
  const variable = context.newVariable({ name, type: 'int', storage: 'global', isConst: false, at: node })
  const { min, max, default: value } = IMPLICIT_PARAMETER
  const message = `${name} is not declared and never set, so it is a parameter: ${value}, from ${min} to ${max}.`
  context.diagnostics.warning(node, message, parameterFix(context, name))
  context.parameters.push({ variable, info: { name, help: name, min, max, default: value, defaultAt: undefined } })
  context.names.declareGlobal(name, { kind: 'variable', variable })
  return variable
}

function parameterFix(context: CheckContext, name: string): Fix {
  const { min, max, default: value } = IMPLICIT_PARAMETER
  const line = `static int ${name} = ${value}; /* ${min}..${max}: ${name} */\n`
  return insertion(`Make ${name} a parameter`, 0, context.source.text.startsWith('static ') ? line : `${line}\n`)
}

function variableFix(context: CheckContext, declaration: string): Fix | undefined {
  const { frame } = context
  return frame && insertion(`Declare ${declaration}`, frame.insertAt, `${declaration};\n${frame.indentation}`)
}
