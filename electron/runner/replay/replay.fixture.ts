import { Allocator } from '../../allocator/allocator.ts'
import { KERNEL_MODELS } from '../../allocator/models.ts'
import { NotSimulatedError } from '../../allocator/not-simulated.ts'
import { bytesOf } from '../../scenario/bytes.ts'
import { sourceOf } from '../../scenario/source-of.ts'
import { MACHINE_PRESETS, type Machine } from '../../../shared/machine.ts'
import { choiceOf, modelOf, type ModelChoice } from '../../../shared/model-choice.ts'
import { FAILED, type RequestSink } from '../../../shared/requests.ts'
import { PROGRAM_ID, TRACE_ID, type RunSpec } from '../../../shared/run.ts'
import { DEFAULT_BUDGETS } from '../../../shared/scenario-budgets.ts'
import { formatTraceReference } from '../../../shared/trace-reference.ts'
import { Replay, type ReplayOptions } from './replay.ts'

export function presetMachine(id: string): Machine {
  const preset = MACHINE_PRESETS.find((candidate) => candidate.id === id)
  if (preset === undefined) throw new Error(`There is no machine ${id}.`)
  return preset.machine
}

/** A run of one of the loop workloads, on a machine with one CPU. */
export function workloadSpec(scenarioId: string, iters: number, modelId: string, machineId = 'x86_64-1cpu'): RunSpec {
  return { scenarioId, parameters: { iters }, seed: 2424, machineId, machine: presetMachine(machineId), modelId }
}

/** A run of a C text. */
export function programSpec(source: string, choice: ModelChoice, machineId = 'x86_64-1cpu'): RunSpec {
  const machine = presetMachine(machineId)
  return {
    ...{ scenarioId: PROGRAM_ID, program: { title: 'program', source }, parameters: {}, seed: 7, machineId, machine },
    ...choice,
  }
}

/** A run of a trace; `open` reads what `text` is. */
export function traceSpec(
  text: string,
  machine: Machine,
  choice: ModelChoice,
): { readonly spec: RunSpec; readonly openTrace: NonNullable<ReplayOptions['openTrace']> } {
  const source = formatTraceReference({ path: '/trace', bytes: text.length, sha256: '0'.repeat(64) })
  const program = { title: 'trace', source }
  const spec = { scenarioId: TRACE_ID, program, parameters: {}, seed: 0, machineId: 'custom', machine, ...choice }
  return { spec, openTrace: () => bytesOf(text) }
}

/** Under which models a property is looked at: releases, and each search. */
export const CHOICES: readonly ModelChoice[] = [
  ...KERNEL_MODELS.map(({ id }) => ({ modelId: id })),
  ...(['best-fit', 'worst-fit', 'next-fit'] as const).flatMap((search) => [
    choiceOf({ name: `${search} old`, base: 'v4.0', choices: { search } }),
    choiceOf({ name: `${search} tail`, base: 'v4.0', choices: { search, newBlockAt: 'tail' } }),
    choiceOf({ name: `${search} new`, base: 'v6.19', choices: { search, lazyFactor: 0.05 } }),
  ]),
]

export const QUIET = { cancelled: () => false, onProgress: () => undefined, clock: () => performance.now() }

export function open(spec: RunSpec, options: Partial<ReplayOptions> = {}): Replay {
  const replay = Replay.open(spec, { ...QUIET, ...options })
  if (replay === undefined) throw new Error('nobody cancelled this')
  return replay
}

class Stopped extends Error {}

/** A run that is stopped after some operations. A change of CPU is made together with the operation behind it. */
export class StoppedRun implements RequestSink {
  readonly allocator: Allocator
  operations = 0
  /** What the last operation was answered. */
  startPage = FAILED
  readonly live = new Map<number, number>()
  readonly #end: number
  #cpu: number | undefined

  constructor(spec: RunSpec, end: number, openTrace?: ReplayOptions['openTrace']) {
    this.allocator = new Allocator(spec.machine, modelOf(spec, KERNEL_MODELS))
    this.#end = end
    if (end > 0) this.issue(spec, openTrace)
  }

  /** Makes the requests of the run; with 0 as the end, all of them. */
  issue(spec: RunSpec, openTrace?: ReplayOptions['openTrace']): void {
    const host = { budgets: DEFAULT_BUDGETS, clock: () => 0, checkpoint: () => undefined }
    try {
      sourceOf(spec, { ...host, ...(openTrace && { openTrace }) }).issue(this)
    } catch (error) {
      if (!(error instanceof Stopped) && !(error instanceof NotSimulatedError)) throw error
    }
  }

  setCpu(cpu: number): void {
    this.#cpu = cpu
  }

  mapRam(pages: number): number {
    return this.#mapped(() => this.allocator.mapRam(pages), pages)
  }

  vmap(pages: number): number {
    return this.#mapped(() => this.allocator.vmap(pages), pages)
  }

  unmapRam(startPage: number, pages: number): void {
    this.#unmapped(startPage, () => this.allocator.unmapRam(startPage, pages))
  }

  vunmap(startPage: number): void {
    this.#unmapped(startPage, () => this.allocator.vunmap(startPage))
  }

  unmapAliases(): void {
    this.#unmapped(FAILED, () => this.allocator.unmapAliases())
  }

  #mapped(map: () => number, pages: number): number {
    const startPage = this.#called(map)
    this.startPage = startPage
    if (startPage !== FAILED) this.live.set(startPage, pages)
    this.#stop()
    return startPage
  }

  #unmapped(startPage: number, unmap: () => void): void {
    this.#called(unmap)
    this.startPage = startPage
    this.live.delete(startPage)
    this.#stop()
  }

  #called<Answer>(call: () => Answer): Answer {
    if (this.#cpu !== undefined) this.allocator.setCpu(this.#cpu)
    this.#cpu = undefined
    return call()
  }

  #stop(): void {
    this.operations += 1
    if (this.operations === this.#end) throw new Stopped()
  }
}
