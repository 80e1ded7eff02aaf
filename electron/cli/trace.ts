import { Allocator } from '../allocator/allocator.ts'
import { KERNEL_MODELS } from '../allocator/models.ts'
import { NotSimulatedError } from '../allocator/not-simulated.ts'
import { modelAsData } from '../exchange/model-file.ts'
import { parseTrace, TraceError, TraceSource, type Trace } from '../scenario/trace.ts'
import { COUNT_LABELS, COUNT_NAMES } from '../../shared/counts.ts'
import { experimentalNote, modelOf } from '../../shared/model-choice.ts'
import { chooseMachine } from './choices.ts'
import { chooseModel } from './choose-model.ts'
import { CommandError, EXIT, readArguments, UsageError, type Command } from './command.ts'
import { JOURNAL_HELP, JOURNAL_OPTION } from './experiment.ts'
import { readText } from './files.ts'
import { POLICY_HELP, POLICY_OPTIONS } from './policy-options.ts'
import { textTable } from './tables.ts'

export const trace: Command = {
  name: 'trace',
  synopsis: 'FILE|- --machine PRESET|FILE.json --model ID|NAME|FILE [CHOICE…] [--per-op] [--json] [--journal FILE]',
  summary: 'Replays a recorded request stream.',
  help: `FILE has one request a line; "-" reads standard input.
  c N         run on CPU N
  m ID COUNT  vm_map_ram of COUNT pages       u ID  vm_unmap_ram
  v ID COUNT  an ordinary vmap area           f ID  give it back
  a           vm_unmap_aliases
Unknown and failed ids are passed over. A malformed line is named, and nothing is replayed.

  --machine PRESET|FILE  the machine, as { "bits", "nr_cpus", "vmalloc_start", "vmalloc_pages", "bbmap_bits" }
  --model ID|NAME|FILE   the kernel model: a release, a saved model or a model file; see "lab models"
  --per-op               also the address and the blocks walked of each m and v
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
    const { machine } = chooseMachine(values.machine)
    const path = positionals[0] ?? '-'
    const text = path === '-' ? terminal.readInput() : readText(path)
    const allocator = new Allocator(machine, modelOf(choice, KERNEL_MODELS))
    const replayed = replayOrRefuse(readTrace(path, text, machine.nrCpus), allocator)
    if (values.json) {
      const perOp = values['per-op'] ? replayed : {}
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
    if (values['per-op']) {
      const rows = replayed.addr.map((page, position) => [String(page), String(replayed.visited[position])])
      terminal.out(`\n${textTable([['addr', 'visited'], ...rows], [true, true])}`)
    }
    return EXIT.done
  },
}

interface Replayed {
  readonly addr: readonly number[]
  readonly visited: readonly number[]
}

function readTrace(path: string, text: string, nrCpus: number): Trace {
  try {
    return parseTrace(text, nrCpus)
  } catch (error) {
    if (error instanceof TraceError) throw new UsageError(`${path === '-' ? 'standard input' : path}, ${error.message}`)
    throw error
  }
}

function replayOrRefuse(requests: Trace, allocator: Allocator): Replayed {
  try {
    return replay(requests, allocator)
  } catch (error) {
    if (error instanceof NotSimulatedError) throw new CommandError(error.message)
    throw error
  }
}

/** Replays the whole trace; one element for each `m` and `v`, as in the golden files. */
function replay(requests: Trace, allocator: Allocator): Replayed {
  const addr: number[] = []
  const visited: number[] = []
  const source = new TraceSource(requests, (startPage) => {
    addr.push(startPage)
    visited.push(allocator.visitedNodes)
  })
  source.issue(allocator)
  return { addr, visited }
}

function freeLists(allocator: Allocator): unknown[][] {
  return Array.from({ length: allocator.machine.nrCpus }, (_, cpu) => [...allocator.freeList(cpu)])
}
