import type { KernelModel } from '../../shared/kernel-model.ts'
import { formatMachineFile } from '../../shared/machine-file.ts'
import { formatTrace } from '../agreement/requests.ts'
import { shrink } from '../fuzzing/compare.ts'
import { explore, type Exploration } from './explore.ts'
import { ListedOrders } from './listed-orders.ts'
import { Disagreement } from './rig.ts'
import type { World } from './world.ts'

export interface ExploredWorld extends Exploration {
  readonly orders: ListedOrders
}

/**
 * Explores a world under one model, and the orders of what its free lists hold.
 * @throws {Error} when allocator and reference disagree: says how, with a machine file and a trace that `lab trace` accepts.
 * @throws {RangeError} when there are too many states.
 */
export function exploreWorld(world: World, model: KernelModel, depth: number): ExploredWorld {
  const orders = new ListedOrders(world.machine)
  try {
    const exploration = explore(world, model, depth, (sequence, lists) => {
      orders.look(sequence, lists)
    })
    return { ...exploration, orders }
  } catch (error) {
    if (!(error instanceof Disagreement)) throw error
    const { requests } = shrink({ machine: world.machine, model, requests: error.requests })
    const found = `${model.id}: ${error.message}. Machine file, then trace:`
    throw new Error([found, formatMachineFile(world.machine), formatTrace(requests)].join('\n'), { cause: error })
  }
}
