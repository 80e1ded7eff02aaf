import type { RequestSource } from '../../shared/requests.ts'
import { TRACE_ID, type RunSpec } from '../../shared/run.ts'
import { DEFAULT_BUDGETS, type ScenarioBudgets } from '../../shared/scenario-budgets.ts'
import { parseTraceReference, type TraceReference } from '../../shared/trace-reference.ts'
import type { ByteSource } from './bytes.ts'
import { compileOnce } from './c/compile-scenario.ts'
import type { ProgramWatcher } from './c/run/watched-runtime.ts'
import { findScenario } from './presets.ts'
import { TraceSource } from './trace.ts'

/** What a request stream is determined by, together with the answers that an allocator gives. */
export type StreamSpec = Pick<RunSpec, 'scenarioId' | 'program' | 'parameters' | 'seed' | 'machine'>

/** What the run of a C text is held to; loops need none of it. */
export interface SourceHost {
  readonly budgets: ScenarioBudgets
  /** Milliseconds from any fixed moment, for the budget of time. */
  readonly clock: () => number
  /** Called at least every millisecond or so, also in loops that never call the allocator; may throw to end the run. */
  readonly checkpoint: () => void
  /** Where traces can be read: opens the file that a run refers to. @throws {ReadError} */
  readonly openTrace?: (reference: TraceReference) => ByteSource
  /**
   * Told the line of a C text before each of its calls of the allocator, vm_unmap_aliases included. Loops have no lines: whoever
   * listens gets the text that they stand for, which makes the same requests at half the speed. See `hasLines`.
   */
  readonly onLine?: (line: number) => void
  /** Told each call of a C text with its variables; of loops as above. */
  readonly watcher?: ProgramWatcher
}

/** Whether the requests of a run come from its C text, or from loops that stand for it. */
export function isCompiled({ scenarioId, program }: Pick<StreamSpec, 'scenarioId' | 'program'>): boolean {
  if (scenarioId === TRACE_ID) return false
  return program !== undefined || findScenario(scenarioId)?.stream === undefined
}

/** Longer loops are made as such, without lines: their text would take too long. */
const LINED_OPERATIONS_MAX = 20_000_000

/** Whether the requests of a run come from lines of a text, once somebody asks for them. */
export function hasLines(spec: StreamSpec): boolean {
  const { stream } = spec.program === undefined ? (findScenario(spec.scenarioId) ?? {}) : {}
  if (stream === undefined) return isCompiled(spec)
  return (stream(spec.machine, spec.parameters, spec.seed).operationsTotal ?? Infinity) <= LINED_OPERATIONS_MAX
}

function traceOf({ program, machine }: Omit<StreamSpec, 'seed'>, { openTrace }: SourceHost): RequestSource {
  const reference = program && parseTraceReference(program.source)
  if (reference === undefined || openTrace === undefined)
    throw new RangeError('The run names no trace that can be read.')
  return new TraceSource(() => openTrace(reference), machine.nrCpus)
}

/**
 * The requests of a run: the one way from what is chosen or recorded to what is asked of an allocator. The parameters have
 * passed `parameterProblem`. Where `isCompiled`, `loadGrammar` must have finished, and the source throws `ScenarioError` for
 * what the text does wrong when it runs.
 * A trace is read as it is replayed: its source throws `TraceError` for a line that is no request.
 * @throws {RangeError} when the scenario is not known. @throws {ScenarioError} for a program's text with errors.
 */
export function sourceOf(spec: StreamSpec, host: SourceHost): RequestSource {
  return sourcesOf(spec)(spec.seed, host)
}

/** The same for runs that differ in their seeds alone: a text is compiled once. */
export function sourcesOf(spec: Omit<StreamSpec, 'seed'>): (seed: number, host: SourceHost) => RequestSource {
  const { scenarioId, program, machine, parameters } = spec
  if (scenarioId === TRACE_ID) return (_seed, host) => traceOf(spec, host)
  const scenario = program === undefined ? findScenario(scenarioId) : undefined
  const text = program?.source ?? scenario?.info.source
  if (text === undefined) throw new RangeError(`There is no scenario ${scenarioId}.`)
  const { stream } = scenario ?? {}
  const compiled = (): ReturnType<typeof compileOnce> => compileOnce(text, { machine, parameters })
  if (stream === undefined) return fromText(compiled())
  return (seed, host) => {
    if (host.onLine === undefined && host.watcher === undefined) return stream(machine, parameters, seed)
    // A loop is held to no budget, and its text to none that it could reach
    return fromText(compiled())(seed, { ...host, budgets: DEFAULT_BUDGETS })
  }
}

function fromText(compiled: ReturnType<typeof compileOnce>): (seed: number, host: SourceHost) => RequestSource {
  return (seed, host) => compiled.source({ seed, ...host })
}
