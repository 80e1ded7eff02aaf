import type { FunctionSymbol, Variable } from '../ast.ts'
import type { Place } from '../diagnostics.ts'
import type { WordBits } from '../types.ts'
import type { CallFacts } from './call-facts.ts'
import type { ScopeWriter } from './watched-scope.ts'

/** The places of a program that a run-time error can name. Generated code knows a place by its number here. */
export class Sites {
  readonly places: Place[] = []
  readonly #numbers = new Map<string, number>()

  numberOf({ from, to }: Place): number {
    const key = `${from}-${to}`
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    this.places.push({ from, to })
    this.#numbers.set(key, this.places.length - 1)
    return this.places.length - 1
  }
}

/** What the writers of one function share. */
export class FunctionWriter {
  readonly symbol: FunctionSymbol
  readonly wordBits: WordBits
  readonly facts: CallFacts
  readonly sites: Sites
  readonly maybeUnset: ReadonlySet<Variable>
  /** True when turns of a task end inside the function, so that it is a generator. */
  readonly suspends: boolean
  /** Where somebody watches the variables. */
  readonly scope: ScopeWriter | undefined
  #temporaries = 0

  constructor(
    symbol: FunctionSymbol,
    wordBits: WordBits,
    facts: CallFacts,
    sites: Sites,
    maybeUnset: ReadonlySet<Variable>,
    scope?: ScopeWriter,
  ) {
    this.symbol = symbol
    this.wordBits = wordBits
    this.facts = facts
    this.sites = sites
    this.maybeUnset = maybeUnset
    this.scope = scope
    this.suspends = facts.suspending.has(symbol)
  }

  /** The name of a new local of the generated function, which keeps a value between two parts of an expression. */
  temporary(): string {
    this.#temporaries += 1
    return `t${this.#temporaries}`
  }

  get temporaries(): readonly string[] {
    return Array.from({ length: this.#temporaries }, (_, index) => `t${index + 1}`)
  }

  site(place: Place): number {
    return this.sites.numberOf(place)
  }

  /** The same for a call of the allocator, as text: whoever watches sees the variables then. */
  callSite(place: Place): string {
    const site = this.site(place)
    return this.scope === undefined ? `${site}` : `m.see(${this.scope.frame(site)})`
  }
}
