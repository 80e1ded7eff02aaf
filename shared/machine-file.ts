import { PAGE_SIZE_BYTES, type Machine } from './machine.ts'

/**
 * The machine in the form of the golden files' `config`, which machine files use. `vmalloc_start` is written digit by digit,
 * beyond what a JavaScript number holds.
 */
export function formatMachineFile(machine: Machine): string {
  const start = BigInt(machine.vmallocStartPage) * BigInt(PAGE_SIZE_BYTES)
  return `{"bits":${machine.wordBits},"nr_cpus":${machine.nrCpus},"vmalloc_start":${start},"vmalloc_pages":${machine.vmallocPages},"bbmap_bits":${machine.bbmapBits}}`
}
