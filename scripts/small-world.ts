/**
 * `npm run small-world -- [--depth N] [--world ID] [--model ID]`: every sequence of a few requests on tiny machines, on the
 * allocator, every call checked, and on the plain reference; and what the orders of listed blocks do. A difference is printed
 * as a machine file and a trace that `lab trace` accepts; the exit status is then 1. Without `--depth` sequences are as long
 * as in the unit tests.
 */
import { parseArgs } from 'node:util'
import { findKernelModel, KERNEL_MODELS } from '../electron/allocator/models.ts'
import { textTable } from '../electron/cli/tables.ts'
import { formatCount, formatDuration } from '../shared/format.ts'
import type { KernelModel } from '../shared/kernel-model.ts'
import { formatMachineFile } from '../shared/machine-file.ts'
import { formatTrace } from './agreement/requests.ts'
import { messageOf } from './provide/report.ts'
import { exploreWorld, type ExploredWorld } from './small-world/explore-world.ts'
import { ORDERS_CLAIM, ordersMustRise, type SeenList } from './small-world/listed-orders.ts'
import { WORLDS, type ListedWorld } from './small-world/worlds.ts'

const EXIT = { done: 0, difference: 1, wrongUse: 2 } as const
const HEADINGS = ['model', 'steps', 'sequences', 'played', 'states', 'longest list', 'orders on each list', 'time']
const NUMERIC = [false, true, true, true, true, true, false, true]

interface Choice {
  readonly worlds: readonly ListedWorld[]
  readonly models: readonly KernelModel[]
}

interface Result extends ExploredWorld {
  readonly model: KernelModel
  readonly elapsedMs: number
}

/** @throws {Error} that says what is accepted. */
function readChoice(): Choice {
  const { values } = parseArgs({
    options: { depth: { type: 'string' }, world: { type: 'string' }, model: { type: 'string' } },
  })
  const depth = values.depth === undefined ? undefined : Number(values.depth)
  if (depth !== undefined && !(Number.isInteger(depth) && depth > 0)) {
    throw new Error(`--depth is ${values.depth}; accepted are whole numbers above 0`)
  }
  const worlds = WORLDS.filter(({ id }) => values.world === undefined || id === values.world)
  if (worlds.length === 0) {
    throw new Error(`there is no world ${values.world}; there are ${WORLDS.map(({ id }) => id).join(', ')}`)
  }
  const model = values.model === undefined ? undefined : findKernelModel(values.model)
  if (values.model !== undefined && model === undefined) {
    throw new Error(`there is no model ${values.model}; there are ${KERNEL_MODELS.map(({ id }) => id).join(', ')}`)
  }
  return {
    worlds: depth === undefined ? worlds : worlds.map((world) => ({ ...world, depth })),
    models: model === undefined ? KERNEL_MODELS : [model],
  }
}

function exploreAll({ worlds, models }: Choice): Result[] {
  return worlds.flatMap((world) => {
    const results = models.map((model): Result => {
      console.error(`${world.id}, ${model.id}`)
      const startedMs = performance.now()
      const explored = exploreWorld(world, model, world.depth)
      return { ...explored, model, elapsedMs: performance.now() - startedMs }
    })
    show(world, results)
    return results
  })
}

function show(world: ListedWorld, results: readonly Result[]): void {
  console.log(`\n${world.id}: ${world.title}\n`)
  console.log(textTable([HEADINGS, ...results.map((result) => row(result))], NUMERIC))
  for (const { model, orders } of results) {
    if (orders.repeated === undefined) continue
    console.log(`${model.id}: a shortest sequence that lists two blocks of one order. Machine file, then trace:`)
    console.log(`${formatMachineFile(world.machine)}\n${shown(orders.repeated)}\n`)
  }
}

function row({ model, depth, sequences, played, states, orders, elapsedMs }: Result): string[] {
  const { longestList, repeated, unsorted } = orders
  const repeats = repeated === undefined ? '' : `, repeat after ${repeated.steps}`
  return [
    model.id,
    depth === Infinity ? 'any number' : formatCount(depth),
    sequences === undefined ? 'all' : sequences.toLocaleString('en-US'),
    formatCount(played),
    formatCount(states),
    formatCount(longestList),
    unsorted === undefined ? 'rise' : `fall after ${unsorted.steps}${repeats}`,
    formatDuration(elapsedMs),
  ]
}

/** The trace, and as its last line a comment with the list that it leaves. */
function shown({ requests, free }: SeenList): string {
  return `${formatTrace(requests)}\n# free slots from HEAD to TAIL: ${free.join(', ')}`
}

function conclude(results: readonly Result[]): number {
  console.log(ORDERS_CLAIM)
  const broken = results.filter(({ model, orders }) => ordersMustRise(model) && orders.unsorted !== undefined)
  for (const { model, orders } of broken)
    console.log(`${model.id} breaks this:\n${orders.unsorted && shown(orders.unsorted)}`)
  const sum = (count: 'played' | 'states'): string => formatCount(results.reduce((all, each) => all + each[count], 0))
  console.log(`${sum('played')} sequences played, ${sum('states')} states: no difference`)
  return broken.length === 0 ? EXIT.done : EXIT.difference
}

let choice: Choice | undefined
try {
  choice = readChoice()
  process.exitCode = conclude(exploreAll(choice))
} catch (error) {
  console.error(`small-world: ${messageOf(error)}`)
  process.exitCode = choice === undefined ? EXIT.wrongUse : EXIT.difference
}
