import { formatCount, formatPages } from '../../shared/format.ts'
import { MACHINE_PRESETS } from '../../shared/machine.ts'
import { EXIT, readArguments, type Command } from './command.ts'
import { machineAsJson } from './run.ts'
import { textTable } from './tables.ts'

/** A command without arguments that prints what there is to choose from. */
function listing(name: string, summary: string, data: () => object[], text: () => string): Command {
  return {
    name,
    synopsis: '[--json]',
    summary,
    help: '  --json  data instead of text\n',
    run(args, terminal) {
      const { values } = readArguments(args, { json: { type: 'boolean' } }, { min: 0, max: 0, names: 'no argument' })
      terminal.out(values.json ? `${JSON.stringify(data())}\n` : text())
      return EXIT.done
    },
  }
}

export const machines = listing(
  'machines',
  'Lists the machine presets.',
  () =>
    MACHINE_PRESETS.map(({ id, title, description, machine }) => ({
      ...machineAsJson(id, machine),
      title,
      description,
    })),
  () =>
    textTable(
      [
        ['ID', 'WORD', 'NR_CPUS', 'VMALLOC', 'SLOTS A BLOCK', 'DESCRIPTION'],
        ...MACHINE_PRESETS.map(({ id, description, machine }) => [
          id,
          `${machine.wordBits}-bit`,
          formatCount(machine.nrCpus),
          formatPages(machine.vmallocPages),
          formatCount(machine.bbmapBits),
          description,
        ]),
      ],
      [false, false, true, true, true, false],
    ),
)
