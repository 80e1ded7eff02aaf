import { Allocator } from '../allocator/allocator.ts'
import { KERNEL_MODELS } from '../allocator/models.ts'
import { NotSimulatedError } from '../allocator/not-simulated.ts'
import { modelAsData } from '../exchange/model-file.ts'
import { openFileBytes } from '../exchange/file-bytes.ts'
import { ReadError, type ByteSource } from '../scenario/bytes.ts'
import { LIVE_MAPPINGS_MAX } from '../scenario/live-mappings.ts'
import { TraceError } from '../scenario/trace-line.ts'
import { TraceSource } from '../scenario/trace.ts'
import { COUNT_LABELS, COUNT_NAMES } from '../../shared/counts.ts'
import { experimentalNote, modelOf } from '../../shared/model-choice.ts'
import { chooseMachine } from './choose-machine.ts'
import { chooseModel } from './choose-model.ts'
import { CommandError, EXIT, readArguments, UsageError, type Command } from './command.ts'
import { JOURNAL_HELP, JOURNAL_OPTION } from './experiment.ts'
import { POLICY_HELP, POLICY_OPTIONS } from './policy-options.ts'
import { textTable } from './tables.ts'

/** Longest list of --per-op. */
const PER_OP_MAPS_MAX = 1_000_000

export const trace: Command = {
  name: 'trace',
  synopsis: 'FILE|- --machine PRESET|FILE|NAME --model ID|NAME|FILE [CHOICE…] [--per-op] [--json] [--journal FILE]',
  summary: 'Replays a recorded request stream.',
  help: `FILE has one request a line and may be gzip; "-" reads standard input.
  c N         run on CPU N
  m ID COUNT  vm_map_ram of COUNT pages       u ID  vm_unmap_ram
  v ID COUNT  an ordinary vmap area           f ID  give it back
  a           vm_unmap_aliases
Unknown and failed ids are passed over. A malformed line is named, and nothing is printed.
A trace may be of any length; at most ${LIVE_MAPPINGS_MAX} mappings live at once.

  --machine PRESET|FILE|NAME
                         the machine: a preset, a saved machine, or a machine file, which is { "bits", "nr_cpus",
                         "vmalloc_start", "vmalloc_pages", "bbmap_bits" }; see "lab machines"
  --model ID|NAME|FILE   the kernel model: a release, a saved model or a model file; see "lab models"
  --per-op               also the address and the blocks walked of each m and v, at most ${PER_OP_MAPS_MAX} of them
  --json                 data instead of a table
${JOURNAL_HELP}
Choices change a release for this replay, which is then experimental:
${POLICY_HELP}`,
  async run(args, terminal) {
    const { values, positionals } = readArguments(
      args,
      {
        machine: { type: 'string' },
        model: { type: 'string' },
        ...POLICY_OPTIONS,
        ...JOURNAL_OPTION,
        'per-op': { type: 'boolean' },
        json: { type: 'boolean' },
      },
      { min: 1, max: 1, names: 'one trace FILE or -' },
    )
    if (values.machine === undefined) throw new UsageError('--machine is missing; see "lab machines"')
    const choice = await chooseModel(values)
    const { machine } = await chooseMachine({ machine: values.machine, journal: values.journal })
    const path = positionals[0] ?? '-'
    const allocator = new Allocator(machine, modelOf(choice, KERNEL_MODELS))
    const open = (): ByteSource => (path === '-' ? terminal.openInput() : openFileBytes(path))
    const perOp = values['per-op'] ? { addr: [], visited: [] } : undefined
    replayOrRefuse(path === '-' ? 'standard input' : path, open, allocator, perOp)
    if (values.json) {
      const custom = choice.custom && { custom_model: modelAsData(choice.custom) }
      const { counts } = allocator
      terminal.out(`${JSON.stringify({ counts, free_lists: freeLists(allocator), ...perOp, ...custom })}\n`)
      return EXIT.done
    }
    const { counts } = allocator
    const note = experimentalNote(choice)
    if (note !== undefined) terminal.out(`${choice.modelId}: ${note}\n`)
    terminal.out(
      textTable(
        COUNT_NAMES.map((name) => [COUNT_LABELS[name].label, String(counts[name])]),
        [false, true],
      ),
    )
    if (perOp !== undefined) {
      const rows = perOp.addr.map((page, position) => [String(page), String(perOp.visited[position])])
      terminal.out(`\n${textTable([['addr', 'visited'], ...rows], [true, true])}`)
    }
    return EXIT.done
  },
}

/** One element for each `m` and `v`, as in the golden files. */
interface PerOp {
  readonly addr: number[]
  readonly visited: number[]
}

/** Replays the whole trace and notes down each map where `perOp` is given. @throws {UsageError} @throws {CommandError} */
function replayOrRefuse(name: string, open: () => ByteSource, allocator: Allocator, perOp: PerOp | undefined): void {
  const note = (startPage: number): void => {
    if (perOp === undefined) return
    if (perOp.addr.length === PER_OP_MAPS_MAX) {
      throw new CommandError(
        `${name} has more than ${PER_OP_MAPS_MAX} maps, the most that --per-op lists; leave it out`,
      )
    }
    perOp.addr.push(startPage)
    perOp.visited.push(allocator.visitedNodes)
  }
  try {
    new TraceSource(open, allocator.machine.nrCpus, note).issue(allocator)
  } catch (error) {
    if (error instanceof TraceError) throw new UsageError(`${name}, ${error.message}`)
    if (error instanceof ReadError) throw new UsageError(`${name}: cannot be read (${error.message})`)
    if (error instanceof NotSimulatedError) throw new CommandError(error.message)
    throw error
  }
}

function freeLists(allocator: Allocator): unknown[][] {
  return Array.from({ length: allocator.machine.nrCpus }, (_, cpu) => [...allocator.freeList(cpu)])
}
