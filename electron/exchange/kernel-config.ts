import { formatCount } from '../../shared/format.ts'
import { lazyMaxPages, machineProblem, machineWith, NR_CPUS_MAX, PAGE_SIZE_BYTES } from '../../shared/machine.ts'
import { NAME_LENGTH_MAX } from '../../shared/names.ts'
import { MACHINE_DESCRIPTION_MAX, machineNameProblem, type ImportedMachine } from '../../shared/saved-machine.ts'
import { architectureOf } from './kernel-architecture.ts'
import { KernelConfigError, parseConfigFile, type ConfigFile } from './kernel-config-file.ts'

/** Every message about a page size names it in KiB. */
const PAGE_KIB = PAGE_SIZE_BYTES / 1024

/** Options that the kernel models leave out: KERNEL.md's "no KASAN/DEBUG_PAGEALLOC", and KMSAN, which takes address space. */
const NOT_SIMULATED = ['KASAN', 'KMSAN', 'DEBUG_PAGEALLOC']

/**
 * Makes a machine of a kernel's .config: word size, NR_CPUS and, where the file tells, page size and vmalloc range.
 * `assumptions` has a sentence for everything else.
 * @throws {KernelConfigError} when the text is no .config, or its machine cannot be simulated.
 */
export function importKernelConfig(text: string): ImportedMachine {
  const config = parseConfigFile(text)
  requireMmu(config)
  const pageSizeIsTold = requirePageSize(config)
  const architecture = architectureOf(config)
  const nrCpus = nrCpusOf(config)
  const machine = machineWith(architecture.wordBits, nrCpus, architecture.range)
  const problem = machineProblem(machine)
  if (problem !== undefined) throw new KernelConfigError(problem)
  const assumptions = [
    ...architecture.assumptions,
    ...(pageSizeIsTold || architecture.pagesAreFixed
      ? []
      : [`The file does not tell the page size; ${PAGE_KIB} KiB are taken.`]),
    ...cpuAssumptions(config, nrCpus),
    ...notSimulated(config),
  ]
  const origin = config.kernel === undefined ? 'From a kernel .config.' : `From a kernel .config (${config.kernel}).`
  return {
    name: nameOf(config, architecture.name),
    description: [origin, ...assumptions].join(' ').slice(0, MACHINE_DESCRIPTION_MAX),
    machine,
    assumptions,
  }
}

function requireMmu({ options }: ConfigFile): void {
  const mmu = options.get('MMU')
  if (mmu?.value === 'n') {
    throw new KernelConfigError(`line ${mmu.line}: CONFIG_MMU is not set; without an MMU there is no vm_map_ram`)
  }
}

/** CONFIG_NR_CPUS, or 1 as in include/linux/threads.h. */
function nrCpusOf({ options }: ConfigFile): number {
  const option = options.get('NR_CPUS')
  if (option === undefined) return 1
  const nrCpus = Number(option.value)
  if (/^\d+$/.test(option.value) && nrCpus >= 1 && nrCpus <= NR_CPUS_MAX) return nrCpus
  throw new KernelConfigError(
    `line ${option.line}: CONFIG_NR_CPUS is "${option.value}"; accepted are whole numbers from 1 to ${NR_CPUS_MAX}`,
  )
}

function cpuAssumptions({ options }: ConfigFile, nrCpus: number): string[] {
  if (!options.has('NR_CPUS')) return ['There is no CONFIG_NR_CPUS, for which the kernel takes 1.']
  if (nrCpus === 1) return []
  const lazy = formatCount(lazyMaxPages(nrCpus))
  return [
    `All ${formatCount(nrCpus)} CPUs of CONFIG_NR_CPUS are taken to be online, which makes the lazy limit ${lazy} pages; with fewer it is lower.`,
  ]
}

function notSimulated({ options }: ConfigFile): string[] {
  return NOT_SIMULATED.filter((name) => options.get(name)?.value === 'y').map(
    (name) => `CONFIG_${name}=y is not simulated.`,
  )
}

/** `ARM64_16K_PAGES`, `PPC_64K_PAGES`, `PAGE_SIZE_16KB`, `PARISC_PAGE_SIZE_4KB`; not `HAVE_PAGE_SIZE_4KB`. */
const PAGE_SIZE_OPTION = /^(?!HAVE_)(?:[A-Z\d]+_)?(?:PAGE_SIZE_(\d+)KB|(\d+)K_PAGES)$/
/** Since 6.9; PPC_PAGE_SHIFT and ARM64_PAGE_SHIFT before. */
const PAGE_SHIFT_OPTION = /^(?:[A-Z\d]+_)?PAGE_SHIFT$/

/** Answers whether the file tells the page size. @throws {KernelConfigError} for another than the lab simulates. */
function requirePageSize({ options }: ConfigFile): boolean {
  let told = false
  for (const [name, { value, line }] of options) {
    const pageKib = pageKibOf(name, value)
    if (pageKib !== undefined && pageKib !== PAGE_KIB) {
      throw new KernelConfigError(
        `line ${line}: CONFIG_${name}=${value} makes pages of ${pageKib} KiB; the lab simulates pages of ${PAGE_KIB} KiB`,
      )
    }
    told ||= pageKib !== undefined
  }
  return told
}

function pageKibOf(name: string, value: string): number | undefined {
  if (PAGE_SHIFT_OPTION.test(name) && /^\d+$/.test(value)) return 2 ** Number(value) / 1024
  const [, size, pages] = PAGE_SIZE_OPTION.exec(name) ?? []
  const kib = size ?? pages
  return kib === undefined || value !== 'y' ? undefined : Number(kib)
}

/** "x86_64 6.1.192-qk" as `uname -mr` has it; "imported" where that cannot be a name. */
function nameOf({ options, kernel }: ConfigFile, architecture: string): string {
  const release = kernel?.split(' ').at(-1) ?? ''
  const name = `${architecture} ${release}${options.get('LOCALVERSION')?.value ?? ''}`.trim().slice(0, NAME_LENGTH_MAX)
  return machineNameProblem(name) === undefined ? name : 'imported'
}
