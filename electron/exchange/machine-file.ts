import { z } from 'zod'
import { machineProblem, PAGE_SIZE_BYTES, vmapBbmapBits, type Machine } from '../../shared/machine.ts'
import { nameProblem } from '../../shared/names.ts'
import { MACHINE_DESCRIPTION_MAX, type ImportedMachine } from '../../shared/saved-machine.ts'

export { formatMachineFile, formatSavedMachine } from '../../shared/machine-file.ts'

/** A machine file that cannot be read; the message says what, where, and what is accepted. */
export class MachineFileError extends Error {
  override readonly name = 'MachineFileError'
}

const PAGE_BYTES = BigInt(PAGE_SIZE_BYTES)

const ADDRESS = 'accepted is an address in bytes: a whole number, or text such as "0xffffc90000000000"'
const WHOLE = 'accepted is a whole number'

const address = z.union(
  [
    z.bigint(),
    z
      .string()
      .regex(/^0x[0-9a-fA-F]{1,16}$/)
      .transform((text) => BigInt(text)),
  ],
  ADDRESS,
)

const machineFile = z.strictObject({
  bits: z.union([z.literal(32), z.literal(64)], 'accepted are 32 and 64'),
  nr_cpus: z.int(WHOLE),
  vmalloc_start: address,
  vmalloc_pages: z.int(WHOLE),
  bbmap_bits: z.int(WHOLE).optional(),
  name: z.string('accepted is a text').exactOptional(),
  description: z
    .string('accepted is a text')
    .max(MACHINE_DESCRIPTION_MAX, `accepted are at most ${MACHINE_DESCRIPTION_MAX} characters`)
    .exactOptional(),
  assumptions: z.array(z.string('accepted is a text'), 'accepted is a list of sentences').exactOptional(),
})

/**
 * Reads a machine: `{ "bits": 32|64, "nr_cpus", "vmalloc_start", "vmalloc_pages", "bbmap_bits" }`, the form of the golden
 * files' `config`, and optionally `"name"`, `"description"` and `"assumptions"`. `vmalloc_start` is an address in bytes, a number or a "0x…"
 * string; `bbmap_bits` follows from NR_CPUS when it is left out. What is left out of the words is empty.
 * @throws {MachineFileError}
 */
export function parseSavedMachine(text: string): ImportedMachine {
  const parsed = machineFile.safeParse(parseExactly(text))
  if (!parsed.success) {
    const { path = [], message = 'not a machine' } = parsed.error.issues[0] ?? {}
    throw new MachineFileError(`${path.length === 0 ? 'the file' : path.join('.')}: ${message}`)
  }
  const { name = '', description = '', assumptions = [], ...fields } = parsed.data
  const machine = machineOf(fields)
  const problem = machineProblem(machine) ?? (name === '' ? undefined : nameProblem(name))
  if (problem !== undefined) throw new MachineFileError(problem)
  return { name, description, machine, assumptions }
}

/** The machine of a machine file, as `parseSavedMachine`. @throws {MachineFileError} */
export function parseMachineFile(text: string): Machine {
  return parseSavedMachine(text).machine
}

type MachineFields = Omit<z.infer<typeof machineFile>, 'name' | 'description' | 'assumptions'>

function machineOf({ bits, nr_cpus, vmalloc_start, vmalloc_pages, bbmap_bits }: MachineFields): Machine {
  if (vmalloc_start % PAGE_BYTES !== 0n) {
    throw new MachineFileError(`vmalloc_start: ${vmalloc_start} is not a multiple of the page size, ${PAGE_BYTES}`)
  }
  return {
    wordBits: bits,
    nrCpus: nr_cpus,
    vmallocStartPage: Number(vmalloc_start / PAGE_BYTES),
    vmallocPages: vmalloc_pages,
    bbmapBits: bbmap_bits ?? vmapBbmapBits(bits, nr_cpus),
  }
}

/** JSON.parse, except that `vmalloc_start` becomes a BigInt: a 64-bit address does not fit in a number. */
function parseExactly(text: string): unknown {
  try {
    return JSON.parse(text, function (this: unknown, key: string, value: unknown, context?: { source?: string }) {
      const digits = context?.source
      return key === 'vmalloc_start' && digits !== undefined && /^\d+$/.test(digits) ? BigInt(digits) : value
    } as (key: string, value: unknown) => unknown) as unknown
  } catch (error) {
    throw new MachineFileError(`not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}
