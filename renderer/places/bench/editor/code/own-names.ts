import type { SyntaxNode, Tree } from '@lezer/common'
import type { LanguageEntry } from '../../../../../shared/scenario-language.ts'

export type NameKind = 'function' | 'constant' | 'parameter' | 'variable'

/** A name that the text itself declares. */
export interface OwnName extends LanguageEntry {
  readonly kind: NameKind
}

const SIGNATURE_LENGTH_MAX = 100
const RANGE = /^\/[*/]\s*(\S.*?\S?)\s*\.\.\s*([^:]*?)\s*(?::\s*([^]*?))?\s*(?:\*\/)?$/

/** The names that a text declares, each once, in the order of the text. */
export function ownNames(tree: Tree, text: string): readonly OwnName[] {
  const names = new Map<string, OwnName>()
  const add = (found: OwnName | undefined): void => {
    if (found !== undefined && !names.has(found.name)) names.set(found.name, found)
  }
  tree.iterate({
    enter: ({ node }) => {
      if (node.name === 'PreprocDirective') add(defined(node, text))
      else if (node.name === 'FunctionDefinition') add(functionName(node, text))
      else if (node.name === 'Declaration' || node.name === 'ParameterDeclaration') {
        for (const found of declared(node, text)) add(found)
      }
    },
  })
  return [...names.values()]
}

function defined(node: SyntaxNode, text: string): OwnName | undefined {
  const [, name, value] = /^#\s*define\s+(\w+)\s+(.*\S)/.exec(text.slice(node.from, node.to)) ?? []
  if (name === undefined || value === undefined) return undefined
  return { kind: 'constant', name, signature: `#define ${name} ${value}`, help: 'A constant of this scenario.' }
}

function functionName(node: SyntaxNode, text: string): OwnName | undefined {
  const declarator = innermost(node, 'FunctionDeclarator')
  const name = declarator && declaredName(declarator, text)
  if (declarator === undefined || name === undefined) return undefined
  return {
    kind: 'function',
    name,
    signature: words(text, node.from, declarator.to),
    help: 'A function of this scenario.',
  }
}

/** The declarator of a function, inside the `*` of its result. */
function innermost(node: SyntaxNode, kind: string): SyntaxNode | undefined {
  const direct = node.getChild(kind)
  if (direct !== null) return direct
  const pointer = node.getChild('PointerDeclarator')
  return pointer === null ? undefined : innermost(pointer, kind)
}

const DECLARATORS = ['Identifier', 'InitDeclarator', 'PointerDeclarator', 'ArrayDeclarator']

function declared(node: SyntaxNode, text: string): readonly OwnName[] {
  const signature = words(text, node.from, node.to).replace(/;$/, '')
  const parameterHelp = node.parent?.name === 'Program' ? helpOfParameter(node, text) : undefined
  return DECLARATORS.flatMap((kind) => node.getChildren(kind)).flatMap((declarator): readonly OwnName[] => {
    const name = declaredName(declarator, text)
    if (name === undefined) return []
    if (parameterHelp !== undefined) return [{ kind: 'parameter', name, signature, help: parameterHelp }]
    return [{ kind: 'variable', name, signature, help: 'A variable of this scenario.' }]
  })
}

/** The first identifier of a declarator: what follows is its size or its value. */
function declaredName(declarator: SyntaxNode, text: string): string | undefined {
  if (declarator.name === 'Identifier') return text.slice(declarator.from, declarator.to)
  for (let child = declarator.firstChild; child !== null; child = child.nextSibling) {
    if (!DECLARATORS.includes(child.name)) continue
    return declaredName(child, text)
  }
  return undefined
}

/** What the comment on the line of a declaration says, when it is a parameter's range. */
function helpOfParameter(node: SyntaxNode, text: string): string | undefined {
  const comment = node.nextSibling
  if (comment === null || !comment.name.endsWith('Comment') || text.slice(node.to, comment.from).includes('\n'))
    return undefined
  const [, min, max, help] = RANGE.exec(text.slice(comment.from, comment.to)) ?? []
  if (min === undefined || max === undefined) return undefined
  return `A parameter, ${min} to ${max}${help ? `: ${help.replace(/\s+/g, ' ')}` : ''}.`
}

function words(text: string, from: number, to: number): string {
  const line = text.slice(from, to).replace(/\s+/g, ' ').trim()
  return line.length > SIGNATURE_LENGTH_MAX ? `${line.slice(0, SIGNATURE_LENGTH_MAX)}…` : line
}
