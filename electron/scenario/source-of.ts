import type { RequestSource } from '../../shared/requests.ts'
import type { RunSpec } from '../../shared/run.ts'
import type { ScenarioBudgets } from '../../shared/scenario-budgets.ts'
import { compileScenario } from './c/compile-scenario.ts'
import { findScenario } from './presets.ts'

/** What a request stream is determined by, together with the answers that an allocator gives. */
export type StreamSpec = Pick<RunSpec, 'scenarioId' | 'program' | 'parameters' | 'seed' | 'machine'>

/** What the run of a C text is held to; loops need none of it. */
export interface SourceHost {
  readonly budgets: ScenarioBudgets
  /** Milliseconds from any fixed moment, for the budget of time. */
  readonly clock: () => number
  /** Called at least every millisecond or so, also in loops that never call the allocator; may throw to end the run. */
  readonly checkpoint: () => void
}

/** Whether the requests of a run come from its C text, or from loops that stand for it. */
export function isCompiled({ scenarioId, program }: Pick<StreamSpec, 'scenarioId' | 'program'>): boolean {
  return program !== undefined || findScenario(scenarioId)?.stream === undefined
}

/**
 * The requests of a run: the one way from what is chosen or recorded to what is asked of an allocator. The parameters have
 * passed `parameterProblem`. Where `isCompiled`, `loadGrammar` must have finished, and the source throws `ScenarioError` for
 * what the text does wrong when it runs.
 * @throws {RangeError} when the scenario is not known. @throws {ScenarioError} for a program's text with errors.
 */
export function sourceOf(spec: StreamSpec, host: SourceHost): RequestSource {
  const { scenarioId, program, machine, parameters, seed } = spec
  if (program !== undefined) return compileScenario(program.source, { machine, parameters, seed, ...host })
  const scenario = findScenario(scenarioId)
  if (scenario === undefined) throw new RangeError(`There is no scenario ${scenarioId}.`)
  return (
    scenario.stream?.(machine, parameters, seed) ??
    compileScenario(scenario.info.source, { machine, parameters, seed, ...host })
  )
}
