import { mersenne } from 'pure-rand/generator/mersenne'
import { vmapMaxAlloc, type Machine } from '../../shared/machine.ts'
import type { RequestSource } from '../../shared/requests.ts'
import type { ParameterValues, ScenarioInfo } from '../../shared/scenario.ts'
import { pair } from './pairs.ts'

/** A ready scenario: what a person sees, and the request stream it stands for. */
export interface ScenarioPreset {
  readonly info: ScenarioInfo
  /** The stream on a machine; the parameters have passed `parameterProblem`. */
  stream(machine: Machine, parameters: ParameterValues, seed: number): RequestSource
}

function iterations(help: string, defaultValue: number, max: number): ScenarioInfo['parameters'] {
  return [{ name: 'iters', help, min: 1, max, default: defaultValue }]
}

function value(parameters: ParameterValues, name: string): number {
  const found = parameters[name]
  if (found === undefined) throw new RangeError(`The scenario's parameter ${name} is not set.`)
  return found
}

const exhaust: ScenarioPreset = {
  info: {
    id: 'exhaust',
    title: 'Exhaust',
    description:
      'One map of 16 pages, then maps of 8 that fill the block up to a hole of 8, too small for the next 16. With new blocks at the HEAD the holes are never filled, so no block is ever given back.',
    parameters: iterations('outer iterations', 1000, 10_000_000),
    usesSeed: false,
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
  },
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

const random: ScenarioPreset = {
  info: {
    id: 'random',
    title: 'Random',
    description:
      'Maps of random sizes from 1 page to VMAP_MAX_ALLOC, each unmapped at once. The Mersenne twister gives every kernel model the same sizes. Blocks are left behind with holes of every size.',
    parameters: iterations('maps', 10_000, 100_000_000),
    usesSeed: true,
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
  },
  stream(machine, parameters, seed) {
    const iters = value(parameters, 'iters')
    const pagesMax = vmapMaxAlloc(machine.wordBits)
    return {
      operationsTotal: 2 * iters,
      issue(sink) {
        // MT19937 after init_genrand(seed). VMAP_MAX_ALLOC is a power of two, so its remainder is in the lowest bits
        const random = mersenne(seed)
        for (let done = 0; done < iters; done += 1) pair(sink, 1 + (random.next() & (pagesMax - 1)))
      },
    }
  },
}

const orders: ScenarioPreset = {
  info: {
    id: 'orders',
    title: 'Sequential orders',
    description:
      'For each order from 1 page to VMAP_MAX_ALLOC, maps of that order until a hole of one order is left; then one map of each order, which fill the holes. Both ends of the list do well here; the TAIL walks more blocks.',
    parameters: iterations('outer iterations', 1000, 1_000_000),
    usesSeed: false,
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
  },
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

export const SCENARIO_PRESETS: readonly ScenarioPreset[] = [exhaust, random, orders]

export function findScenario(id: string): ScenarioPreset | undefined {
  return SCENARIO_PRESETS.find((preset) => preset.info.id === id)
}

/** Why these parameters cannot be used, as one clause naming parameter, value and what is accepted. */
export function parameterProblem(info: ScenarioInfo, parameters: ParameterValues): string | undefined {
  const known = info.parameters.map((parameter) => parameter.name)
  const unknown = Object.keys(parameters).find((name) => !known.includes(name))
  if (unknown !== undefined) return `${info.id} has no parameter ${unknown}; accepted are: ${known.join(', ')}`
  for (const { name, min, max } of info.parameters) {
    const given = parameters[name]
    if (given === undefined) return `${info.id} needs the parameter ${name}`
    if (!Number.isInteger(given) || given < min || given > max) {
      return `${name} is ${given}; accepted are whole numbers from ${min} to ${max}`
    }
  }
  return undefined
}

/** The defaults of a scenario with `given` values in their place. */
export function withDefaults(info: ScenarioInfo, given: ParameterValues): ParameterValues {
  return { ...Object.fromEntries(info.parameters.map((parameter) => [parameter.name, parameter.default])), ...given }
}
