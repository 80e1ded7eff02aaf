export const OP = { cpu: 0, map: 1, unmap: 2, vmap: 3, vunmap: 4, aliases: 5 } as const
export type Op = (typeof OP)[keyof typeof OP]

/** What a letter asks for and how many numbers follow it. */
export interface RequestForm {
  readonly op: Op
  readonly numbers: 0 | 1 | 2
  readonly form: string
}

export const LETTERS: Readonly<Record<string, RequestForm>> = {
  c: { op: OP.cpu, numbers: 1, form: 'c CPU' },
  m: { op: OP.map, numbers: 2, form: 'm ID COUNT' },
  u: { op: OP.unmap, numbers: 1, form: 'u ID' },
  v: { op: OP.vmap, numbers: 2, form: 'v ID COUNT' },
  f: { op: OP.vunmap, numbers: 1, form: 'f ID' },
  a: { op: OP.aliases, numbers: 0, form: 'a' },
}

/** vm_map_ram takes its count as an unsigned int. */
export const PAGES_MAX = 0xffff_ffff

/** A trace line that cannot be read; `line` counts from 1. */
export class TraceError extends Error {
  override readonly name = 'TraceError'
  readonly line: number

  constructor(line: number, problem: string) {
    super(`line ${line}: ${problem}`)
    this.line = line
  }
}

/** One request: its op and its numbers, 0 where it has fewer than two. */
export interface TraceRequest {
  readonly op: Op
  /** The id, or the CPU. */
  readonly first: number
  /** Pages. */
  readonly second: number
}

/**
 * Reads one line: `c N` run on CPU N, `m ID COUNT` vm_map_ram, `u ID` vm_unmap_ram, `v ID COUNT` vmap, `f ID` vunmap, `a`
 * vm_unmap_aliases. `undefined` for an empty line and for one that begins with `#`.
 * @throws {TraceError} when it does not have this form, or names a CPU that the machine lacks.
 */
export function parseTraceLine(text: string, line: number, nrCpus: number): TraceRequest | undefined {
  const fields = text.trim().split(/\s+/)
  const letter = fields[0] ?? ''
  if (letter === '' || letter.startsWith('#')) return undefined
  const known = Object.hasOwn(LETTERS, letter) ? LETTERS[letter] : undefined
  if (known === undefined) {
    const forms = Object.values(LETTERS).map(({ form }) => form)
    throw new TraceError(line, `"${shortened(letter)}" is no request; accepted are: ${forms.join(', ')}`)
  }
  const numbers = fields.slice(1).map((field) => wholeNumber(field, line, known.form))
  if (numbers.length !== known.numbers) {
    throw new TraceError(line, `"${shortened(text.trim())}" has ${numbers.length} numbers; accepted is: ${known.form}`)
  }
  const [first = 0, second = 0] = numbers
  if (known.op === OP.cpu && first >= nrCpus) {
    throw new TraceError(line, `CPU ${first} is not on this machine; accepted are 0 to ${nrCpus - 1}`)
  }
  if (second > PAGES_MAX) throw new TraceError(line, `${second} pages is too many; accepted are 0 to ${PAGES_MAX}`)
  return { op: known.op, first, second }
}

function wholeNumber(field: string, line: number, form: string): number {
  const number = Number(field)
  if (!/^\d+$/.test(field) || !Number.isSafeInteger(number)) {
    throw new TraceError(line, `"${shortened(field)}" is no whole number; accepted is: ${form}`)
  }
  return number
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}
