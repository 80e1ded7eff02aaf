import { replacement } from '../diagnostics.ts'
import { childOf, childrenOf, walk, type SyntaxNode } from '../syntax/syntax-node.ts'
import { MODULE_MACRO, MODULE_MACRO_REASON } from '../syntax/unreadable-words.ts'
import type { CheckContext } from './context.ts'
import { isFunctionDeclarator, nameIn } from './declarators.ts'
import { checkDefine } from './defines.ts'
import { checkFunctionDefinition, checkPrototype } from './functions.ts'
import { readParameter } from './parameters.ts'
import { REFUSED_KINDS } from './refusals.ts'
import { checkStaticVariable } from './static-variables.ts'
import { readSpecifiers, type Specifiers } from './type-names.ts'

/** Nodes that make a name known, by what stands in them. */
const DEFINING = /^(?:preproc_def|preproc_function_def|enumerator|type_definition|declaration|function_definition)$/

/**
 * What a text declares outside functions. `statements` is told of everything else, which is a scenario only if the text has
 * no function `scenario`.
 */
export function checkTopLevel(context: CheckContext, root: SyntaxNode, statements: (node: SyntaxNode) => void): void {
  root.children.forEach((node, index) => {
    switch (node.kind) {
      case 'comment':
        return
      case 'preproc_def':
        checkDefine(context, node)
        return
      case 'preproc_include':
        context.diagnostics.warning(
          node,
          '#include is passed over: the lab knows its calls.',
          replacement('Delete the line', node, ''),
        )
        return
      case 'function_definition':
        checkFunctionDefinition(context, node)
        return
      case 'declaration':
        if (context.isBareList && !isOutside(context, node)) statements(node)
        else checkGlobalDeclaration(context, node, commentAfter(context, root, index))
        return
      case 'expression_statement':
        if (isModuleMacro(context, node))
          context.diagnostics.error(
            node,
            `${context.phrase(node)} ${MODULE_MACRO_REASON}`,
            replacement('Delete the line', node, ''),
          )
        else statements(node)
        return
      case ';':
        return
      default:
        if (REFUSED_KINDS[node.kind] === undefined) statements(node)
        else refuseDefinition(context, node, REFUSED_KINDS[node.kind] ?? '')
    }
  })
}

function isModuleMacro(context: CheckContext, node: SyntaxNode): boolean {
  const name = /^\w+/.exec(context.textOf(node))?.[0] ?? ''
  return MODULE_MACRO.test(name) && context.prototypes.get(name) === undefined
}

/** Refuses a definition, and all that it would make known. */
function refuseDefinition(context: CheckContext, node: SyntaxNode, reason: string): void {
  context.diagnostics.error(node, reason)
  walk(node, (inner) => {
    if (DEFINING.test(inner.kind)) context.declareRefused(childOf(inner, 'name'), nameIn(inner))
  })
}

/**
 * In a statement list, `static` variables and prototypes are outside it, and all other declarations are part of it, unless
 * there are task blocks, which see only what is outside.
 */
function isOutside(context: CheckContext, node: SyntaxNode): boolean {
  const isStatic = node.children.some(
    (child) => child.kind === 'storage_class_specifier' && context.textOf(child) === 'static',
  )
  return isStatic || context.hasOuterTasks || childrenOf(node, 'declarator').some(isFunctionDeclarator)
}

/** The comment that ends the line on which a declaration ends. */
function commentAfter(context: CheckContext, root: SyntaxNode, index: number): SyntaxNode | undefined {
  const node = root.children[index]
  const next = root.children[index + 1]
  if (node === undefined || next?.kind !== 'comment') return undefined
  return context.source.slice(node.to, next.from).includes('\n') ? undefined : next
}

function checkGlobalDeclaration(context: CheckContext, node: SyntaxNode, comment: SyntaxNode | undefined): void {
  const specifiers = readSpecifiers(context, node)
  const declarators = childrenOf(node, 'declarator')
  for (const declarator of declarators) {
    if (specifiers === undefined) break
    if (isFunctionDeclarator(declarator)) checkPrototype(context, declarator, specifiers)
    else checkGlobal(context, declarator, specifiers, declarators.length === 1 ? comment : undefined)
  }
  context.declareRefused(...declarators.map(nameIn))
}

function checkGlobal(
  context: CheckContext,
  node: SyntaxNode,
  specifiers: Specifiers,
  comment: SyntaxNode | undefined,
): void {
  const checked = checkStaticVariable(context, node, specifiers)
  if (checked === undefined) return
  const { variable, initial } = checked
  const [number] = initial
  const value = checked.value && number !== undefined ? { number, node: checked.value } : undefined
  const info = specifiers.isStatic ? readParameter(context, variable, value, comment) : undefined
  if (info === undefined) context.globals.push({ variable, initial })
  else context.parameters.push({ variable, info })
}
