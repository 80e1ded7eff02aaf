import type { FunctionSymbol, Literal, Variable } from '../ast.ts'
import {
  BUILTIN_NAMES,
  isBuiltinName,
  OPAQUE_CONSTANTS,
  SPECIAL_CALLS,
  type BuiltinName,
  type Constant,
} from '../builtins.ts'

/** What a name stands for. */
export type Meaning =
  | { readonly kind: 'variable'; readonly variable: Variable }
  | { readonly kind: 'function'; readonly symbol: FunctionSymbol }
  | { readonly kind: 'define'; readonly literal: Literal }
  | { readonly kind: 'constant'; readonly constant: Constant }
  | { readonly kind: 'opaque'; readonly type: 'pages' | 'pgprot' }
  | { readonly kind: 'builtin'; readonly name: BuiltinName }
  | { readonly kind: 'special'; readonly name: (typeof SPECIAL_CALLS)[number] }
  /** Its declaration was refused, and what uses it is not to be complained about again. */
  | { readonly kind: 'refused' }

/** The names that can be used at one place of the text: C's scopes, innermost first, over the lab's own names. */
export class Names {
  readonly #own = new Map<string, Meaning>()
  readonly #scopes = [new Map<string, Meaning>()]
  #hidden: readonly Map<string, Meaning>[] = []
  #nextId = 0

  constructor(constants: ReadonlyMap<string, Constant>) {
    for (const [name, constant] of constants) this.#own.set(name, { kind: 'constant', constant })
    for (const [name, type] of OPAQUE_CONSTANTS) this.#own.set(name, { kind: 'opaque', type })
    for (const name of SPECIAL_CALLS) this.#own.set(name, { kind: 'special', name })
  }

  /** Makes a scope for what `inside` declares. */
  scoped<Result>(inside: () => Result): Result {
    this.#scopes.push(new Map())
    const result = inside()
    this.#scopes.pop()
    return result
  }

  /** Makes a scope for the body of a function, from which only what stands outside functions can be seen. */
  outsideFunctions<Result>(inside: () => Result): Result {
    const hidden = this.#scopes.splice(1)
    const before = this.#hidden
    this.#hidden = [...before, ...hidden]
    const result = this.scoped(inside)
    this.#hidden = before
    this.#scopes.push(...hidden)
    return result
  }

  /** True for a name that is declared in a function around the one that is being read. */
  isHidden(name: string): boolean {
    return this.#hidden.some((scope) => scope.get(name)?.kind === 'variable')
  }

  /** True for the names of the lab, which cannot be declared again. */
  isOwn(name: string): boolean {
    return this.#own.has(name) || isBuiltinName(name)
  }

  /** What the innermost scope says of a name: declaring it again there is an error in C. */
  findHere(name: string): Meaning | undefined {
    return this.#scopes.at(-1)?.get(name)
  }

  find(name: string): Meaning | undefined {
    for (let depth = this.#scopes.length - 1; depth >= 0; depth -= 1) {
      const found = this.#scopes[depth]?.get(name)
      if (found !== undefined) return found
    }
    return isBuiltinName(name) ? { kind: 'builtin', name } : this.#own.get(name)
  }

  declare(name: string, meaning: Meaning): void {
    this.#scopes.at(-1)?.set(name, meaning)
  }

  /** Makes a name known whose declaration was refused, unless the scope has it. */
  declareRefused(name: string): void {
    if (this.findHere(name) === undefined) this.declare(name, { kind: 'refused' })
  }

  declareGlobal(name: string, meaning: Meaning): void {
    this.#scopes[0]?.set(name, meaning)
  }

  /** A number that no other variable or function of the program has. */
  newId(): number {
    this.#nextId += 1
    return this.#nextId
  }

  /** All names that can be used here. */
  *visible(): Generator<string> {
    for (const scope of this.#scopes) yield* scope.keys()
    yield* this.#own.keys()
    yield* BUILTIN_NAMES
  }
}
