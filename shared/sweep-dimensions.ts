import { sameMachine, type Machine } from './machine.ts'
import { placesIn, type SweepMachine, type SweepRequest } from './sweep.ts'

/** What is varied beside seeds and models, as a table can show it. Cells are numbered with the last dimension fastest. */
export interface Dimension {
  readonly name: string
  readonly values: readonly string[]
}

/** The machine with every combination of these numbers of CPUs and slots; CPUs change slowest. */
export function machineGrid(
  base: SweepMachine,
  cpus: readonly number[],
  slots: readonly number[],
  customId: string,
): readonly SweepMachine[] {
  return cpus.flatMap((nrCpus) =>
    slots.map((bbmapBits) => {
      const machine: Machine = { ...base.machine, nrCpus, bbmapBits }
      return { machineId: sameMachine(machine, base.machine) ? base.machineId : customId, machine }
    }),
  )
}

/** The axes of a sweep, then what its machines differ in: CPUs, slots, both, or simply which machine it is. */
export function dimensionsOf({ axes, machines }: Pick<SweepRequest, 'axes' | 'machines'>): readonly Dimension[] {
  const swept = axes.map(({ name, values }) => ({ name, values: values.map(String) }))
  return machines.length < 2 ? swept : [...swept, ...machineDimensions(machines)]
}

function machineDimensions(machines: readonly SweepMachine[]): readonly Dimension[] {
  const cpus = distinct(machines.map(({ machine }) => machine.nrCpus))
  const slots = distinct(machines.map(({ machine }) => machine.bbmapBits))
  const [first] = machines
  const grid = first === undefined ? [] : machineGrid(first, cpus, slots, '')
  const isGrid =
    grid.length === machines.length &&
    grid.every(({ machine }, i) => sameMachine(machine, machines[i]?.machine ?? machine))
  if (!isGrid) return [{ name: 'Machine', values: machines.map(({ machineId }) => machineId) }]
  return [
    { name: 'CPUs', values: cpus.map(String) },
    { name: 'Slots', values: slots.map(String) },
  ].filter(({ values }) => values.length > 1)
}

function distinct(values: readonly number[]): readonly number[] {
  return [...new Set(values)]
}

/** "CPUs 4, Slots 256"; empty for a sweep of one cell. */
export function cellTitle(dimensions: readonly Dimension[], cell: number): string {
  const places = placesIn(
    dimensions.map(({ values }) => values.length),
    cell,
  )
  return dimensions.map(({ name, values }, dimension) => `${name} ${values[places[dimension] ?? 0] ?? ''}`).join(', ')
}
