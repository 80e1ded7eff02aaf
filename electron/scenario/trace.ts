import { FAILED, type RequestSink, type RequestStream } from '../../shared/requests.ts'

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

/** One recorded request; `id` is dense, counted in order of first use. */
interface TraceRequest {
  readonly op: number
  readonly id: number
  readonly value: number
}

export interface Trace {
  readonly requests: readonly TraceRequest[]
  /** vm_map_ram ids and vmap ids are separate namespaces. */
  readonly mapIds: number
  readonly areaIds: number
}

/**
 * Reads trace lines: `c N` run on CPU N, `m ID COUNT` vm_map_ram, `u ID` vm_unmap_ram, `v ID COUNT` vmap, `f ID` vunmap,
 * `a` vm_unmap_aliases. Empty lines and lines that begin with `#` are passed over.
 * @throws {TraceError} naming the first line that does not have this form, or names a CPU that the machine lacks.
 */
export function parseTrace(text: string, nrCpus: number): Trace {
  const mapIds = new Map<number, number>()
  const areaIds = new Map<number, number>()
  const requests: TraceRequest[] = []
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
    const ids = known.op === OP.vmap || known.op === OP.vunmap ? areaIds : mapIds
    const named = known.op !== OP.cpu && known.op !== OP.aliases
    requests.push({ op: known.op, id: named ? dense(ids, first) : 0, value: named ? second : first })
  }
  return { requests, mapIds: mapIds.size, areaIds: areaIds.size }
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

/**
 * Replays a trace. Unmaps of unknown or failed ids are passed over; an id that is mapped again while it is live names the
 * new mapping from then on.
 */
export class TraceStream implements RequestStream {
  readonly operationsTotal = undefined
  readonly #trace: Trace
  readonly #onMap: MapListener | undefined
  readonly #mapStart: Float64Array
  readonly #mapPages: Float64Array
  readonly #areaStart: Float64Array
  #position = 0

  constructor(trace: Trace, onMap?: MapListener) {
    this.#trace = trace
    this.#onMap = onMap
    this.#mapStart = new Float64Array(trace.mapIds).fill(FAILED)
    this.#mapPages = new Float64Array(trace.mapIds)
    this.#areaStart = new Float64Array(trace.areaIds).fill(FAILED)
  }

  advance(sink: RequestSink, operations: number): number {
    const { requests } = this.#trace
    let done = 0
    while (done < operations) {
      const request = requests[this.#position]
      if (request === undefined) break
      this.#position += 1
      if (this.#issue(sink, request)) done += 1
    }
    return done
  }

  /** False when the request made no call. */
  #issue(sink: RequestSink, { op, id, value }: TraceRequest): boolean {
    switch (op) {
      case OP.cpu:
        sink.setCpu(value)
        return false
      case OP.map:
        this.#mapStart[id] = sink.mapRam(value)
        this.#mapPages[id] = value
        this.#onMap?.(this.#mapStart[id])
        return true
      case OP.vmap:
        this.#areaStart[id] = sink.vmap(value)
        this.#onMap?.(this.#areaStart[id])
        return true
      case OP.unmap: {
        const startPage = this.#mapStart[id] ?? FAILED
        if (startPage === FAILED) return false
        this.#mapStart[id] = FAILED
        sink.unmapRam(startPage, this.#mapPages[id] ?? 0)
        return true
      }
      case OP.vunmap: {
        const startPage = this.#areaStart[id] ?? FAILED
        if (startPage === FAILED) return false
        this.#areaStart[id] = FAILED
        sink.vunmap(startPage)
        return true
      }
      default:
        sink.unmapAliases()
        return true
    }
  }
}
