import { mersenne } from 'pure-rand/generator/mersenne'
import type { RequestSink } from '../../../../shared/requests.ts'
import { hasErrors } from '../../../../shared/scenario-check.ts'
import { checkScenario } from '../check-scenario.ts'
import { compileScenario } from '../compile-scenario.ts'
import { ScenarioError } from '../run/scenario-error.ts'
import { CORPUS } from './corpus.fixture.ts'
import { RandomProgram } from './random-program.fixture.ts'
import { edited, NARROW, OUT_FUNCTION, WIDE } from './scenario.fixture.ts'

const SNIPPETS =
  `( ) [ ] { } ; , + - * / % & | ^ ~ ! < > = ? : ++ -- += <<= >>= && || == != -> . ... # " ' \\ \` $ @ \u00e9 \u{1f600} \u2028
  0 1 -1 64 65 4096 2147483647 0x80000000 18446744073709551615 99999999999999999999 1.5 0x 1e3 08 5ul 5ll
  int unsigned long bool void static const struct if else for while do switch case default break continue return goto sizeof typedef
  vm_map_ram vm_unmap_ram vmap vunmap vm_unmap_aliases rand rand_seed ilog2 min max set_cpu yield task task_order pages PAGE_KERNEL
  NULL true false NR_CPUS VMAP_MAX_ALLOC ARRAY_SIZE scenario iters i n p held sizes m fuel v1 f1 t1 d constructor __proto__ eval
  /* */ // #define #include /*1..2*/ globalThis.fuzzed=1 \${globalThis.fuzzed=1}`.split(/\s+/)

const RUN_STEPS_MAX = 40

class Stopped extends Error {}

/** Answers every third map with NULL when it is told to. */
class FuzzSink implements RequestSink {
  operations = 0
  readonly #failing: boolean
  #page = 0

  constructor(failing: boolean) {
    this.#failing = failing
  }

  setCpu(cpu: number): void {
    if (!Number.isInteger(cpu) || cpu < 0 || cpu >= 64) throw new Error(`The sink was moved to CPU ${cpu}.`)
  }

  mapRam(pages: number): number {
    return this.#map(pages)
  }

  unmapRam(startPage: number, pages: number): void {
    if (!Number.isInteger(startPage) || !Number.isInteger(pages)) throw new Error(`unmapRam(${startPage}, ${pages})`)
    this.operations += 1
  }

  vmap(pages: number): number {
    return this.#map(pages)
  }

  vunmap(startPage: number): void {
    if (!Number.isInteger(startPage)) throw new Error(`vunmap(${startPage})`)
    this.operations += 1
  }

  unmapAliases(): void {
    this.operations += 1
  }

  #map(pages: number): number {
    if (!Number.isInteger(pages) || pages < 0 || pages > 0xffff_ffff) throw new Error(`A map of ${pages} pages.`)
    this.operations += 1
    this.#page += 1
    return pages === 0 || (this.#failing && this.#page % 3 === 0) ? -1 : this.#page
  }
}

export type FuzzOutcome = 'refused' | 'ended' | 'finished'

/** Tokens that can often stand for each other. */
const KINDS: readonly RegExp[] = [
  /^\d/,
  /^(?:[-+*/%&|^]|<<|>>|<|>|<=|>=|==|!=|&&|\|\|)$/,
  /^(?:[-+*/%&|^]=|<<=|>>=|=)$/,
  /^(?:int|unsigned|long|bool)$/,
  /^(?:break|continue|return)$/,
  /^[a-z]\w*$/i,
]
const NUMBERS = ['0', '1', '2', '3', '7', '16', '31', '33', '64', '100', '0x7fffffff', '4294967295u', '1ul', '5l']

/** A text that a person could have typed, or not: some thing of the corpus, changed in some places. */
export function fuzzText(seed: number): string {
  return new TextFuzzer(seed).text()
}

class TextFuzzer {
  readonly #random: ReturnType<typeof mersenne>
  readonly #seed: number

  constructor(seed: number) {
    this.#random = mersenne(seed)
    this.#seed = seed
  }

  text(): string {
    const isGentle = this.#below(2) === 0
    let text = this.#below(4) === 0 ? OUT_FUNCTION + new RandomProgram(this.#seed).text(2) : this.#pick(CORPUS)
    for (let change = this.#below(isGentle ? 3 : 6); change >= 0; change -= 1) {
      text = isGentle ? this.#exchanged(text) : this.#broken(text)
    }
    return text.slice(0, 20_000)
  }

  /** A token changed for one of its kind. */
  #exchanged(text: string): string {
    const tokens = tokensIn(text)
    const { 0: token, index } = this.#pick(tokens)
    const kind = KINDS.find((pattern) => pattern.test(token))
    if (kind === undefined) return text
    const others = tokens.map(([other]) => other).filter((other) => kind.test(other))
    const other = kind === KINDS[0] ? this.#pick(NUMBERS) : this.#pick(others)
    return text.slice(0, index) + other + text.slice(index + token.length)
  }

  #broken(text: string): string {
    const tokens = tokensIn(text)
    const { 0: token, index: at } = this.#pick(tokens)
    const other = this.#pick(tokens)
    const [before, after] = [text.slice(0, at), text.slice(at + token.length)]
    switch (this.#below(7)) {
      case 0:
        return before + after
      case 1:
        return before + this.#pick(SNIPPETS) + after
      case 2:
        return `${before}${token} ${this.#pick(SNIPPETS)} ${after}`
      case 3:
        return before + other[0] + after
      case 4:
        return text.slice(0, at) + text.slice(Math.min(at, other.index), other.index) + text.slice(at)
      case 5:
        return before + token + token + after
      default:
        return text.slice(0, at + this.#below(3)) + String.fromCharCode(32 + this.#below(95)) + after
    }
  }

  #pick<Item>(items: readonly Item[]): Item {
    return items[this.#below(items.length)] as Item
  }

  #below(limit: number): number {
    return (this.#random.next() >>> 0) % Math.max(1, limit)
  }
}

function tokensIn(text: string): readonly RegExpExecArray[] {
  return [...`${text} `.matchAll(/\w+|\s+|<<=|>>=|[-+*/%&|^=!<>]=|<<|>>|&&|\|\||\+\+|--|[^\s\w]/g)]
}

/** @throws when a text makes the checker, the generator or a run do what none of them ever may. */
export function fuzzOne(text: string, seed: number): FuzzOutcome {
  const machine = seed % 2 === 0 ? WIDE : NARROW
  const checked = checkScenario(text, machine)
  for (const { fix, from, to } of checked.diagnostics) {
    if (from > to || to > text.length + 1) throw new Error(`A diagnostic from ${from} to ${to}.`)
    if (fix && edited(text, fix.edits) === text) throw new Error(`The fix “${fix.title}” changes nothing.`)
  }
  if (hasErrors(checked)) return 'refused'
  return runOne(text, seed, machine)
}

function runOne(text: string, seed: number, machine: typeof WIDE): FuzzOutcome {
  const failing = seed % 3 === 0
  const sink = new FuzzSink(failing)
  let ticks = 0
  const source = compileScenario(text, {
    machine,
    parameters: {},
    seed,
    budgets: { operations: 3000, liveMappings: 700, wallMs: 1_000_000 },
    clock: () => 0,
    checkpoint: () => {
      ticks += 1
      if (ticks > RUN_STEPS_MAX) throw new Stopped()
    },
  })
  try {
    source.issue(sink)
  } catch (error) {
    if (error instanceof ScenarioError || error instanceof Stopped) return 'ended'
    throw error
  } finally {
    if ('fuzzed' in globalThis) throw new Error('Text of the scenario was run as JavaScript.')
  }
  if (!failing && source.operationsTotal !== undefined && source.operationsTotal !== sink.operations) {
    throw new Error(`${source.operationsTotal} operations were announced, and ${sink.operations} were made.`)
  }
  return 'finished'
}
