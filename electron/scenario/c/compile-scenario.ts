import type { Machine } from '../../../shared/machine.ts'
import type { RequestSink, RequestSource } from '../../../shared/requests.ts'
import { DEFAULT_BUDGETS, type ScenarioBudgets } from '../../../shared/scenario-budgets.ts'
import type { ParameterValues } from '../../../shared/scenario.ts'
import { estimatorOf } from './check-scenario.ts'
import { generateProgram, type GeneratedProgram } from './generate/generate-program.ts'
import { known } from './outline/tally.ts'
import { readProgram } from './read-program.ts'
import { linkProgram } from './run/link.ts'
import { LineRuntime } from './run/line-runtime.ts'
import { WatchedRuntime, type ProgramWatcher } from './run/watched-runtime.ts'
import { Runtime } from './run/runtime.ts'
import { ScenarioError } from './run/scenario-error.ts'
import { RunSites } from './run/sites.ts'

/** What a text is compiled for: both are part of what C means. */
export interface CompileTarget {
  readonly machine: Machine
  /** Values of parameters by name; what is not given has its default. */
  readonly parameters: ParameterValues
}

/** What a run of a compiled scenario is given. */
export interface RunOptions {
  readonly seed: number
  readonly budgets?: ScenarioBudgets
  /** Milliseconds from any fixed moment, for the budget of time. */
  readonly clock: () => number
  /** Called every some thousand steps, also in loops that never call the allocator; may throw to end the run. */
  readonly checkpoint?: () => void
  /** Told the line of each call of the allocator before it is made. */
  readonly onLine?: (line: number) => void
  /** Told each call with the variables that it is made with; the text runs several times slower then, and `onLine` is not told. */
  readonly watcher?: ProgramWatcher
}

export type CompileOptions = CompileTarget & RunOptions

/** A scenario that can be run with one seed after the other. */
export interface CompiledScenario {
  source(options: RunOptions): RequestSource
}

/**
 * Compiles a scenario to a source of requests. Each `issue` is a run of its own, from the beginning.
 * `issue` throws what the sink and the checkpoint throw, and `ScenarioError` for what the scenario does wrong.
 * @throws {ScenarioError} for a text with errors, naming the first.
 */
export function compileScenario(text: string, options: CompileOptions): RequestSource {
  return compileOnce(text, options).source(options)
}

/** The same for many runs. @throws {ScenarioError} for a text with errors, naming the first. */
export function compileOnce(text: string, { machine, parameters }: CompileTarget): CompiledScenario {
  const { source, diagnostics, program } = readProgram(text, machine)
  if (program === undefined) {
    const error = diagnostics.sorted.find(({ severity }) => severity === 'error')
    throw new ScenarioError('text', error ?? source.span(0, 0), error?.message ?? 'The text is no scenario.')
  }
  const operationsTotal = known(estimatorOf(program, parameters, machine).entry().operations)
  // Generated and linked by the first run: what is compiled need not be run
  const plain = once(() => linked(generateProgram(program, parameters)))
  const watched = once(() => linked(generateProgram(program, parameters, true)))

  function run(sink: RequestSink, { seed, clock, onLine, watcher, ...options }: RunOptions): void {
    const { budgets = DEFAULT_BUDGETS, checkpoint = () => undefined } = options
    const host = { machine, seed, budgets, clock, checkpoint }
    const { generated, link } = watcher ? watched() : plain()
    const sites = new RunSites(source, generated.places)
    const runtime = watcher
      ? new WatchedRuntime(sites, sink, host, generated, watcher)
      : onLine
        ? new LineRuntime(sites, sink, host, onLine)
        : new Runtime(sites, sink, host)
    const { hasTasks, entry } = link(runtime)
    if (hasTasks) runtime.runTasks(entry)
    else entry(0)
  }

  return {
    source: (options) => ({ operationsTotal, issue: (sink) => run(sink, options) }),
  }
}

function linked(generated: GeneratedProgram): {
  readonly generated: GeneratedProgram
  readonly link: ReturnType<typeof linkProgram>
} {
  return { generated, link: linkProgram(generated.code, generated.hasTasks) }
}

function once<Made>(make: () => Made): () => Made {
  let made: { readonly value: Made } | undefined
  return () => (made ??= { value: make() }).value
}
