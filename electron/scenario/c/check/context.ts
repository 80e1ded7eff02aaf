import type { Machine } from '../../../../shared/machine.ts'
import type { Expression, FunctionSymbol, Global, ParameterVariable, Statement, Variable } from '../ast.ts'
import { machineConstants } from '../builtins.ts'
import type { Fix } from '../../../../shared/scenario-check.ts'
import { insertion, type Diagnostics, type Place } from '../diagnostics.ts'
import type { SourceText } from '../syntax/source-text.ts'
import { childOf, type SyntaxNode } from '../syntax/syntax-node.ts'
import type { WordBits } from '../types.ts'
import { Folder } from './fold.ts'
import { Names } from './names.ts'
import type { NameUses } from './name-uses.ts'

/** The parts of the checker call each other; this is how, without importing each other in a circle. */
export interface CheckerParts {
  expression(context: CheckContext, node: SyntaxNode): Expression | undefined
  statement(context: CheckContext, node: SyntaxNode): Statement | undefined
}

/** The function whose body is being read. */
export interface FunctionFrame {
  readonly symbol: FunctionSymbol
  /** Where a function can be declared, so that the body sees it. */
  readonly declareAt: number
  /** Where a declaration for the whole body can be put in. */
  readonly insertAt: number
  /** What stands before each line of the body. */
  readonly indentation: string
  /** Array elements that its locals take. */
  localElements: number
  loops: number
  switches: number
}

/** What is known of a text before any of it is checked. */
export interface TextShape {
  readonly uses: NameUses
  /** True for a text that is a statement list, as in a commit message. */
  readonly isBareList: boolean
  /** True for a text with task blocks outside functions: they see what is declared there. */
  readonly hasOuterTasks: boolean
  readonly prototypes: ReadonlyMap<string, Prototype>
}

export interface Prototype {
  /** `static void pair(int n)` */
  readonly text: string
  readonly line: number
}

/** What all parts of the checker share while they read one text. A part answers `undefined` for what it has refused. */
export class CheckContext {
  readonly source: SourceText
  readonly machine: Machine
  readonly diagnostics: Diagnostics
  readonly names: Names
  readonly fold: Folder
  readonly uses: NameUses
  /** True for a text that is a statement list, as in a commit message. */
  readonly isBareList: boolean
  readonly hasOuterTasks: boolean
  readonly globals: Global[] = []
  readonly parameters: ParameterVariable[] = []
  readonly functions: FunctionSymbol[] = []
  frame: FunctionFrame | undefined
  /** Of every function that the text defines, by name: also of those that are defined further down. */
  readonly prototypes: ReadonlyMap<string, Prototype>
  readonly #parts: CheckerParts

  constructor(source: SourceText, machine: Machine, diagnostics: Diagnostics, shape: TextShape, parts: CheckerParts) {
    this.source = source
    this.machine = machine
    this.diagnostics = diagnostics
    this.uses = shape.uses
    this.isBareList = shape.isBareList
    this.hasOuterTasks = shape.hasOuterTasks
    this.prototypes = shape.prototypes
    this.names = new Names(machineConstants(machine))
    this.fold = new Folder(machine.wordBits)
    this.#parts = parts
  }

  get wordBits(): WordBits {
    return this.machine.wordBits
  }

  textOf({ from, to }: Place): string {
    return this.source.slice(from, to)
  }

  /** Source text for a message. */
  phrase({ from, to }: Place): string {
    return this.source.phrase(from, to)
  }

  expression(node: SyntaxNode): Expression | undefined {
    return this.#parts.expression(this, node)
  }

  statement(node: SyntaxNode): Statement | undefined {
    return this.#parts.statement(this, node)
  }

  /** Makes the names in a refused piece of text known, so that their uses bring no complaints of their own. */
  declareRefused(...nodes: readonly (SyntaxNode | undefined)[]): void {
    for (const node of nodes) if (node !== undefined) this.names.declareRefused(this.textOf(node))
  }

  /** True for a name whose declaration was refused, and for what is made of one: `s.member`, `*p`, `a[1]`. */
  isRefused(node: SyntaxNode): boolean {
    const inner = childOf(node, 'argument')
    if (inner !== undefined) return this.isRefused(inner)
    return this.names.find(this.textOf(node))?.kind === 'refused'
  }

  newVariable(given: Omit<Variable, 'id'>): Variable {
    return { id: this.names.newId(), ...given }
  }

  /** Puts a declaration of a function above the one that is being read. */
  declareAbove(prototype: string): Fix | undefined {
    const at = this.frame?.declareAt
    return at === undefined ? undefined : insertion('Declare it above', at, `${prototype};\n\n`)
  }

  /** @throws {Error} when something was refused and nothing says why: a defect of the checker. */
  requireReason(checked: object | undefined): void {
    if (checked === undefined && !this.diagnostics.hasErrors) {
      throw new Error('The checker refused a part of the text without a diagnostic.')
    }
  }

  /** Refuses something; for `return context.refuse(…)`. */
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- what the caller answers when it refuses nothing
  refuse<Answer>(...args: Parameters<Diagnostics['error']>): Answer | undefined {
    this.diagnostics.error(...args)
    return undefined
  }
}
