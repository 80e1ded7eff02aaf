import { Allocator } from '../allocator/allocator.ts'
import { KERNEL_MODELS } from '../allocator/models.ts'
import { NotSimulatedError } from '../allocator/not-simulated.ts'
import { openTrace } from '../exchange/recorded-trace.ts'
import { ScenarioError } from '../scenario/c/run/scenario-error.ts'
import { sourceOf } from '../scenario/source-of.ts'
import { TraceLengthError, TraceRecorder } from '../scenario/trace-recorder.ts'
import { formatCount, formatQuantity } from '../../shared/format.ts'
import { formatMachineFile } from '../../shared/machine-file.ts'
import { modelOf, modelTitle } from '../../shared/model-choice.ts'
import { scenarioName, type RunSpec } from '../../shared/run.ts'
import type { ScenarioBudgets } from '../../shared/scenario-budgets.ts'
import { LAB_VERSION } from '../version.ts'
import { CommandError, type Terminal } from './command.ts'
import type { TraceFile } from './trace-file.ts'

/** Requests that a trace has at most when nothing else is said: about a gigabyte of text. */
export const REQUESTS_MAX = 100_000_000

export interface TraceLimits {
  readonly budgets: ScenarioBudgets
  /** Lines that are written at most; a move to another CPU is one too. */
  readonly requests: number
}

/**
 * Makes the requests of a run once more and writes them to a file, or without one to standard output, and says so. Runs are
 * deterministic, so these are the requests of the very run. Where `isCompiled`, `loadGrammar` must have finished.
 * @throws {CommandError} for a run that ends with an error, and for more requests than the limit. No file is left then.
 */
export function writeTrace(spec: RunSpec, limits: TraceLimits, file: TraceFile | undefined, terminal: Terminal): void {
  try {
    const write = (part: string): void => (file === undefined ? terminal.out(part) : file.write(part))
    const written = record(spec, limits, write, terminal)
    file?.finish()
    terminal.progress('')
    terminal.err(summary(spec, written, file?.path ?? 'standard output'))
  } catch (error) {
    terminal.progress('')
    file?.discard()
    throw explained(error)
  }
}

function record(
  spec: RunSpec,
  { budgets, requests }: TraceLimits,
  write: (part: string) => void,
  terminal: Terminal,
): TraceRecorder {
  const allocator = new Allocator(spec.machine, modelOf(spec, KERNEL_MODELS))
  const recorder = new TraceRecorder(allocator, requests, (part) => {
    write(part)
    terminal.progress(`${formatCount(recorder.requests)} requests`)
  })
  write(heading(spec))
  sourceOf(spec, { budgets, clock: () => performance.now(), checkpoint: () => undefined, openTrace }).issue(recorder)
  recorder.end()
  return recorder
}

/** Comments that say what the trace is of. */
function heading(spec: RunSpec): string {
  const inputs = [...Object.entries(spec.parameters).map(([name, value]) => `${name}=${value}`), `seed ${spec.seed}`]
  const lines = [
    `${scenarioName(spec)} (${inputs.join(', ')}) under ${modelTitle(spec)}, written by Vmap Lab ${LAB_VERSION}`,
    `machine ${spec.machineId}: ${formatMachineFile(spec.machine)}`,
  ]
  return lines.map((line) => `# ${line.replace(/\s+/g, ' ')}\n`).join('')
}

function summary(spec: RunSpec, { requests, failedMaps }: TraceRecorder, where: string): string {
  const written = `Wrote ${formatQuantity(requests, 'request')} to ${where}`
  if (failedMaps === 0) return `${written}. No map failed under ${spec.modelId}.\n`
  return `${written}. ${formatQuantity(failedMaps, 'map')} failed under ${spec.modelId}: under another kernel model a scenario may ask for something else then.\n`
}

/** What the user can do something about, as such. */
function explained(error: unknown): unknown {
  if (error instanceof TraceLengthError) return new CommandError(`${error.message}; --max-operations raises that`)
  if (error instanceof ScenarioError || error instanceof NotSimulatedError) return new CommandError(error.message)
  return error
}
