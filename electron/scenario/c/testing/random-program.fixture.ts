import { mersenne } from 'pure-rand/generator/mersenne'

type Type = 'bool' | 'int' | 'unsigned int' | 'long' | 'unsigned long'
const TYPES: readonly Type[] = ['bool', 'int', 'unsigned int', 'long', 'unsigned long']

interface Local {
  readonly name: string
  readonly type: Type
}

/**
 * Random C with a defined meaning: no division by zero, no shift by too much, no variable that is read before it is set or
 * twice changed in one expression. What a function computes it hands to `out`.
 */
export class RandomProgram {
  readonly #random: ReturnType<typeof mersenne>
  #locals: Local[] = []
  #arrays: Local[] = []
  #names = 0
  #loops = 0

  constructor(seed: number) {
    this.#random = mersenne(seed)
  }

  /** Functions `test0` … and a scenario that calls them all. */
  text(functions: number): string {
    const bodies = Array.from({ length: functions }, (_, index) => this.#function(`test${index}`))
    const uses = Array.from(
      { length: functions },
      (_, index) => `\tout(test${index}(${this.#literal()}, ${this.#literal()}));`,
    )
    return `static long total = 3;\nstatic unsigned int seen[8] = { 1, 2, 3 };\n\n${bodies.join('\n')}
void scenario(void)\n{\n${uses.join('\n')}\n}\n`
  }

  #function(name: string): string {
    this.#locals = [
      { name: 'total', type: 'long' },
      { name: 'a', type: 'int' },
      { name: 'b', type: 'unsigned long' },
    ]
    this.#arrays = [{ name: 'seen', type: 'unsigned int' }]
    this.#loops = 0
    const returns = this.#pick(TYPES)
    const declared = Array.from({ length: 3 + this.#below(4) }, () => this.#declaration())
    const body = this.#statements(3 + this.#below(5), 2)
    return `static ${returns} ${name}(int a, unsigned long b)\n{\n${[...declared, ...body].join('\n')}\n\treturn ${this.#expression(3)};\n}\n`
  }

  #declaration(): string {
    const name = this.#name()
    const type = this.#pick(TYPES)
    if (this.#below(5) === 0) {
      const values = Array.from({ length: 1 + this.#below(8) }, () => this.#expression(1))
      this.#arrays.push({ name, type })
      const named = this.#below(3) === 0 ? [`[7] = ${this.#expression(1)}`] : []
      return `\t${type} ${name}[8] = { ${[...values.slice(0, 7), ...named].join(', ')} };`
    }
    const text =
      this.#below(6) === 0
        ? `\tstatic ${type} ${name} = ${this.#literal()};`
        : `\t${type} ${name} = ${this.#expression(2)};`
    this.#locals.push({ name, type })
    return text
  }

  #statements(count: number, depth: number): string[] {
    return Array.from({ length: count }, () => this.#statement(depth))
  }

  #block(depth: number): string {
    const held = this.#locals.length
    const lines = [...(this.#below(3) === 0 ? [this.#scalar()] : []), ...this.#statements(1 + this.#below(3), depth)]
    this.#locals.length = held
    return `{\n${lines.join('\n')}\n}`
  }

  #scalar(): string {
    const name = this.#name()
    const type = this.#pick(TYPES)
    const text = `\t${type} ${name} = ${this.#expression(2)};`
    this.#locals.push({ name, type })
    return text
  }

  #statement(depth: number): string {
    const choice = this.#below(depth > 0 ? 11 : 5)
    switch (choice) {
      case 0:
      case 1:
        return `\t${this.#target()} = ${this.#expression(3)};`
      case 2:
        return this.#compound()
      case 3:
        return this.#step()
      case 4:
        return `\tout(${this.#expression(3)});`
      case 5:
        return `\tif (${this.#expression(2)}) ${this.#block(depth - 1)} else ${this.#block(depth - 1)}`
      case 6:
      case 7:
        return this.#for(depth)
      case 8:
        return this.#while(depth)
      case 9:
        return this.#do(depth)
      default:
        return this.#switch(depth)
    }
  }

  /** A counter that nothing else changes, since no target has its name. */
  #counter(): string {
    this.#loops += 1
    return `loop${this.#loops}`
  }

  #jump(): string {
    const kind = this.#below(4)
    if (kind > 1) return ''
    return `\tif (${this.#expression(1)}) ${kind === 0 ? 'break' : 'continue'};\n`
  }

  #for(depth: number): string {
    const counter = this.#counter()
    const type = this.#pick(TYPES.slice(1))
    const up = this.#below(2) === 0
    const head = up
      ? `${type} ${counter} = ${this.#below(3)}; ${counter} < ${1 + this.#below(5)}; ${counter}++`
      : `${type} ${counter} = ${1 + this.#below(5)}; ${counter} > 0; ${counter} -= 1`
    this.#locals.push({ name: `(${counter} + 0)`, type })
    const body = `${this.#jump()}${this.#block(depth - 1)}`
    this.#locals.pop()
    return `\tfor (${head}) {\n${body}\n}`
  }

  #while(depth: number): string {
    const counter = this.#counter()
    return `\t{ int ${counter} = ${this.#below(5)};\n\twhile (${counter}--) {\n${this.#jump()}${this.#block(depth - 1)}\n} }`
  }

  #do(depth: number): string {
    const counter = this.#counter()
    return `\t{ unsigned int ${counter} = ${1 + this.#below(4)};\n\tdo {\n${this.#jump()}${this.#block(depth - 1)}\n} while (--${counter} && (${this.#expression(1)})); }`
  }

  #switch(depth: number): string {
    const labels = [...new Set(Array.from({ length: 3 }, () => this.#below(6) - 1))]
    const cases = labels.map(
      (label) => `case ${label}: ${this.#block(depth - 1)}${this.#below(3) === 0 ? '' : ' break;'}`,
    )
    const fallback = this.#below(2) === 0 ? [] : [`default: ${this.#block(depth - 1)}`]
    const position = this.#below(cases.length + 1)
    cases.splice(position, 0, ...fallback.map((text) => `${text} ${this.#below(2) === 0 ? '' : 'break;'}`))
    return `\tswitch ((${this.#expression(2)}) & 3) {\n${cases.join('\n')}\n}`
  }

  #compound(): string {
    const target = this.#target()
    const operator = this.#pick(['+', '-', '*', '&', '|', '^', '/', '%', '<<', '>>'])
    if (operator === '/' || operator === '%') return `\t${target} ${operator}= ${this.#divisor()};`
    if (operator === '<<' || operator === '>>') return `\t${target} ${operator}= ${this.#count()};`
    return `\t${target} ${operator}= ${this.#expression(2)};`
  }

  #step(): string {
    const numbers = this.#locals.filter(({ type, name }) => type !== 'bool' && !name.startsWith('('))
    const { name } = this.#pick(numbers)
    const operator = this.#pick(['++', '--'])
    const other = this.#pick(numbers.filter((local) => local.name !== name)).name
    const prefix = this.#below(2) === 0
    return `\t${other} = ${prefix ? `${operator}${name}` : `${name}${operator}`} * ${this.#literal()};`
  }

  #target(): string {
    const targets = this.#locals.filter(({ name }) => !name.startsWith('('))
    return this.#below(4) === 0 ? this.#element() : this.#pick(targets).name
  }

  #element(): string {
    return `${this.#pick(this.#arrays).name}[(${this.#expression(1)}) & 7]`
  }

  #divisor(): string {
    return this.#below(2) === 0
      ? this.#pick(['3', '-3', '7u', '-2l', '9ul', '1', '16'])
      : `(((${this.#expression(1)}) & 7) + 1)`
  }

  #count(): string {
    return this.#below(2) === 0 ? String(this.#below(32)) : `((${this.#expression(1)}) & 31)`
  }

  #expression(depth: number): string {
    if (depth === 0) return this.#leaf()
    const inner = (): string => this.#expression(depth - 1)
    switch (this.#below(17)) {
      case 0:
      case 1:
        return this.#leaf()
      case 2:
      case 3:
        return `${this.#wrapped(inner())} ${this.#pick(['+', '-', '*'])} ${this.#wrapped(inner())}`
      case 4:
        return `${this.#wrapped(inner())} ${this.#pick(['&', '|', '^'])} ${this.#wrapped(inner())}`
      case 5:
        return `((${inner()}) ${this.#pick(['/', '%'])} ${this.#divisor()})`
      case 6:
        return `((${inner()}) ${this.#pick(['<<', '>>'])} ${this.#count()})`
      case 7:
      case 8:
        return `${this.#wrapped(inner())} ${this.#pick(['<', '<=', '>', '>=', '==', '!='])} ${this.#wrapped(inner())}`
      case 9:
        return `${this.#wrapped(inner())} ${this.#pick(['&&', '||'])} ${this.#wrapped(inner())}`
      case 10:
        return `${this.#pick(['!', '~', '-', '+'])}(${inner()})`
      case 11:
        return `(${this.#pick(TYPES)})(${inner()})`
      case 12:
        return `((${inner()}) ? (${inner()}) : (${inner()}))`
      case 13:
        return this.#element()
      case 14:
        return this.#leaf()
      case 15:
        return `${inner()} ${this.#pick(['+', '-', '*', '&', '|', '^', '<', '==', '&&', '||'])} ${inner()}`
      default:
        return `(${inner()})`
    }
  }

  /** Parentheses, or none: precedence is part of what is tested. */
  #wrapped(text: string): string {
    return this.#below(2) === 0 ? `(${text})` : text
  }

  #leaf(): string {
    return this.#below(3) === 0 ? this.#literal() : this.#pick(this.#locals).name
  }

  #literal(): string {
    const value = this.#pick([
      '0',
      '1',
      '2',
      '5',
      '31',
      '100',
      '255',
      '4095',
      '65536',
      '0x7fffffff',
      '0xffffffff',
      '0x80000000',
      '077',
      '2147483647',
    ])
    return this.#below(4) === 0
      ? `-${this.#pick(['1', '2', '7', '2147483647'])}`
      : `${value}${this.#pick(['', '', '', 'u', 'l', 'UL'])}`
  }

  #name(): string {
    this.#names += 1
    return `v${this.#names}`
  }

  #pick<Item>(items: readonly Item[]): Item {
    return items[this.#below(items.length)] as Item
  }

  #below(limit: number): number {
    return (this.#random.next() >>> 0) % limit
  }
}
