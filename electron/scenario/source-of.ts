import type { RequestSource } from '../../shared/requests.ts'
import { TRACE_ID, type RunSpec } from '../../shared/run.ts'
import type { ScenarioBudgets } from '../../shared/scenario-budgets.ts'
import { parseTraceReference, type TraceReference } from '../../shared/trace-reference.ts'
import type { ByteSource } from './bytes.ts'
import { compileOnce } from './c/compile-scenario.ts'
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
  /** Told the line of a C text before each of its calls of the allocator, vm_unmap_aliases included; loops have no lines. */
  readonly onLine?: (line: number) => void
}

/** Whether the requests of a run come from its C text, or from loops that stand for it. */
export function isCompiled({ scenarioId, program }: Pick<StreamSpec, 'scenarioId' | 'program'>): boolean {
  if (scenarioId === TRACE_ID) return false
  return program !== undefined || findScenario(scenarioId)?.stream === undefined
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
  if (stream !== undefined) return (seed) => stream(machine, parameters, seed)
  const compiled = compileOnce(text, { machine, parameters })
  return (seed, host) => compiled.source({ seed, ...host })
}
