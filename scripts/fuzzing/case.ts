import { mersenne } from 'pure-rand/generator/mersenne'
import { KERNEL_MODELS } from '../../electron/allocator/models.ts'
import type { KernelModel } from '../../shared/kernel-model.ts'
import { customModelProblem, kernelModelOf, type PolicyChoices } from '../../shared/policy.ts'
import { MACHINE_PRESETS, machineProblem, type Machine } from '../../shared/machine.ts'
import type { Request } from '../agreement/requests.ts'

/** One random trial. */
export interface FuzzCase {
  readonly machine: Machine
  readonly model: KernelModel
  readonly requests: readonly Request[]
}

/** Random choices from one seed. */
class Chance {
  readonly #random: ReturnType<typeof mersenne>

  constructor(seed: number) {
    this.#random = mersenne(seed)
  }

  /** A whole number from `min` to `max`. */
  from(min: number, max: number): number {
    return min + ((this.#random.next() >>> 0) % (max - min + 1))
  }

  of<Item>(items: readonly Item[]): Item {
    return items[this.from(0, items.length - 1)] as Item
  }

  percent(share: number): boolean {
    return this.from(1, 100) <= share
  }
}

export function randomCase(seed: number): FuzzCase {
  const chance = new Chance(seed)
  const machine = randomMachine(chance)
  const model = randomModel(chance)
  return { machine, model, requests: randomRequests(chance, machine, model) }
}

/** A release, or as often a release with choices of a policy. */
function randomModel(chance: Chance): KernelModel {
  const release = chance.of(KERNEL_MODELS)
  if (chance.percent(50)) return release
  const choices: PolicyChoices = {
    ...(chance.percent(30) && { newBlockAt: chance.of(['head', 'tail'] as const) }),
    ...(chance.percent(30) && { afterNewBlock: chance.of(['search-again', 'occupy'] as const) }),
    ...(chance.percent(60) && { search: chance.of(['best-fit', 'worst-fit', 'next-fit'] as const) }),
    ...(chance.percent(30) && { purgeThreshold: chance.from(0, 100) / 100 }),
    ...(chance.percent(30) && { lazyFactor: chance.of([0.01, 0.1, 0.5, 2]) }),
    ...(chance.percent(30) && { nodePools: chance.of(['on', 'off'] as const) }),
  }
  const custom = { name: 'mine', base: release.id, choices }
  return customModelProblem(custom, KERNEL_MODELS) === undefined ? kernelModelOf(custom, KERNEL_MODELS) : release
}

/** Mostly spaces that run out and lazy limits that are passed within some thousand requests. */
function randomMachine(chance: Chance): Machine {
  for (;;) {
    const wordBits = chance.of([32, 64] as const)
    const bbmapBits = Math.min(1024, 2 * wordBits * 2 ** chance.from(0, 4))
    const start = MACHINE_PRESETS.find((preset) => preset.machine.wordBits === wordBits)?.machine.vmallocStartPage ?? 0
    const machine: Machine = {
      wordBits,
      nrCpus: chance.of([1, 1, 2, 3, 4, 8, 13, 200]),
      vmallocStartPage: start + (chance.percent(30) ? chance.from(0, 1023) : 0),
      vmallocPages: chance.percent(25)
        ? chance.from(30_000, 32_768)
        : chance.from(1, 24) * bbmapBits + chance.from(0, 300),
      bbmapBits,
    }
    if (machineProblem(machine) === undefined) return machine
  }
}

/** Each trace has its own mixture. */
function randomRequests(chance: Chance, machine: Machine, model: KernelModel): Request[] {
  const requests: Request[] = []
  const live: { readonly letter: 'u' | 'f'; readonly id: number }[] = []
  const liveMax = chance.of([1, 4, 30, 200, 1000])
  const bigShare = chance.of([0, 0, 2, 15])
  const areaShare = chance.of([0, 0, 2, 15])
  const aliasShare = chance.of([0, 1, 5])
  const moveShare = machine.nrCpus > 1 ? chance.of([0, 2, 20]) : 0
  const smallest = model.zeroPages === 'unchecked' ? 1 : 0
  const sizeMax = chance.of([2, 8, machine.wordBits, machine.wordBits])
  const length = chance.from(200, 4000)
  for (let id = 0; requests.length < length; id += 1) {
    if (chance.percent(moveShare)) requests.push({ letter: 'c', cpu: chance.from(0, machine.nrCpus - 1) })
    if (chance.percent(aliasShare)) requests.push({ letter: 'a' })
    if (live.length >= liveMax || (live.length > 0 && chance.percent(45))) {
      const position = chance.percent(50) ? chance.from(0, live.length - 1) : chance.of([0, live.length - 1])
      requests.push(...live.splice(position, 1))
    } else if (chance.percent(areaShare)) {
      requests.push({ letter: 'v', id, pages: chance.from(0, 300) })
      live.push({ letter: 'f', id })
    } else {
      const pages = chance.percent(bigShare) ? chance.from(machine.wordBits + 1, 2000) : chance.from(smallest, sizeMax)
      requests.push({ letter: 'm', id, pages })
      live.push({ letter: 'u', id })
    }
  }
  return requests
}
