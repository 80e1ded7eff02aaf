import { isArray, type ArrayArgument, type Expression, type FunctionSymbol, type Variable } from '../ast.ts'
import { builtinSignature, type BuiltinName } from '../builtins.ts'
import { replacement } from '../diagnostics.ts'
import { similarName } from '../../../../shared/similar-name.ts'
import { childOf, partsOf, type SyntaxNode } from '../syntax/syntax-node.ts'
import { cName, commonType, type ScalarType } from '../types.ts'
import type { CheckContext } from './context.ts'
import { CONDITION_WORDS, FUNCTION_HINTS, REFUSED_KINDS } from './refusals.ts'
import { checkInteger, checkValue, convertTo, type Typed } from './values.ts'

export function checkCall(context: CheckContext, node: SyntaxNode): Expression | undefined {
  const calleeNode = childOf(node, 'function')
  const list = childOf(node, 'arguments')
  if (calleeNode === undefined || list === undefined) return undefined
  const args = partsOf(list)
  if (calleeNode.kind !== 'identifier') {
    return context.refuse(calleeNode, `${context.phrase(calleeNode)} is not the name of a function.`)
  }
  const name = context.textOf(calleeNode)
  const meaning = context.names.find(name)
  switch (meaning?.kind) {
    case 'function': {
      const passed = checkArguments(context, node, meaning.symbol, args)
      const { symbol } = meaning
      return passed && { kind: 'call', type: symbol.returns, callee: symbol, args: passed, at: node }
    }
    case 'builtin':
      return checkBuiltin(context, node, meaning.name, args)
    case 'special':
      return meaning.name === 'task' ? checkTask(context, node, args) : checkArraySize(context, node, args)
    case 'refused':
      return undefined
    case undefined:
      return unknownFunction(context, calleeNode, name)
    case 'variable':
    case 'define':
    case 'constant':
    case 'opaque':
      return context.refuse(calleeNode, `${name} is not a function.`)
  }
}

function unknownFunction(context: CheckContext, node: SyntaxNode, name: string): Expression | undefined {
  const later = context.prototypes.get(name)
  if (later !== undefined) {
    const message = `${name} is used before line ${later.line}, where it is defined; C needs it to be declared above.`
    return context.refuse(node, message, context.declareAbove(later.text))
  }
  if (CONDITION_WORDS.has(name)) {
    return context.refuse(
      node,
      `${name} is not in the lab’s C; the condition is enough.`,
      replacement(`Delete ${name}`, node, ''),
    )
  }
  const hint = Object.hasOwn(FUNCTION_HINTS, name) ? FUNCTION_HINTS[name] : undefined
  if (hint !== undefined) return context.refuse(node, `There is no function ${name}; ${hint}.`)
  const meant = similarName(name, context.names.visible())
  if (meant !== undefined) {
    const fix = replacement(`Change to ${meant}`, node, meant)
    return context.refuse(node, `There is no function ${name}; ${meant} has a similar name.`, fix)
  }
  return context.refuse(node, `There is no function ${name}. Define it above, or use a call of the lab.`)
}

/** The arguments of a call to a function of the program. */
function checkArguments(
  context: CheckContext,
  node: SyntaxNode,
  callee: FunctionSymbol,
  args: readonly SyntaxNode[],
): readonly (Expression | ArrayArgument)[] | undefined {
  const { name, parameters } = callee
  if (args.length !== parameters.length) {
    return context.refuse(node, `${name} takes ${counted(parameters.length)}, and the call gives ${args.length}.`)
  }
  const passed = parameters.map((parameter, index) => {
    const argument = args[index]
    return argument && checkArgument(context, argument, parameter, `${parameter.name} of ${name}`)
  })
  return passed.every((argument) => argument !== undefined) ? passed : undefined
}

function checkArgument(
  context: CheckContext,
  node: SyntaxNode,
  parameter: Variable,
  what: string,
): Expression | ArrayArgument | undefined {
  if (parameter.type === 'pages') return checkOpaque(context, node, 'pages', what)
  if (isArray(parameter.type)) return checkArrayArgument(context, node, parameter.type.element, what)
  const value = checkValue(context, node)
  return value && convertTo(context, value, parameter.type, what)
}

function checkArrayArgument(
  context: CheckContext,
  node: SyntaxNode,
  element: ScalarType,
  what: string,
): ArrayArgument | undefined {
  const array = arrayNamed(context, node)
  if (context.isRefused(node)) return undefined
  if (array === undefined) {
    const reason = `${what} is an array, and ${context.phrase(node)} is not the name of one.`
    return context.refuse(node, REFUSED_KINDS[node.kind] ?? reason)
  }
  if (isArray(array.type) && array.type.element === element) return { kind: 'array', array, at: node }
  return context.refuse(
    node,
    `${what} is an array of ${cName(element)}, and the elements of ${array.name} are of another type.`,
  )
}

function arrayNamed(context: CheckContext, node: SyntaxNode): Variable | undefined {
  const meaning = node.kind === 'identifier' ? context.names.find(context.textOf(node)) : undefined
  return meaning?.kind === 'variable' && isArray(meaning.variable.type) ? meaning.variable : undefined
}

function checkOpaque(
  context: CheckContext,
  node: SyntaxNode,
  type: 'pages' | 'pgprot',
  what: string,
): Expression | undefined {
  const value = context.expression(node)
  if (value === undefined || (value.kind === 'opaque' && value.type === type)) return value
  const accepted = type === 'pages' ? 'pages' : 'PAGE_KERNEL'
  const fix = replacement(`Change to ${accepted}`, node, accepted)
  return context.refuse(node, `${what} is ${accepted}, and ${context.phrase(node)} is given.`, fix)
}

function checkBuiltin(
  context: CheckContext,
  node: SyntaxNode,
  name: BuiltinName,
  args: readonly SyntaxNode[],
): Expression | undefined {
  const { parameters, optional, result } = builtinSignature(name)
  const least = parameters.length - optional
  if (args.length > parameters.length || args.length < least) {
    const accepted = optional === 0 ? counted(least) : `${least} or ${counted(parameters.length)}`
    return context.refuse(node, `${name} takes ${accepted}, and the call gives ${args.length}.`)
  }
  const passed = args.map((argument, index) => {
    const type = parameters[index] ?? 'integer'
    const what = `Argument ${index + 1} of ${name}`
    if (type === 'pages' || type === 'pgprot') return checkOpaque(context, argument, type, what)
    if (type === 'integer') return checkInteger(context, argument, name)
    const value = checkValue(context, argument)
    return value && convertTo(context, value, type, what)
  })
  if (!passed.every((argument) => argument !== undefined)) return undefined
  if (name === 'ilog2' || result === 'common') return computed(context, node, name, passed as Typed<'int'>[])
  warnOfUncheckedCount(context, node, name, passed[1])
  return { kind: 'builtin', type: result, name, args: passed, at: node }
}

function warnOfUncheckedCount(
  context: CheckContext,
  node: SyntaxNode,
  name: BuiltinName,
  count: Expression | undefined,
): void {
  const maps = name === 'vm_map_ram' || name === 'vmap'
  if (!maps || count?.kind !== 'literal' || count.value !== 0n) return
  context.diagnostics.warning(node, `${name} of 0 pages fails; some kernels crash.`)
}

/** ilog2, min and max, which are computed at once when they are constants. */
function computed(
  context: CheckContext,
  node: SyntaxNode,
  name: BuiltinName,
  [first, second]: readonly Typed<'int'>[],
): Expression | undefined {
  if (first === undefined) return undefined
  if (name === 'ilog2') {
    const value = first.kind === 'literal' && first.value > 0n ? first.value.toString(2).length - 1 : undefined
    if (value !== undefined) return context.fold.literal('int', BigInt(value), node)
    return { kind: 'builtin', type: 'int', name, args: [context.fold.promote(first)], at: node }
  }
  if (second === undefined) return undefined
  const type = commonType(first.type, second.type, context.wordBits)
  const left = context.fold.convert(first, type)
  const right = context.fold.convert(second, type)
  if (left.kind === 'literal' && right.kind === 'literal') {
    return { ...(left.value < right.value === (name === 'min') ? left : right), at: node }
  }
  return { kind: 'builtin', type, name, args: [left, right], at: node }
}

/** task(function, cpu, arguments of the function…) */
function checkTask(context: CheckContext, node: SyntaxNode, args: readonly SyntaxNode[]): Expression | undefined {
  const [functionNode, cpuNode, ...rest] = args
  if (functionNode === undefined || cpuNode === undefined) {
    return context.refuse(node, 'task takes a function and a CPU, then the arguments of the function.')
  }
  const name = context.textOf(functionNode)
  const meaning = context.names.find(name)
  if (meaning === undefined) return unknownFunction(context, functionNode, name)
  if (meaning.kind === 'refused') return undefined
  if (meaning.kind !== 'function') {
    return context.refuse(functionNode, `${name} is no function of this scenario; task starts one.`)
  }
  const cpuValue = checkValue(context, cpuNode)
  const cpu = cpuValue && convertTo(context, cpuValue, 'int', 'The CPU of task')
  const passed = checkArguments(context, node, meaning.symbol, rest)
  return cpu && passed && { kind: 'task', type: 'void', callee: meaning.symbol, cpu, args: passed, at: node }
}

function checkArraySize(context: CheckContext, node: SyntaxNode, args: readonly SyntaxNode[]): Expression | undefined {
  const [argument] = args
  const array = argument && args.length === 1 ? arrayNamed(context, argument) : undefined
  if (argument !== undefined && context.isRefused(argument)) return undefined
  const length = array && isArray(array.type) ? array.type.length : undefined
  if (length !== undefined) return context.fold.literal('int', BigInt(length), node)
  return context.refuse(node, 'ARRAY_SIZE takes an array that is declared with its length.')
}

function counted(count: number): string {
  return count === 1 ? '1 argument' : `${count} arguments`
}
