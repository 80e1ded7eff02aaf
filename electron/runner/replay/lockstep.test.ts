import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatTrace } from '../../../scripts/agreement/requests.ts'
import { randomCase } from '../../../scripts/fuzzing/case.ts'
import { KERNEL_MODELS } from '../../allocator/models.ts'
import { loadGrammar } from '../../scenario/c/syntax/parse.ts'
import { modelOf, type ModelChoice } from '../../../shared/model-choice.ts'
import type { Lockstep } from '../../../shared/replay.ts'
import { divergenceDiagram, divergenceText } from '../../../shared/replay-text.ts'
import type { RunSpec } from '../../../shared/run.ts'
import { followInLockstep } from './lockstep.ts'
import { CHOICES, open, programSpec, QUIET, StoppedRun, traceSpec, workloadSpec } from './replay.fixture.ts'
import type { Replay, ReplayOptions } from './replay.ts'

await loadGrammar()

function follow(replays: readonly Replay[]): Lockstep {
  const lockstep = followInLockstep(replays, QUIET)
  if (lockstep === undefined) throw new Error('nobody cancelled this')
  return lockstep
}

function followModels(scenario: string, iters: number, models: readonly string[], machine = 'x86_64-1cpu'): Lockstep {
  return follow(models.map((model) => open(workloadSpec(scenario, iters, model, machine))))
}

/** What a map was given, as text: the ordinal of its block and the slot, found in a way of its own. */
class Given extends StoppedRun {
  readonly answers: string[] = []
  readonly #ordinals = new Map<number, number>()
  #allocated = 0

  constructor(spec: RunSpec, openTrace: ReplayOptions['openTrace']) {
    super(spec, 0)
    const ignored = (): void => undefined
    this.allocator.listener = {
      blockAllocated: (index) => this.#ordinals.set(index, (this.#allocated += 1)),
      ...{ blockFilled: ignored, blockFreed: ignored, areaPending: ignored, purged: ignored },
    }
    this.issue(spec, openTrace)
  }

  override mapRam(pages: number): number {
    const startPage = super.mapRam(pages)
    const { bbmapBits, wordBits, vmallocStartPage } = this.allocator.machine
    const page = startPage + (vmallocStartPage % bbmapBits)
    const block = `${this.#ordinals.get(Math.floor(page / bbmapBits))} at ${page % bbmapBits}`
    this.answers.push(startPage < 0 ? 'failed' : pages > wordBits ? 'area' : block)
    return startPage
  }
}

describe('the first divergence', () => {
  it('of the 2015 patch is the 128th map of its first workload', () => {
    const lockstep = followModels('exhaust', 1000, ['v4.0', 'v4.1'])
    expect(lockstep.operations).toBe(252_000)
    expect(lockstep.first).toMatchObject({
      operation: 255,
      map: 128,
      sides: [
        { choice: { kind: 'slots', ordinal: 2, slot: 16, isNew: false }, position: 1, before: { length: 2 } },
        { choice: { kind: 'slots', ordinal: 1, slot: 1016, isNew: false }, position: 1, before: { length: 2 } },
      ],
    })
    expect(divergenceText(lockstep).slice(0, 5)).toEqual([
      'First divergence: map 128, operation 255, vm_map_ram of 8 pages on CPU 0.',
      'At map 127 v4.0 allocates block #1 and puts it at the HEAD; v4.1 allocates block #1 and puts it at the TAIL. Up to map 127 all choose the same.',
      'At map 128 v4.0 takes slot 16 of the newest block, #1, at HEAD; v4.1 fills the hole of 8 slots in an older block, #0, at HEAD.',
      'v4.0: #1 has 1,008 free, 8 needed, and is looked at first.',
      'v4.1: #0 has 8 free, 8 needed, and is looked at first.',
    ])
    expect(lockstep.first?.sides.map((side) => divergenceDiagram(side, lockstep.slotsPerBlock))).toEqual([
      ['HEAD |x---------|xxxxxxxxx-| TAIL', '      ^^^^^^^^^^'],
      ['HEAD |xxxxxxxxx-|x---------| TAIL', '      ^^^^^^^^^^'],
    ])
  })

  it('is followed by those where only one model allocates, fails or purges', () => {
    const { later, laterTotal, differentChoices } = followModels('exhaust', 10, ['v4.0', 'v4.1'])
    expect(later.slice(0, 4)).toEqual([
      { operation: 505, kind: 'new-block', sides: [0] },
      { operation: 507, kind: 'new-block', sides: [1] },
      { operation: 757, kind: 'new-block', sides: [0] },
      { operation: 761, kind: 'new-block', sides: [1] },
    ])
    expect(laterTotal).toBe(later.length)
    expect(differentChoices).toBeGreaterThan(1000)
  })

  it('is where the answers of two separate runs first differ, for any models and requests', () => {
    let diverged = 0
    const choice = fc.constantFrom(...CHOICES)
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        choice,
        choice,
        (seed, left: ModelChoice, right: ModelChoice) => {
          const { machine, requests } = randomCase(seed)
          const both = [left, right].map((one) => traceSpec(formatTrace(requests), machine, one))
          const lockstep = follow(both.map(({ spec, openTrace }) => open(spec, { openTrace })))
          const maps = both.map(({ spec, openTrace }) => new Given(spec, openTrace).answers)
          const [leader = [], other = []] = maps
          const first = leader.findIndex((answer, place) => answer !== other[place] && other[place] !== undefined)
          if (lockstep.first === undefined) {
            // Nothing is compared behind the operation at which the requests part
            expect(first === -1 || lockstep.requestsPart !== undefined || lockstep.problems.some(Boolean)).toBe(true)
          } else {
            diverged += 1
            expect(lockstep.first.map).toBe(first + 1)
            expect(divergenceText(lockstep)[0]).toContain('First divergence: map ')
          }
        },
      ),
      { numRuns: 150 },
    )
    expect(diverged).toBeGreaterThan(30)
  })

  it('is found among several models, and those that agree are named together', () => {
    const lockstep = followModels('random', 3000, ['v3.2', 'v4.0', 'v5.2'], 'i386')
    expect(divergenceText(lockstep)[1]).toBe(
      'At map 2 v3.2 takes slot 32 of the newest block, #0, the only one listed; each of v4.0, v5.2 takes slot 16 of the newest block, #0, the only one listed.',
    )
  })

  it('is told with the purge after which lists part', () => {
    const models = ['v6.1', 'v6.5'].map((modelId) =>
      open({ ...workloadSpec('flush-aliases', 10, modelId), parameters: { iters: 10, maps: 4, size: 4 } }),
    )
    expect(divergenceText(follow(models)).slice(1, 3)).toEqual([
      'At operation 9 v6.1 purges block #0, drains for vm_unmap_aliases; v6.5 drains for vm_unmap_aliases. Up to map 4 all choose the same.',
      'At map 5 v6.1 allocates block #0 and puts it at the TAIL; v6.5 takes slot 16 of the newest block, #0, the only one listed.',
    ])
  })

  it('names the blocks that were passed over', () => {
    const choices = ['first-fit', 'worst-fit'] as const
    const replays = choices.map((search) =>
      open({
        ...workloadSpec('random', 2000, 'v4.1'),
        ...(search === 'first-fit'
          ? {}
          : { modelId: 'mine', custom: { name: 'mine', base: 'v4.1', choices: { search } } }),
      }),
    )
    const text = divergenceText(follow(replays)).join('\n')
    expect(text).toContain('mine: passes over 1 block: #0 (14 free; #1 has more); #1 has 496 free, 1 needed.')
  })
})

describe('models that choose the same', () => {
  it('may use other addresses and walk more blocks, which is told apart', () => {
    const { first, addressesPart, walksPart, ...lockstep } = followModels('exhaust', 20, ['v2.6.28', 'v3.2'])
    expect([first, addressesPart, walksPart]).toEqual([undefined, 253, undefined])
    expect(divergenceText({ ...lockstep, first, addressesPart, walksPart })).toEqual([
      'v2.6.28, v3.2 choose the same for every map of 5,040 operations.',
      'Addresses differ from operation 253 on, for blocks stand elsewhere in the address space.',
    ])
    expect(followModels('exhaust', 20, ['v4.0+1', 'v4.0+1+2'])).toMatchObject({ first: undefined, walksPart: 1 })
  })
})

describe('request streams', () => {
  const texts = {
    failure: `void scenario(void)
{
	int i;
	void *p;

	for (i = 0; i < 3000; i++) {
		void *q = vm_map_ram(pages, 32, -1, PAGE_KERNEL);

		if (!q)
			break;
		vm_unmap_ram(q, 32);
		p = vm_map_ram(pages, 1 + i % 3, -1, PAGE_KERNEL);
		if (!p)
			break;
		if (i % 5)
			vm_unmap_ram(p, 1 + i % 3);
	}
}
`,
    address: `void scenario(void)
{
	unsigned long first = (unsigned long)vmap(pages, 1023, 0, PAGE_KERNEL);
	void *p = vm_map_ram(pages, 1, -1, PAGE_KERNEL);

	if ((unsigned long)p - first > 1024 * PAGE_SIZE)
		vm_unmap_aliases();
	vm_unmap_ram(p, 1);
}
`,
  }

  it('part where a scenario reacts to a failure, which is said', () => {
    const models = ['v2.6.28', 'v4.0', 'v4.1'].map((modelId) =>
      open(programSpec(texts.failure, { modelId }, 'i386-32')),
    )
    const { requestsPart, operations, ...rest } = follow(models)
    expect(requestsPart?.operation).toBe(operations + 1)
    expect(requestsPart?.requests).toContain('nothing, its run has ended')
    const text = divergenceText({ ...rest, requestsPart, operations }).join('\n')
    expect(text).toMatch(
      /The request streams part at operation [\d,]+, for the scenario reacts to what it was given: v2.6.28 is asked for nothing/,
    )
  })

  it('part where a scenario reacts to an address', () => {
    const models = ['v2.6.28', 'v6.1'].map((modelId) => open(programSpec(texts.address, { modelId })))
    const { requestsPart, first } = follow(models)
    expect(requestsPart).toEqual({
      operation: 3,
      requests: ['vm_unmap_aliases on CPU 0', 'vm_unmap_ram of what operation 2 mapped, on CPU 0'],
    })
    expect(first).toBeUndefined()
  })

  it('that are the same are kept once', () => {
    const [left, right] = ['v4.0', 'v4.1'].map((model) => open(workloadSpec('random', 200_000, model)))
    right!.log.shareWith(left!.log)
    expect(right!.seek(300_001).state.operation).toBe(300_001)
  })
})

describe('what cannot be followed', () => {
  it('is refused with the reason', () => {
    const one = open(workloadSpec('random', 10, 'v4.0'))
    expect(() => follow([one])).toThrow('A divergence needs at least two models.')
    expect(() => follow([one, open(workloadSpec('random', 11, 'v4.1'))])).toThrow('not of one scenario, with one seed')
  })

  it('can be cancelled', () => {
    const replays = ['v4.0', 'v4.1'].map((model) => open(workloadSpec('random', 50_000, model)))
    const told: number[] = []
    const options = { cancelled: () => told.length === 2, onProgress: (done: number) => told.push(done) }
    expect(followInLockstep(replays, options)).toBeUndefined()
    expect(told).toEqual([16_384, 32_768])
  })
})

it('every release diverges from itself never', () => {
  for (const { id } of KERNEL_MODELS) {
    const spec = workloadSpec('random', 500, id, 'i386')
    expect(modelOf(spec, KERNEL_MODELS).id).toBe(id)
    const { first, blocksPart, addressesPart, walksPart } = follow([open(spec), open(spec)])
    expect([first, blocksPart, addressesPart, walksPart]).toEqual([undefined, undefined, undefined, undefined])
  }
})
