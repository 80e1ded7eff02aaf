import type { Fix } from '../../../../shared/scenario-check.ts'
import type { Variable } from '../ast.ts'
import { insertion, replacement } from '../diagnostics.ts'
import type { SyntaxNode } from '../syntax/syntax-node.ts'
import type { CheckContext } from './context.ts'
import { similarName } from './names.ts'

/** What a name that is only used becomes: the range and default of a loop count as people write it. */
export const IMPLICIT_PARAMETER = { min: 1, max: 1_000_000, default: 1000 } as const

/**
 * A name that nothing declares. In a statement list one that is never given a value is a parameter, which a warning says;
 * any other is an error with the declaration as its fix. It is declared from then on, so that it is said only once.
 */
export function undeclaredVariable(context: CheckContext, node: SyntaxNode): Variable {
  const name = context.textOf(node)
  const isPointer = context.uses.pointers.has(name)
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
