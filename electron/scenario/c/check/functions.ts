import { isArray, type FunctionSymbol, type Variable } from '../ast.ts'
import { replacement } from '../diagnostics.ts'
import { childOf, partsOf, type SyntaxNode } from '../syntax/syntax-node.ts'
import type { CheckContext } from './context.ts'
import { readBody } from './bodies.ts'
import { isDeclarable } from './variables.ts'
import { nameIn, readDeclarator, readFunctionDeclarator, type Declared, type DeclaredFunction } from './declarators.ts'
import { REFUSED_KINDS } from './refusals.ts'
import { checkBlock } from './statements.ts'
import { readSpecifiers, type Specifiers } from './type-names.ts'

/** Where execution begins. */
export const ENTRY_NAME = 'scenario'

export function checkFunctionDefinition(context: CheckContext, node: SyntaxNode): void {
  const specifiers = readSpecifiers(context, node)
  const declarator = childOf(node, 'declarator')
  const body = childOf(node, 'body')
  const declared = specifiers && declarator && readFunctionDeclarator(context, declarator, specifiers)
  if (body === undefined) return
  const parameters = declared && readParameters(context, declared)
  const isNamed = parameters?.every((parameter) => hasName(context, parameter)) === true
  const symbol = declared && parameters && isNamed ? functionSymbol(context, declared, parameters, node) : undefined
  if (symbol === undefined || parameters === undefined) {
    context.declareRefused(declarator && nameIn(declarator))
    return
  }
  if (symbol.body !== undefined) {
    context.diagnostics.error(node, `${symbol.name} is defined twice.`)
    return
  }
  checkBody(context, symbol, parameters, body)
}

/** A prototype can do without names of parameters, a definition cannot. */
function hasName(context: CheckContext, { name, at }: Declared): boolean {
  if (name === '') context.diagnostics.error(at, 'A parameter needs a name.')
  return name !== ''
}

/** A declaration without a body, after which the function can be called. */
export function checkPrototype(context: CheckContext, node: SyntaxNode, specifiers: Specifiers): void {
  const declared = readFunctionDeclarator(context, node, specifiers)
  const parameters = declared && readParameters(context, declared)
  if (declared !== undefined && parameters !== undefined) functionSymbol(context, declared, parameters, node)
}

function readParameters(
  context: CheckContext,
  { parameters, name }: DeclaredFunction,
): readonly Declared[] | undefined {
  const nodes = partsOf(parameters)
  const [only] = nodes
  if (nodes.length === 1 && only !== undefined && context.textOf(only) === 'void') return []
  const declared = nodes.map((node): Declared | undefined => {
    if (node.kind !== 'parameter_declaration') {
      const reason = `${context.textOf(node)} cannot be a parameter of ${name}.`
      return context.refuse(node, REFUSED_KINDS[node.kind] ?? reason)
    }
    const specifiers = readSpecifiers(context, node)
    const declarator = childOf(node, 'declarator')
    if (specifiers === undefined) return undefined
    return readDeclarator(context, declarator ?? node, specifiers, true)
  })
  return declared.every((parameter) => parameter !== undefined) ? declared : undefined
}

/** The function of that name: new, or the one that a prototype has declared. */
function functionSymbol(
  context: CheckContext,
  declared: DeclaredFunction,
  parameters: readonly Declared[],
  at: SyntaxNode,
): FunctionSymbol | undefined {
  const { name, returns } = declared
  const known = context.names.find(name)
  if (known?.kind === 'function') {
    const same =
      known.symbol.returns === returns &&
      known.symbol.parameters.length === parameters.length &&
      known.symbol.parameters.every((parameter, index) => sameType(parameter.type, parameters[index]?.type))
    return same ? known.symbol : context.refuse(declared.at, `${name} is declared with other types above.`)
  }
  if (!isDeclarable(context, name, declared.at)) return undefined
  if (name === ENTRY_NAME && (returns !== 'void' || parameters.length > 0)) {
    const head = { from: at.from, to: declared.parameters.to }
    const fix = replacement('Change to void scenario(void)', head, 'void scenario(void)')
    return context.refuse(declared.at, 'The entry takes and gives nothing: void scenario(void).', fix)
  }
  const symbol: FunctionSymbol = {
    id: context.names.newId(),
    name,
    returns,
    parameters: parameters.map((parameter) =>
      context.newVariable({ ...parameterFacts(parameter), storage: 'argument' }),
    ),
    at,
    body: undefined,
  }
  context.names.declare(name, { kind: 'function', symbol })
  context.functions.push(symbol)
  return symbol
}

/** A function that is given the pages calls them what the lab calls them. */
function isNameable(context: CheckContext, { name, type, at }: Declared): boolean {
  return (type === 'pages' && name === 'pages') || isDeclarable(context, name, at)
}

function parameterFacts({ name, type, isConst, at }: Declared): Omit<Variable, 'id' | 'storage'> {
  return { name, type, isConst, at }
}

function sameType(left: Variable['type'], right: Variable['type'] | undefined): boolean {
  if (right === undefined) return false
  return isArray(left) ? isArray(right) && left.element === right.element : left === right
}

/** Reads a body in the scope of the parameters, which C shares between the two. */
function checkBody(
  context: CheckContext,
  symbol: FunctionSymbol,
  parameters: readonly Declared[],
  body: SyntaxNode,
): void {
  readBody(context, symbol, body, () => {
    // A definition names its parameters anew; what a prototype called them is forgotten
    parameters.forEach((declared, index) => {
      const variable = symbol.parameters[index]
      if (variable === undefined || !isNameable(context, declared)) return
      context.names.declare(declared.name, { kind: 'variable', variable })
    })
    return checkBlock(context, body)
  })
}
