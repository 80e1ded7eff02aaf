import type { RequestSink } from '../../../../shared/requests.ts'
import {
  ELEMENTS_SHOWN_MAX,
  type ProgramFrame,
  type ProgramScalar,
  type ProgramValue,
} from '../../../../shared/program-values.ts'
import { isArray, type Variable } from '../ast.ts'
import type { GeneratedProgram } from '../generate/generate-program.ts'
import type { WatchedScope } from '../generate/watched-scope.ts'
import { cName } from '../types.ts'
import { Runtime, type RunHost } from './runtime.ts'
import type { RunSites } from './sites.ts'

/** A call of the allocator that is about to be made. What it offers holds until the program goes on. */
export interface WatchedCall {
  /** 0 for the scenario itself, then one of each task that was started. */
  readonly task: number
  /** Of the loops around the call, the outermost first: the operations that were made when their present pass began. */
  begins(): readonly number[]
  /** The function that makes it first. */
  frames(): readonly ProgramFrame[]
  globals(): readonly ProgramValue[]
}

/** Whoever looks at a program while it runs. */
export interface ProgramWatcher {
  /** Operations made so far. */
  readonly operations: number
  /** Told of each call of the allocator before it is made; of a vunmap of NULL as well, which is no operation. */
  onCall(call: WatchedCall): void
}

/** What generated code has in hand: numbers, BigInts, handles, arrays of them; `undefined` for what is not set. */
type Kept = number | bigint | undefined | readonly (number | bigint | undefined)[]

/** Where a function is, for those that it calls. */
interface Frame {
  readonly parent: Frame | undefined
  readonly task: number
  /** Position of the scope; `undefined` at the bottom of a task. */
  readonly scope: number | undefined
  readonly site: number
  readonly read: () => readonly Kept[]
}

/** A runtime for watched code (`generateProgram`), which offers its variables at each call of the allocator. */
export class WatchedRuntime extends Runtime {
  readonly #program: GeneratedProgram
  readonly #watcher: ProgramWatcher
  #readGlobals: () => readonly Kept[] = () => []
  #tasks = 0

  constructor(sites: RunSites, sink: RequestSink, host: RunHost, program: GeneratedProgram, watcher: ProgramWatcher) {
    super(sites, sink, host)
    this.#program = program
    this.#watcher = watcher
  }

  globals(read: () => readonly Kept[]): void {
    this.#readGlobals = read
  }

  operationsMade(): number {
    return this.#watcher.operations
  }

  /** The bottom of a task's frames. */
  newTask(): Frame {
    this.#tasks += 1
    return { parent: undefined, task: this.#tasks, scope: undefined, site: 0, read: () => [] }
  }

  /** The entry is called with nothing, or with the depth of calls it has, 0. */
  frame(parent: Frame | 0 | undefined, scope: number, site: number, read: () => readonly Kept[]): Frame {
    const below = parent === 0 ? undefined : parent
    return { parent: below, task: below?.task ?? 0, scope, site, read }
  }

  /** Offers a call, and answers its site. */
  see(frame: Frame): number {
    this.#watcher.onCall({
      task: frame.task,
      begins: () => this.#begins(frame),
      frames: () => this.#frames(frame),
      globals: () => this.#program.globals.map((variable, index) => this.#value(variable, this.#readGlobals()[index])),
    })
    return frame.site
  }

  /** Asked of every operation of a long run, so without lists in between. */
  #begins(frame: Frame): readonly number[] {
    const begins: number[] = []
    for (let at: Frame | undefined = frame; at !== undefined; at = at.parent) {
      const scope = this.#scopeOf(at)
      if (scope === undefined || scope.loops.length === 0) continue
      const kept = at.read()
      for (let place = kept.length - 1; place > scope.variables.length; place -= 2) begins.push(Number(kept[place]))
    }
    return begins.reverse()
  }

  #scopeOf({ scope }: Frame): WatchedScope | undefined {
    return scope === undefined ? undefined : this.#program.scopes[scope]
  }

  #frames(frame: Frame): readonly ProgramFrame[] {
    const frames: ProgramFrame[] = []
    for (let at: Frame | undefined = frame; at !== undefined; at = at.parent) {
      const scope = this.#scopeOf(at)
      if (scope === undefined) continue
      const kept = at.read()
      const iterations = kept.slice(scope.variables.length)
      frames.push({
        functionName: scope.functionName,
        line: this.sites.line(at.site),
        variables: scope.variables.map((variable, index) => this.#value(variable, kept[index])),
        passes: scope.loops.map((place, index) => ({
          line: this.sites.lineAt(place),
          iteration: Number(iterations[2 * index]),
        })),
      })
    }
    return frames
  }

  #value({ name, type }: Variable, kept: Kept): ProgramValue {
    if (type === 'pages') throw new Error(`${name} has no value to be shown.`)
    const element = isArray(type) ? type.element : type
    const scalar = (one: number | bigint | undefined): ProgramScalar | undefined =>
      one === undefined ? undefined : this.#scalar(element === 'pointer', one)
    const isMany = typeof kept === 'object'
    return {
      name,
      type: cName(element),
      values: isMany ? Array.from(kept.slice(0, ELEMENTS_SHOWN_MAX), scalar) : [scalar(kept)],
      length: isMany ? kept.length : undefined,
    }
  }

  #scalar(isPointer: boolean, kept: number | bigint): ProgramScalar {
    if (!isPointer) return { kind: 'number', digits: `${kept}` }
    if (kept === 0) return { kind: 'null' }
    const startPage = this.startPageOf(Number(kept))
    return startPage === undefined ? { kind: 'stale' } : { kind: 'mapping', startPage }
  }
}
