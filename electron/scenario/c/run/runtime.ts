import { mersenne } from 'pure-rand/generator/mersenne'
import { PAGE_SIZE_BYTES, type Machine } from '../../../../shared/machine.ts'
import { FAILED, type RequestSink } from '../../../../shared/requests.ts'
import { budgetNamed, type ScenarioBudgets } from '../../../../shared/scenario-budgets.ts'
import { ArithmeticRuntime } from './arithmetic.ts'
import { Mappings, NULL_HANDLE } from './mappings.ts'
import type { RunSites } from './sites.ts'
import { Tasks, type TaskFunction } from './tasks.ts'

/** Steps between two looks at the clock and at the host: some hundredths of a millisecond in a plain loop. */
const STEPS_PER_TICK = 10_000

const OPERATIONS_PER_CHECK = 1_000_000

/** What a run needs of the world around it. */
export interface RunHost {
  readonly machine: Machine
  readonly seed: number
  readonly budgets: ScenarioBudgets
  /** Milliseconds from any fixed moment. */
  readonly clock: () => number
  /** Called every some thousand steps; may throw to end the run. */
  readonly checkpoint: () => void
}

/** `m` of the generated code: the calls of the lab, on one run's sink and tables. */
export class Runtime extends ArithmeticRuntime {
  readonly #sink: RequestSink
  readonly #host: RunHost
  readonly #mappings: Mappings
  readonly #tasks: Tasks
  readonly #deadlineMs: number
  #random: ReturnType<typeof mersenne>
  /** Operations that may be made before the budget is looked at: kept small, so that the engine counts with integers. */
  #operationsToCheck = 0
  /** Operations of the budget after those. */
  #operationsLeft: number

  constructor(sites: RunSites, sink: RequestSink, host: RunHost) {
    super(sites)
    this.#sink = sink
    this.#host = host
    this.#mappings = new Mappings(sites, host.budgets.liveMappings)
    this.#tasks = new Tasks(sink, host.seed)
    this.#random = mersenne(host.seed)
    this.#operationsLeft = host.budgets.operations
    this.#deadlineMs = host.clock() + host.budgets.wallMs
  }

  /** Runs tasks until all have ended; `entry` is the first. */
  runTasks(entry: TaskFunction): void {
    this.#tasks.run(entry)
  }

  /** Looks at the host and at the clock, and answers how many steps may be made until the next look. */
  tick(site: number): number {
    this.#host.checkpoint()
    if (this.#host.clock() > this.#deadlineMs) {
      const { wallMs } = this.#host.budgets
      this.sites.fail(site, `The run has taken ${wallMs / 1000} s, which is ${budgetNamed('wallMs')}`, 'budget')
    }
    return STEPS_PER_TICK
  }

  mapRam(pages: number, site: number): number {
    this.#countOperation(site)
    return this.#mappings.add(this.#sink.mapRam(pages), pages, site)
  }

  unmapRam(handle: number, pages: number, site: number): void {
    const startPage = this.#mappings.remove(handle, pages, site)
    this.#countOperation(site)
    this.#sink.unmapRam(startPage, pages)
  }

  /** Both at once, as if through a pointer that nothing else reads. */
  mapAndUnmap(pages: number, mapSite: number, unmapSite: number): void {
    this.#countOperation(mapSite)
    const startPage = this.#sink.mapRam(pages)
    if (startPage === FAILED) this.#mappings.remove(NULL_HANDLE, pages, unmapSite)
    this.#mappings.requireRoom(mapSite)
    this.#countOperation(unmapSite)
    this.#sink.unmapRam(startPage, pages)
  }

  vmap(pages: number, site: number): number {
    this.#countOperation(site)
    return this.#mappings.add(this.#sink.vmap(pages), -1 - pages, site)
  }

  /** The kernel's vunmap takes NULL and does nothing then. */
  vunmap(handle: number, site: number): void {
    if (handle === NULL_HANDLE) return
    const startPage = this.#mappings.remove(handle, this.#mappings.areaSize(handle), site)
    this.#countOperation(site)
    this.#sink.vunmap(startPage)
  }

  unmapAliases(site: number): void {
    this.#countOperation(site)
    this.#sink.unmapAliases()
  }

  /** True when two pointers name the same mapping, or both are NULL. */
  same(left: number, right: number, site: number): boolean {
    this.#requireNamed(left, site)
    this.#requireNamed(right, site)
    return left === right
  }

  /** The address of a mapping on a 32-bit machine. */
  address(handle: number, site: number): number {
    return Number(this.wideAddress(handle, site)) >>> 0
  }

  /** The address of a mapping in bytes; 0 for NULL. */
  wideAddress(handle: number, site: number): bigint {
    if (handle === NULL_HANDLE) return 0n
    this.#requireNamed(handle, site)
    const page = this.#host.machine.vmallocStartPage + this.#mappings.startPage(handle)
    return BigInt(page) * BigInt(PAGE_SIZE_BYTES)
  }

  /** The first page of a mapping that lives. */
  protected startPageOf(handle: number): number | undefined {
    return this.#mappings.isLive(handle) ? this.#mappings.startPage(handle) : undefined
  }

  rand(lo: number, hi: number, site: number): number {
    if (lo > hi) return this.sites.fail(site, `${this.sites.text(site)}: ${lo} is above ${hi}.`)
    // The generator answers signed 32-bit numbers; hi - lo + 1 may be 2^32 and is exact as a double
    return lo + ((this.#random.next() >>> 0) % (hi - lo + 1))
  }

  randSeed(seed: number): void {
    this.#random = mersenne(seed)
  }

  setCpu(cpu: number, site: number): void {
    this.#requireCpu(cpu, site)
    this.#tasks.moveTo(cpu)
  }

  cpu(): number {
    return this.#tasks.cpu
  }

  task(start: TaskFunction, site: number, cpu: number, ...args: readonly unknown[]): void {
    this.#requireCpu(cpu, site)
    if (!this.#tasks.start(start, cpu, args)) {
      this.sites.fail(site, `${this.#tasks.count} tasks run at the same time; accepted are ${this.#tasks.count}.`)
    }
  }

  taskOrder(order: number, site: number): void {
    if (this.#tasks.setOrder(order)) return
    this.sites.fail(site, `${this.sites.text(site)}: the order is ${order}; accepted are ROUND_ROBIN and RANDOM.`)
  }

  #countOperation(site: number): void {
    if (this.#operationsToCheck === 0) this.#takeOperations(site)
    this.#operationsToCheck -= 1
  }

  #takeOperations(site: number): void {
    if (this.#operationsLeft === 0) {
      const { operations } = this.#host.budgets
      this.sites.fail(
        site,
        `The run has made ${operations} operations, which is ${budgetNamed('operations')}`,
        'budget',
      )
    }
    this.#operationsToCheck = Math.min(this.#operationsLeft, OPERATIONS_PER_CHECK)
    this.#operationsLeft -= this.#operationsToCheck
  }

  #requireCpu(cpu: number, site: number): void {
    const { nrCpus } = this.#host.machine
    if (cpu >= 0 && cpu < nrCpus) return
    this.sites.fail(site, `${this.sites.text(site)}: there is no CPU ${cpu}; the machine has CPUs 0 to ${nrCpus - 1}.`)
  }

  /** Ends the run for a pointer to a mapping that is gone: what C would make of its address is chance. */
  #requireNamed(handle: number, site: number): void {
    if (handle === NULL_HANDLE || this.#mappings.isLive(handle)) return
    this.sites.fail(site, `${this.sites.text(site)}: stale pointer; ${this.#mappings.describeStale(handle)}.`)
  }
}
