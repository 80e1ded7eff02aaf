import type { Expression } from '../ast.ts'
import { builtinSignature } from '../builtins.ts'
import type { CheckContext } from './context.ts'

/** Warns of a statement that does nothing, and of a mapping that nothing can ever unmap. */
export function warnOfUselessExpression(context: CheckContext, expression: Expression): void {
  if (expression.kind === 'builtin' && (expression.name === 'vm_map_ram' || expression.name === 'vmap')) {
    const message = `The address that ${expression.name} answers is dropped, so nothing can unmap it.`
    context.diagnostics.warning(expression.at, message)
  } else if (!hasEffect(expression)) {
    context.diagnostics.warning(expression.at, `${context.phrase(expression.at)} has no effect.`)
  }
}

/** False for an expression whose value is all there is to it, and unused. */
function hasEffect(expression: Expression): boolean {
  switch (expression.kind) {
    case 'assign':
    case 'compound':
    case 'step':
    case 'call':
    case 'task':
      return true
    case 'builtin':
      return builtinSignature(expression.name).hasEffect
    case 'comma':
      return hasEffect(expression.right)
    case 'conditional':
      return hasEffect(expression.then) || hasEffect(expression.otherwise)
    case 'logical':
      return hasEffect(expression.right)
    case 'convert':
      return expression.type === 'void'
    case 'literal':
    case 'opaque':
    case 'read':
    case 'unary':
    case 'not':
    case 'arithmetic':
    case 'shift':
    case 'compare':
      return false
  }
}
