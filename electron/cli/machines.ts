import { derivedFacts, type DerivedFacts } from '../../shared/derived-facts.ts'
import { formatCount, formatPages } from '../../shared/format.ts'
import { machineAsData } from '../../shared/machine-file.ts'
import { MACHINE_PRESETS, machineProblem, type Machine } from '../../shared/machine.ts'
import { asChoice, savedMachineProblem, type ImportedMachine, type SavedMachine } from '../../shared/saved-machine.ts'
import { importMachine, MachineImportError } from '../exchange/import-machine.ts'
import { formatSavedMachine } from '../exchange/machine-file.ts'
import { findSavedMachine, presetIds, savedNames } from './choose-machine.ts'
import { EXIT, readArguments, UsageError, type Command, type ExitCode, type Terminal } from './command.ts'
import { JOURNAL_HELP, JOURNAL_OPTION, savedMachines, withLab } from './experiment.ts'
import { oneLine } from './one-line.ts'
import { textTable } from './tables.ts'

const ACTIONS = ['import', 'export', 'delete'] as const

export const machines: Command = {
  name: 'machines',
  synopsis: '[--import FILE [--save NAME] | --export NAME | --delete NAME] [--json] [--journal FILE]',
  summary: "Lists the machines and what follows from each; imports a kernel's .config; saves machines of one's own.",
  help: `Without an action: the presets, and then the saved machines.

  --import FILE   prints a kernel's .config, also /proc/config.gz, as a machine file, which --machine of "lab run" reads;
                  what the .config does not tell is assumed, a sentence each. Machine files are read as well
  --save NAME     saves what is imported in the journal instead, over a machine that has the name; --machine NAME takes it
  --export NAME   prints a preset or a saved machine as a machine file
  --delete NAME   deletes a saved machine; runs on it stay
  --json          data instead of text
${JOURNAL_HELP}`,
  async run(args, terminal) {
    const { values } = readArguments(
      args,
      {
        import: { type: 'string' },
        save: { type: 'string' },
        export: { type: 'string' },
        delete: { type: 'string' },
        json: { type: 'boolean', default: false },
        ...JOURNAL_OPTION,
      },
      { min: 0, max: 0, names: 'no argument' },
    )
    const actions = ACTIONS.filter((action) => values[action] !== undefined)
    if (actions.length > 1) throw new UsageError(`--${actions.join(' and --')} cannot be used together`)
    const { journal, json, save } = values
    if (save !== undefined && values.import === undefined) throw new UsageError('--save goes with --import FILE')
    if (values.import !== undefined) {
      const imported = readMachine(values.import)
      if (save === undefined) return printImported(imported, json, terminal)
      return saveImported({ ...imported, name: save }, journal, json, terminal)
    }
    if (values.export !== undefined) return exportMachine(values.export, journal, terminal)
    if (values.delete !== undefined) return deleteMachine(values.delete, journal, terminal)
    return list(await savedMachines(journal, true), json, terminal)
  },
}

function readMachine(path: string): ImportedMachine {
  try {
    return importMachine(path)
  } catch (error) {
    if (error instanceof MachineImportError) throw new UsageError(`--import ${error.message}`)
    throw error
  }
}

/** The data are a machine file too. */
function printImported(imported: ImportedMachine, json: boolean, terminal: Terminal): ExitCode {
  const { name, description, machine, assumptions } = imported
  if (json) terminal.out(`${JSON.stringify({ name, description, ...machineAsData(machine), assumptions })}\n`)
  else terminal.out(formatSavedMachine(imported))
  tellAssumptions(imported, terminal)
  return EXIT.done
}

function saveImported(
  imported: ImportedMachine,
  journal: string | undefined,
  json: boolean,
  terminal: Terminal,
): Promise<ExitCode> {
  const problem = savedMachineProblem(imported)
  if (problem !== undefined) throw new UsageError(`the machine is refused: ${problem}`)
  return withLab({ journal }, (lab) => {
    const before = findSavedMachine(imported.name, lab.machines.all())
    const saved = lab.machines.save(imported)
    terminal.out(json ? `${JSON.stringify(savedAsData(saved))}\n` : asText([rowOf(saved.name, saved.machine)]))
    tellAssumptions(imported, terminal)
    terminal.err(`Journal: ${lab.journal.path}${before === undefined ? '' : `, saved over ${before.name}`}\n`)
    return EXIT.done
  })
}

function tellAssumptions({ assumptions }: ImportedMachine, terminal: Terminal): void {
  for (const sentence of assumptions) terminal.err(`Assumed: ${sentence}\n`)
}

async function exportMachine(name: string, journal: string | undefined, terminal: Terminal): Promise<ExitCode> {
  const preset = MACHINE_PRESETS.find(({ id }) => id === name)
  const saved = preset === undefined ? await savedMachines(journal, true) : []
  const found = preset === undefined ? findSavedMachine(name, saved) : { ...preset, name: preset.id }
  if (found === undefined) {
    throw new UsageError(`--export "${name}" is no machine; ${presetIds()}; ${savedNames(saved)}`)
  }
  terminal.out(formatSavedMachine(found))
  return EXIT.done
}

async function deleteMachine(name: string, journal: string | undefined, terminal: Terminal): Promise<ExitCode> {
  const saved = await savedMachines(journal, true)
  const found = findSavedMachine(name, saved)
  if (found === undefined) throw new UsageError(`--delete "${name}" is no saved machine; ${savedNames(saved)}`)
  return withLab({ journal }, (lab) => {
    lab.machines.delete(found.name)
    terminal.err(`Deleted ${found.name} from ${lab.journal.path}\n`)
    return EXIT.done
  })
}

function list(saved: readonly SavedMachine[], json: boolean, terminal: Terminal): ExitCode {
  if (json) {
    const presets = MACHINE_PRESETS.map(({ id, title, description, machine }) => ({
      id,
      ...machineAsData(machine),
      title,
      description,
      saved: false,
      derived: derivedAsData(derivedFacts(machine)),
    }))
    terminal.out(`${JSON.stringify([...presets, ...saved.map(savedAsData)])}\n`)
    return EXIT.done
  }
  const choices = [...MACHINE_PRESETS, ...saved.map(asChoice)]
  const usable = choices.filter(({ machine }) => machineProblem(machine) === undefined)
  const descriptions = choices.map(({ id, description, machine }) => {
    const problem = machineProblem(machine)
    return `${id}: ${problem === undefined ? oneLine(description.replace(/\s+/g, ' ')) : `cannot be simulated: ${problem}.`}\n`
  })
  terminal.out(`${asText(usable.map(({ id, machine }) => rowOf(id, machine)))}\n${descriptions.join('')}`)
  return EXIT.done
}

const HEADING = [
  'ID',
  'WORD',
  'NR_CPUS',
  'PAGE',
  'VMALLOC_START',
  'VMALLOC',
  'SLOTS A BLOCK',
  'BLOCK',
  'BLOCKS',
  'LAZY LIMIT',
]
const NUMERIC = [false, false, true, true, true, true, true, true, true, true]

function asText(rows: readonly (readonly string[])[]): string {
  return textTable([HEADING, ...rows], NUMERIC)
}

function rowOf(id: string, machine: Machine): string[] {
  const facts = derivedFacts(machine)
  return [
    id,
    `${machine.wordBits}-bit`,
    formatCount(machine.nrCpus),
    formatPages(1),
    facts.vmallocFirst,
    formatPages(facts.vmallocPages),
    formatCount(facts.bbmapBits),
    formatPages(facts.blockPages),
    formatCount(facts.blocksMax),
    `${formatCount(facts.lazyMaxPages)} pages`,
  ]
}

function savedAsData(saved: SavedMachine): object {
  const { name, description, machine } = saved
  const problem = savedMachineProblem(saved)
  return {
    id: name,
    ...machineAsData(machine),
    title: name,
    description,
    saved: true,
    ...(problem === undefined ? { derived: derivedAsData(derivedFacts(machine)) } : { problem }),
  }
}

function derivedAsData(facts: DerivedFacts): object {
  return {
    page_bytes: facts.pageBytes,
    max_alloc_pages: facts.maxAllocPages,
    bbmap_bits: facts.bbmapBits,
    kernel_bbmap_bits: facts.kernelBbmapBits,
    block_pages: facts.blockPages,
    block_bytes: facts.blockBytes,
    blocks: facts.blocksMax,
    lazy_limit_pages: facts.lazyMaxPages,
    lazy_limit_bytes: facts.lazyMaxBytes,
    vmalloc_pages: facts.vmallocPages,
    vmalloc_first: facts.vmallocFirst,
    vmalloc_last: facts.vmallocLast,
  }
}
