import { FAILED, type RequestSink, type RequestSource } from '../../shared/requests.ts'
import { grown } from '../../shared/typed-arrays.ts'

const OP = { cpu: 0, map: 1, unmap: 2, vmap: 3, vunmap: 4, aliases: 5 } as const

/** What a letter asks for and how many numbers follow it. */
const LETTERS: Readonly<Record<string, { readonly op: number; readonly numbers: number; readonly form: string }>> = {
  c: { op: OP.cpu, numbers: 1, form: 'c CPU' },
  m: { op: OP.map, numbers: 2, form: 'm ID COUNT' },
  u: { op: OP.unmap, numbers: 1, form: 'u ID' },
  v: { op: OP.vmap, numbers: 2, form: 'v ID COUNT' },
  f: { op: OP.vunmap, numbers: 1, form: 'f ID' },
  a: { op: OP.aliases, numbers: 0, form: 'a' },
}

/** vm_map_ram takes its count as an unsigned int. */
const PAGES_MAX = 0xffff_ffff

/** A trace line that cannot be read; `line` counts from 1. */
export class TraceError extends Error {
  override readonly name = 'TraceError'
  readonly line: number

  constructor(line: number, problem: string) {
    super(`line ${line}: ${problem}`)
    this.line = line
  }
}

/** Recorded requests as parallel arrays; `id` is dense, counted in order of first use. */
export interface Trace {
  readonly length: number
  readonly op: Uint8Array
  readonly id: Int32Array
  /** Pages of a map, or the CPU. */
  readonly value: Float64Array
  readonly ids: number
}

const INITIAL_REQUESTS = 1024

/**
 * Reads trace lines: `c N` run on CPU N, `m ID COUNT` vm_map_ram, `u ID` vm_unmap_ram, `v ID COUNT` vmap, `f ID` vunmap,
 * `a` vm_unmap_aliases. Empty lines and lines that begin with `#` are passed over.
 * @throws {TraceError} naming the first line that does not have this form, or names a CPU that the machine lacks.
 */
export function parseTrace(text: string, nrCpus: number): Trace {
  const ids = new Map<number, number>()
  let op = new Uint8Array(INITIAL_REQUESTS)
  let id = new Int32Array(INITIAL_REQUESTS)
  let value = new Float64Array(INITIAL_REQUESTS)
  let length = 0
  let line = 0
  for (const raw of text.split('\n')) {
    line += 1
    const fields = raw.trim().split(/\s+/)
    const letter = fields[0] ?? ''
    if (letter === '' || letter.startsWith('#')) continue
    const known = Object.hasOwn(LETTERS, letter) ? LETTERS[letter] : undefined
    if (known === undefined) {
      const forms = Object.values(LETTERS).map(({ form }) => form)
      throw new TraceError(line, `"${shortened(letter)}" is no request; accepted are: ${forms.join(', ')}`)
    }
    const numbers = fields.slice(1).map((field) => wholeNumber(field, line, known.form))
    if (numbers.length !== known.numbers) {
      throw new TraceError(line, `"${shortened(raw.trim())}" has ${numbers.length} numbers; accepted is: ${known.form}`)
    }
    const [first = 0, second = 0] = numbers
    if (known.op === OP.cpu && first >= nrCpus) {
      throw new TraceError(line, `CPU ${first} is not on this machine; accepted are 0 to ${nrCpus - 1}`)
    }
    if (second > PAGES_MAX) throw new TraceError(line, `${second} pages is too many; accepted are 0 to ${PAGES_MAX}`)
    if (length === op.length) {
      op = grown(op, length * 2)
      id = grown(id, length * 2)
      value = grown(value, length * 2)
    }
    const named = known.op !== OP.cpu && known.op !== OP.aliases
    op[length] = known.op
    id[length] = named ? dense(ids, first) : 0
    value[length] = named ? second : first
    length += 1
  }
  return { length, op, id, value, ids: ids.size }
}

function wholeNumber(field: string, line: number, form: string): number {
  const number = Number(field)
  if (!/^\d+$/.test(field) || !Number.isSafeInteger(number)) {
    throw new TraceError(line, `"${shortened(field)}" is no whole number; accepted is: ${form}`)
  }
  return number
}

function dense(ids: Map<number, number>, id: number): number {
  const known = ids.get(id)
  if (known !== undefined) return known
  ids.set(id, ids.size)
  return ids.size - 1
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}

/** Told the outcome of each `m` and `v` request, in order: its first page or `FAILED`. */
export type MapListener = (startPage: number) => void

/** What an id names at the moment. */
const LIVE = { nothing: 0, map: 1, area: 2 } as const

/**
 * Replays a trace. All ids share one table: an id that is mapped again names the new mapping from then on, and an unmap of
 * an unknown or failed id, or of an id of the other kind, is passed over.
 */
export class TraceSource implements RequestSource {
  readonly operationsTotal = undefined
  readonly #trace: Trace
  readonly #onMap: MapListener | undefined
  readonly #live: Uint8Array
  readonly #startPage: Float64Array
  readonly #pages: Float64Array

  constructor(trace: Trace, onMap?: MapListener) {
    this.#trace = trace
    this.#onMap = onMap
    this.#live = new Uint8Array(trace.ids)
    this.#startPage = new Float64Array(trace.ids)
    this.#pages = new Float64Array(trace.ids)
  }

  issue(sink: RequestSink): void {
    this.#live.fill(LIVE.nothing)
    for (let position = 0; position < this.#trace.length; position += 1) this.#issueOne(sink, position)
  }

  #issueOne(sink: RequestSink, position: number): void {
    const id = this.#trace.id[position] as number
    const value = this.#trace.value[position] as number
    switch (this.#trace.op[position] as number) {
      case OP.cpu:
        sink.setCpu(value)
        break
      case OP.map:
        this.#mapped(id, LIVE.map, sink.mapRam(value), value)
        break
      case OP.vmap:
        this.#mapped(id, LIVE.area, sink.vmap(value), value)
        break
      case OP.unmap:
        if (this.#release(id, LIVE.map)) sink.unmapRam(this.#startPage[id] as number, this.#pages[id] as number)
        break
      case OP.vunmap:
        if (this.#release(id, LIVE.area)) sink.vunmap(this.#startPage[id] as number)
        break
      default:
        sink.unmapAliases()
    }
  }

  #mapped(id: number, kind: number, startPage: number, pages: number): void {
    this.#live[id] = startPage === FAILED ? LIVE.nothing : kind
    this.#startPage[id] = startPage
    this.#pages[id] = pages
    this.#onMap?.(startPage)
  }

  /** True when the id named a live mapping of this kind; it names nothing from then on. */
  #release(id: number, kind: number): boolean {
    if ((this.#live[id] as number) !== kind) return false
    this.#live[id] = LIVE.nothing
    return true
  }
}
