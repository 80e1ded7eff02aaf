import { describe, expect, it } from 'vitest'
import { REFERENCE_RELEASES, ReferenceAllocator } from './index.ts'
import type { ReferenceCounts, ReferenceMachine, ReferenceModel } from './index.ts'

const machine: ReferenceMachine = { wordBits: 64, nrCpus: 2, vmallocStartPage: 1024, vmallocPages: 300, bbmapBits: 128 }

/** A map or an ordinary area, an unmap of what is live at a page, or vm_unmap_aliases: alike for whoever has the same state. */
type Step = { cpu: number; map: number } | { area: number } | { unmap: number } | 'aliases'

interface Played {
  readonly allocator: ReferenceAllocator
  /** How to unmap what is live, by first page. */
  readonly live: Map<number, () => void>
}

function take(step: Step, { allocator, live }: Played): number | undefined {
  if (step === 'aliases') {
    allocator.unmapAliases()
    return undefined
  }
  if ('unmap' in step) {
    live.get(step.unmap)?.()
    live.delete(step.unmap)
    return undefined
  }
  if ('area' in step) {
    const page = allocator.vmap(step.area)
    if (page >= 0)
      live.set(page, () => {
        allocator.vunmap(page)
      })
    return page
  }
  allocator.setCpu(step.cpu)
  const page = allocator.mapRam(step.map)
  if (page >= 0)
    live.set(page, () => {
      allocator.unmapRam(page, step.map)
    })
  return page
}

function play(steps: readonly Step[], model: ReferenceModel): Played {
  const played = { allocator: new ReferenceAllocator(machine, model), live: new Map<number, () => void>() }
  for (const step of steps) take(step, played)
  return played
}

/** All that a step answers and brings about. */
function outcome(steps: readonly Step[], step: Step, model: ReferenceModel): string {
  const played = play(steps, model)
  const { allocator } = played
  const before: ReferenceCounts = { ...allocator.counts }
  const page = take(step, played)
  const counted = Object.entries(allocator.counts).map(([name, count]) => count - before[name as keyof typeof before])
  return [page, ...counted, allocator.state()].join(' ')
}

const models: readonly (readonly [string, ReferenceModel])[] = [
  ...Object.entries(REFERENCE_RELEASES),
  ['next-fit', { ...REFERENCE_RELEASES.p3, search: 'next-fit' }],
  ['best-fit, a low lazy limit', { ...REFERENCE_RELEASES['v6.12'], search: 'best-fit', lazyFactor: 0.005 }],
]

/** What is asked besides unmaps and vm_unmap_aliases, and in sequences of how many steps. */
const ASKED: readonly (readonly [string, readonly Step[], number])[] = [
  ['blocks of two CPUs', [0, 1].flatMap((cpu) => [1, 64, 65].map((map) => ({ cpu, map }))), 4],
  ['areas', [{ cpu: 0, map: 100 }, { cpu: 0, map: 70 }, { cpu: 0, map: 64 }, { area: 28 }], 5],
]

describe.each(ASKED)('the state of %s', (_, asked, depth) => {
  it.each(models)('decides what every further request does: %s', (_name, model) => {
    const outcomes = new Map<string, string>()
    let sequences: readonly (readonly Step[])[] = [[]]
    let told = 0
    for (let length = 0; length < depth; length += 1) {
      sequences = sequences.flatMap((steps) => {
        const { allocator, live } = play(steps, model)
        const unmaps = [...live.keys()].map((unmap) => ({ unmap }))
        return [...asked, ...unmaps, 'aliases' as const].map((step) => {
          const question = `${JSON.stringify(step)} in ${allocator.state()}`
          const answer = outcome(steps, step, model)
          if ((outcomes.get(question) ?? answer) !== answer) expect(answer).toBe(outcomes.get(question))
          outcomes.set(question, answer)
          told += 1
          return [...steps, step]
        })
      })
    }
    // Many sequences lead to a state that another one has led to, or nothing would have been compared
    expect(outcomes.size).toBeLessThan(told / 2)
  })
})
