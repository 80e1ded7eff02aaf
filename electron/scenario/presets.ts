import { vmapMaxAlloc, type Machine } from '../../shared/machine.ts'
import type { RequestStream } from '../../shared/requests.ts'
import type { ParameterValues, ScenarioInfo } from '../../shared/scenario.ts'
import { RandomPairs } from './random-pairs.ts'
import { RepeatedPairs, type PairGroup } from './repeated-pairs.ts'

/** A ready scenario: what a person sees, and the request stream it stands for. */
export interface ScenarioPreset {
  readonly info: ScenarioInfo
  /** The stream on a machine; the parameters have passed `parameterProblem`. */
  stream(machine: Machine, parameters: ParameterValues, seed: number): RequestStream
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
    return new RepeatedPairs(value(parameters, 'iters'), [
      { pages: 16, count: 1 },
      { pages: 8, count: (machine.bbmapBits - 16) / 8 - 1 },
    ])
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
    return new RandomPairs(value(parameters, 'iters'), vmapMaxAlloc(machine.wordBits), seed)
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
    const sizes = Array.from({ length: Math.log2(vmapMaxAlloc(machine.wordBits)) + 1 }, (_, order) => 2 ** order)
    const filling: PairGroup[] = sizes.map((pages) => ({ pages, count: machine.bbmapBits / pages - 1 }))
    const closing: PairGroup[] = sizes.map((pages) => ({ pages, count: 1 }))
    return new RepeatedPairs(value(parameters, 'iters'), [...filling, ...closing])
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
