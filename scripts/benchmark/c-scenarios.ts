import { performance } from 'node:perf_hooks'
import { checkScenario } from '../../electron/scenario/c/check-scenario.ts'
import { compileScenario } from '../../electron/scenario/c/compile-scenario.ts'
import { loadGrammar } from '../../electron/scenario/c/syntax/parse.ts'
import { PATCH_2015_WORKLOADS } from '../../electron/scenario/library/patch-2015.ts'
import type { RequestSink, RequestSource } from '../../shared/requests.ts'
import { DEFAULT_SEED } from '../../shared/scenario.ts'
import { bestMs, perSecond } from './timing.ts'
import { listedBlocks, MACHINE, sourceOf, type Workload } from './workload.ts'

/** Pairs a second of a workload as its C text and as loops in TypeScript, on the same sink. */
export interface CompiledRow {
  readonly scenario: Workload['scenario']
  /** The allocator under a model, or a sink that only counts. */
  readonly sink: Workload['model'] | 'counter'
  readonly compiledPairsPerSecond: number
  readonly loopPairsPerSecond: number
}

/** Some hundred thousand pairs each. */
const ITERATIONS = { exhaust: 2000, random: 200_000, orders: 100 } as const

/** Does next to nothing, so that what is left is the cost of the language. */
class Counter implements RequestSink {
  maps = 0
  pages = 0

  setCpu(): void {
    this.maps += 0
  }

  mapRam(pages: number): number {
    this.maps += 1
    this.pages += pages
    return this.maps & 1023
  }

  unmapRam(_startPage: number, pages: number): void {
    this.pages -= pages
  }

  vmap(pages: number): number {
    return this.mapRam(pages)
  }

  vunmap(): void {
    this.pages -= 1
  }

  unmapAliases(): void {
    this.pages += 0
  }
}

export async function compiledScenarios(): Promise<readonly CompiledRow[]> {
  await loadGrammar()
  const scenarios = Object.keys(ITERATIONS) as (keyof typeof ITERATIONS)[]
  return scenarios.flatMap((scenario) => (['v4.0', 'v4.1', 'counter'] as const).map((sink) => measure(scenario, sink)))
}

/** Times the check of a text of so many lines, as the editor asks for it after each key: milliseconds. */
export async function checkMs(lines: number): Promise<number> {
  await loadGrammar()
  const loop = [
    '\tfor (i = 0; i < 8; i++) {',
    '\t\tp = vm_map_ram(pages, i + 1, -1, PAGE_KERNEL);',
    '\t\tvm_unmap_ram(p, i + 1);',
    '\t}',
  ]
  const body = Array.from({ length: Math.ceil((lines - 6) / loop.length) }, () => loop).flat()
  const text = ['void scenario(void)', '{', '\tvoid *p;', '\tint i;', '', ...body.slice(0, lines - 6), '}', ''].join(
    '\n',
  )
  return bestMs(() => () => {
    checkScenario(text, MACHINE)
  })
}

function measure(scenario: Workload['scenario'], sink: CompiledRow['sink']): CompiledRow {
  const iterations = ITERATIONS[scenario]
  const workload: Workload = { scenario, iterations, model: sink === 'counter' ? 'v4.1' : sink, listed: 0 }
  const loops = sourceOf(workload)
  const pairs = (loops.operationsTotal ?? 0) / 2
  const compiled = compileScenario(PATCH_2015_WORKLOADS[scenario].info.source, {
    machine: MACHINE,
    parameters: { iters: iterations },
    seed: DEFAULT_SEED,
    clock: () => performance.now(),
  })
  const speed = (source: RequestSource): number =>
    perSecond(
      pairs,
      bestMs(() => {
        const target = sink === 'counter' ? new Counter() : listedBlocks(workload)
        return () => {
          source.issue(target)
        }
      }),
    )
  return { scenario, sink, compiledPairsPerSecond: speed(compiled), loopPairsPerSecond: speed(loops) }
}
