import { formatAddress } from './machine-text.ts'
import { PAGE_SIZE_BYTES, type Machine } from './machine.ts'
import type { SavedMachine } from './saved-machine.ts'

/**
 * The machine in the form of the golden files' `config`, which machine files use. `vmalloc_start` is written digit by digit,
 * beyond what a JavaScript number holds.
 */
export function formatMachineFile(machine: Machine): string {
  const start = BigInt(machine.vmallocStartPage) * BigInt(PAGE_SIZE_BYTES)
  return `{"bits":${machine.wordBits},"nr_cpus":${machine.nrCpus},"vmalloc_start":${start},"vmalloc_pages":${machine.vmallocPages},"bbmap_bits":${machine.bbmapBits}}`
}

/** A machine as data. The start is a "0x…" string: as a JSON number it would be rounded by most readers. */
export function machineAsData({ wordBits, nrCpus, vmallocStartPage, vmallocPages, bbmapBits }: Machine): object {
  return {
    bits: wordBits,
    nr_cpus: nrCpus,
    vmalloc_start: formatAddress(vmallocStartPage),
    vmalloc_pages: vmallocPages,
    bbmap_bits: bbmapBits,
  }
}

/** A saved machine as a file for people, with its name and description; `parseSavedMachine` reads it. */
export function formatSavedMachine({ name, description, machine }: SavedMachine): string {
  const words = { ...(name !== '' && { name }), ...(description !== '' && { description }) }
  return `${JSON.stringify({ ...words, ...machineAsData(machine) }, undefined, 2)}\n`
}
