import { mersenne } from 'pure-rand/generator/mersenne'
import { vmapMaxAlloc } from '../../../shared/machine.ts'
import type { ParameterValues } from '../../../shared/scenario.ts'
import { pair } from '../pairs.ts'
import { inC, type ScenarioPreset } from './preset.ts'

/** The workloads that the patch reports, also as loops: they are what is measured, and run by the thousand million. */
type LoopPreset = Required<ScenarioPreset>

function value(parameters: ParameterValues, name: string): number {
  const found = parameters[name]
  if (found === undefined) throw new RangeError(`The scenario's parameter ${name} is not set.`)
  return found
}

const exhaust: LoopPreset = {
  ...inC({
    id: 'exhaust',
    title: 'Exhaust',
    description:
      'One map of 16 pages, then maps of 8 that fill the block up to a hole of 8, too small for the next 16. With new blocks at the HEAD of the free list the holes are never filled, so no block is ever given back: all 1,000 stay on x86_64 under v4.0. With new blocks at the TAIL the next maps of 8 fill them: under v4.1 992 of 993 are given back.',
    source: `static int iters = 1000; /* 1..10000000: outer iterations */

static void pair(int n)
{
	void *p = vm_map_ram(pages, n, -1, PAGE_KERNEL);

	vm_unmap_ram(p, n);
}

void scenario(void)
{
	int i, j;

	for (i = 0; i < iters; i++) {
		pair(16);
		for (j = 1; j < (VMAP_BBMAP_BITS - 16) / 8; j++)
			pair(8);
	}
}
`,
  }),
  stream(machine, parameters) {
    const iters = value(parameters, 'iters')
    const pairsOf8 = (machine.bbmapBits - 16) / 8 - 1
    return {
      operationsTotal: 2 * iters * (1 + pairsOf8),
      issue(sink) {
        for (let iteration = 0; iteration < iters; iteration += 1) {
          pair(sink, 16)
          for (let done = 0; done < pairsOf8; done += 1) pair(sink, 8)
        }
      },
    }
  },
}

const random: LoopPreset = {
  ...inC({
    id: 'random',
    title: 'Random',
    description:
      'Maps of random sizes from 1 page to VMAP_MAX_ALLOC, each unmapped at once. The Mersenne twister gives every kernel model the same sizes. Blocks are left behind with holes of every size: of 420 blocks 37 are given back on x86_64 under v4.0, of 414 blocks 412 under v4.1.',
    source: `static int iters = 10000; /* 1..100000000: maps */

void scenario(void)
{
	int i;

	for (i = 0; i < iters; i++) {
		int n = rand(1, VMAP_MAX_ALLOC);
		void *p = vm_map_ram(pages, n, -1, PAGE_KERNEL);

		vm_unmap_ram(p, n);
	}
}
`,
  }),
  stream(machine, parameters, seed) {
    const iters = value(parameters, 'iters')
    const pagesMax = vmapMaxAlloc(machine.wordBits)
    // MT19937 after init_genrand(seed)
    const seeded = mersenne(seed)
    return {
      operationsTotal: 2 * iters,
      issue(sink) {
        const random = seeded.clone()
        // VMAP_MAX_ALLOC is a power of two, so its remainder is in the lowest bits
        for (let done = 0; done < iters; done += 1) pair(sink, 1 + (random.next() & (pagesMax - 1)))
      },
    }
  },
}

const orders: LoopPreset = {
  ...inC({
    id: 'orders',
    title: 'Sequential orders',
    description:
      'For each order from 1 page to VMAP_MAX_ALLOC, maps of that order until a hole of one order is left; then one map of each order, which fill the holes. Both ends of the list do well here: on x86_64 6,993 of 7,001 blocks are given back under v4.0, and all 7,000 under v4.1. There maps look at 3,924,000 blocks on their way from HEAD to TAIL, under v4.0 at 2,060,000.',
    source: `static int iters = 1000; /* 1..1000000: outer iterations */

static void pair(int n)
{
	void *p = vm_map_ram(pages, n, -1, PAGE_KERNEL);

	vm_unmap_ram(p, n);
}

void scenario(void)
{
	int i, j, order;

	for (i = 0; i < iters; i++) {
		for (order = 0; order <= ilog2(VMAP_MAX_ALLOC); order++)
			for (j = 0; j < VMAP_BBMAP_BITS / (1 << order) - 1; j++)
				pair(1 << order);
		for (order = 0; order <= ilog2(VMAP_MAX_ALLOC); order++)
			pair(1 << order);
	}
}
`,
  }),
  stream(machine, parameters) {
    const iters = value(parameters, 'iters')
    const { bbmapBits } = machine
    const pagesMax = vmapMaxAlloc(machine.wordBits)
    // Of each size as many pairs as a block has room for: all but one fill, one closes
    const pairsPerIteration = (bbmapBits * (2 * pagesMax - 1)) / pagesMax
    return {
      operationsTotal: 2 * iters * pairsPerIteration,
      issue(sink) {
        for (let iteration = 0; iteration < iters; iteration += 1) {
          for (let pages = 1; pages <= pagesMax; pages *= 2) {
            for (let done = 1; done < bbmapBits / pages; done += 1) pair(sink, pages)
          }
          for (let pages = 1; pages <= pagesMax; pages *= 2) pair(sink, pages)
        }
      },
    }
  },
}

export const PATCH_2015_WORKLOADS = { exhaust, random, orders } as const
