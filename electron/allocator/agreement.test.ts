import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { KernelModel } from '../../shared/kernel-model.ts'
import { customModelProblem, kernelModelOf, type PolicyChoices } from '../../shared/policy.ts'
import { vmapBbmapBits, type Machine } from '../../shared/machine.ts'
import type { RequestSink } from '../../shared/requests.ts'
import { Allocator } from './allocator.ts'
import { KERNEL_MODELS } from './models.ts'
import { CheckedAllocator } from '../../scripts/agreement/checked-allocator.ts'
import { referenceOf } from '../../scripts/agreement/reference-of.ts'
import { ReferenceAllocator } from './reference/index.ts'

/** Machines small enough that their space runs out, blocks fill and drains come due within a few hundred requests. */
const machines: fc.Arbitrary<Machine> = fc
  .record({
    wordBits: fc.constantFrom(32 as const, 64 as const),
    nrCpus: fc.integer({ min: 1, max: 9 }),
    blockShift: fc.integer({ min: 0, max: 4 }),
    startOffset: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 1023 })),
    blocks: fc.integer({ min: 1, max: 12 }),
    pagesBeyond: fc.integer({ min: 0, max: 200 }),
    roomy: fc.boolean(),
  })
  .map(({ wordBits, nrCpus, blockShift, startOffset, blocks, pagesBeyond, roomy }) => {
    const bbmapBits = Math.min(1024, 2 * wordBits * 2 ** blockShift)
    const base = wordBits === 64 ? 4_503_584_863_420_416 : 0xf0800
    return {
      wordBits,
      nrCpus,
      vmallocStartPage: base + startOffset,
      vmallocPages: roomy ? 30_000 : blocks * bbmapBits + pagesBeyond,
      bbmapBits,
    }
  })

/** A request; `pick` chooses among what is live. */
const requests = fc.array(
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({ kind: fc.constant('map' as const), size: fc.double({ min: 0, max: 1, noNaN: true }) }),
    },
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('unmap' as const), pick: fc.nat() }) },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant('big' as const), pages: fc.integer({ min: 65, max: 2000 }) }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant('vmap' as const), pages: fc.integer({ min: 0, max: 300 }) }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('vunmap' as const), pick: fc.nat() }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('cpu' as const), pick: fc.nat() }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('aliases' as const) }) },
    // A burst of equal maps fills blocks, which single maps rarely do
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('burst' as const),
        count: fc.integer({ min: 2, max: 60 }),
        size: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('drop' as const), count: fc.integer({ min: 2, max: 80 }) }) },
  ),
  { minLength: 1, maxLength: 150, size: 'max' },
)

type Request = typeof requests extends fc.Arbitrary<(infer Element)[]> ? Element : never

type Target = RequestSink & Pick<Allocator, 'visitedNodes'>

/** Plays the requests and answers everything a caller can see of each call. */
function play(target: Target, machine: Machine, stream: readonly Request[], smallest: number): number[] {
  const maps: { start: number; pages: number }[] = []
  const areas: number[] = []
  const seen: number[] = []
  const map = (pages: number): void => {
    const start = target.mapRam(pages)
    seen.push(start, target.visitedNodes)
    if (start >= 0) maps.push({ start, pages })
  }
  const unmap = (position: number): void => {
    for (const { start, pages } of maps.splice(position, 1)) target.unmapRam(start, pages)
  }
  const sizeOf = (share: number): number => Math.max(smallest, Math.floor(share * (machine.wordBits + 1)))
  for (const request of stream) {
    switch (request.kind) {
      case 'map':
        map(sizeOf(request.size))
        break
      case 'big':
        map(request.pages)
        break
      case 'burst':
        for (let done = 0; done < request.count; done += 1) map(sizeOf(request.size))
        break
      case 'unmap':
        if (maps.length > 0) unmap(request.pick % maps.length)
        break
      case 'drop':
        for (let done = 0; done < request.count && maps.length > 0; done += 1) unmap(0)
        break
      case 'vmap': {
        const start = target.vmap(request.pages)
        seen.push(start)
        if (start >= 0) areas.push(start)
        break
      }
      case 'vunmap':
        for (const start of areas.splice(request.pick % (areas.length + 1), 1)) target.vunmap(start)
        break
      case 'cpu':
        target.setCpu(request.pick % machine.nrCpus)
        break
      case 'aliases':
        target.unmapAliases()
    }
  }
  return seen
}

/** Plays a stream on both allocators, on the one under test with every call checked, and compares all they show. */
function expectAgreement(machine: Machine, model: KernelModel, stream: readonly Request[]): void {
  const fast = new Allocator(machine, model)
  const plain = new ReferenceAllocator(machine, referenceOf(model))
  // The oldest kernels do not check for maps of 0 pages; those are not simulated
  const smallest = model.zeroPages === 'unchecked' ? 1 : 0
  const fastSeen = play(new CheckedAllocator(fast), machine, stream, smallest)
  expect(fastSeen).toEqual(play(plain, machine, stream, smallest))
  expect(fast.counts).toEqual(plain.counts)
  const cpus = Array.from({ length: machine.nrCpus }, (_, cpu) => cpu)
  expect(cpus.map((cpu) => [...fast.freeList(cpu)])).toEqual(plain.freeLists())
}

describe.each(KERNEL_MODELS)('$id', (model) => {
  it('agrees with the plain reference in every address, walk, count and list, and keeps every invariant', () => {
    fc.assert(
      fc.property(machines, requests, (machine, stream) => {
        expectAgreement(machine, model, stream)
      }),
      { numRuns: 300 },
    )
  })
})

describe('a custom model', () => {
  const choices: fc.Arbitrary<PolicyChoices> = fc.record(
    {
      newBlockAt: fc.constantFrom('head', 'tail'),
      afterNewBlock: fc.constantFrom('search-again', 'occupy'),
      search: fc.constantFrom('first-fit', 'best-fit', 'worst-fit', 'next-fit'),
      purgeThreshold: fc.oneof(fc.constantFrom(0, 0.25, 1), fc.double({ min: 0, max: 1, noNaN: true })),
      lazyFactor: fc.constantFrom(0.01, 0.1, 1, 2.5),
      nodePools: fc.constantFrom('on', 'off'),
    },
    { requiredKeys: [] },
  )
  const models: fc.Arbitrary<KernelModel> = fc
    .record({ name: fc.constant('mine'), base: fc.constantFrom(...KERNEL_MODELS.map(({ id }) => id)), choices })
    .filter((custom) => customModelProblem(custom, KERNEL_MODELS) === undefined)
    .map((custom) => kernelModelOf(custom, KERNEL_MODELS))

  it('agrees with the plain reference that makes the same choices', () => {
    fc.assert(
      fc.property(machines, requests, models, (machine, stream, model) => {
        expectAgreement(machine, model, stream)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('a machine', () => {
  it('derives VMAP_BBMAP_BITS as the kernel does', () => {
    const derived = (wordBits: 32 | 64, all: readonly number[]): number[] =>
      all.map((cpus) => vmapBbmapBits(wordBits, cpus))
    expect(derived(32, [1, 2, 3, 4, 8, 16, 32, 64])).toEqual([1024, 1024, 512, 512, 256, 128, 64, 64])
    expect(derived(64, [1, 64, 2048, 2049, 4096, 8192, 16_384, 65_536])).toEqual([
      1024, 1024, 1024, 512, 512, 256, 128, 128,
    ])
  })
})
