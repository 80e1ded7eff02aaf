import { resourceUsage } from 'node:process'
import { formatCount, formatDuration, formatPages, formatQuantity } from '../../shared/format.ts'
import { DEFAULT_MACHINE_ID, PAGE_SIZE_BYTES, type Machine } from '../../shared/machine.ts'
import { modelOf, modelTitle, type ModelChoice } from '../../shared/model-choice.ts'
import { KERNEL_MODELS } from '../allocator/models.ts'
import { modelAsData } from '../exchange/model-file.ts'
import { mapsToFill, runUntilFailure, type AllocationFailure, type Exhaustion } from '../runner/exhaustion.ts'
import { inlineWholeRequests } from '../runner/inlining.ts'
import { chooseModel } from './choose-model.ts'
import { chooseMachine } from './choose-machine.ts'
import { EXIT, readArguments, readWholeNumber, type Command } from './command.ts'
import { JOURNAL_HELP, JOURNAL_OPTION } from './experiment.ts'
import { POLICY_HELP, POLICY_OPTIONS } from './policy-options.ts'
import { machineAsJson } from './run.ts'

/** About 2^53 / 1024: counters stay exact. */
const MAPS_MAX = 1e12

export const exhaust: Command = {
  name: 'exhaust',
  synopsis: '--model ID|NAME|FILE [CHOICE…] [--machine PRESET|FILE|NAME] [--maps N] [--json] [--journal FILE]',
  summary: 'Runs the workload "exhaust" until the vmalloc space is used up, and says what happens then.',
  help: `  --model ID|NAME|FILE  the kernel model: a release, a saved model or a model file; see "lab models"
  --machine PRESET|FILE|NAME
                        the machine: a preset, a machine file or a saved machine; default: ${DEFAULT_MACHINE_ID}; see "lab machines"
  --maps N              how many maps to make, whether allocations fail or not; default: up to the first failure, at most as
                        many as use up the space if no block is ever given back
  --json                data instead of text
${JOURNAL_HELP}
Choices change a release, which is then experimental:
${POLICY_HELP}
A vmalloc space of 32 TiB takes about a thousand million maps, half a minute and up to 900 MB of memory. Nothing is recorded
in the journal; saved models are read from it.
`,
  async run(args, terminal) {
    const { values } = readArguments(
      args,
      {
        model: { type: 'string' },
        ...POLICY_OPTIONS,
        ...JOURNAL_OPTION,
        machine: { type: 'string', default: DEFAULT_MACHINE_ID },
        maps: { type: 'string' },
        json: { type: 'boolean' },
      },
      { min: 0, max: 0, names: 'no argument' },
    )
    const model = await chooseModel(values)
    const { machineId, machine } = await chooseMachine(values)
    const maps = values.maps === undefined ? mapsToFill(machine) : readWholeNumber(values.maps, '--maps', 1, MAPS_MAX)
    inlineWholeRequests()
    const exhaustion = runUntilFailure(machine, modelOf(model, KERNEL_MODELS), {
      maps,
      goOn: values.maps !== undefined,
      clock: () => performance.now(),
      onProgress: (done, liveBlocks) => {
        const share = `${Math.floor((done / maps) * 100)} %`
        terminal.progress(`${share} of ${formatCount(maps)} maps, ${formatCount(liveBlocks)} live blocks`)
      },
    })
    terminal.progress('')
    const memoryBytes = resourceUsage().maxRSS * 1024
    if (values.json) terminal.out(`${JSON.stringify(asJson(exhaustion, model, machineId, machine, memoryBytes))}\n`)
    else terminal.out(asText(exhaustion, model, machineId, machine, memoryBytes))
    return EXIT.done
  },
}

function asJson(
  { failure, counts, liveBlocks, listedBlocks, elapsedMs }: Exhaustion,
  model: ModelChoice,
  machineId: string,
  machine: Machine,
  memoryBytes: number,
): object {
  return {
    model: model.modelId,
    ...(model.custom && { custom_model: modelAsData(model.custom) }),
    machine: machineAsJson(machineId, machine),
    failure: failure === undefined ? null : failureAsJson(failure),
    counts,
    live_blocks: liveBlocks,
    listed_blocks: listedBlocks,
    elapsed_ms: Math.round(elapsedMs),
    memory_max_bytes: memoryBytes,
  }
}

function failureAsJson(failure: AllocationFailure): object {
  return {
    map: failure.map,
    pages: failure.pages,
    live_blocks: failure.liveBlocks,
    listed_blocks: failure.listedBlocks,
    purged_blocks: failure.purgedBlocks,
    purged_index_min: failure.purgedBlocks > 0 ? failure.lowestIndex : null,
    purged_index_max: failure.purgedBlocks > 0 ? failure.highestIndex : null,
    purged_free_slots: failure.freeSlots,
    flushed_pages: failure.flushedPages,
    served_after_purge: failure.servedAfterPurge,
  }
}

function asText(
  { failure, counts, liveBlocks, listedBlocks, elapsedMs }: Exhaustion,
  model: ModelChoice,
  machineId: string,
  machine: Machine,
  memoryBytes: number,
): string {
  const { vmallocPages, bbmapBits } = machine
  const maps = formatCount(counts.vm_map_ram)
  const perSecond = `${((counts.vm_map_ram / elapsedMs) * 1e-3).toFixed(1)} million maps a second`
  const lines = [
    `exhaust under ${modelTitle(model)} on ${machineId}: ${formatPages(vmallocPages)} of vmalloc space, ${formatCount(bbmapBits)} slots a block`,
    ...(failure === undefined
      ? [`${maps} maps were made and address space never ran out.`]
      : failureAsText(failure, bbmapBits)),
    `At the end: ${formatQuantity(liveBlocks, 'live block')}, ${formatCount(listedBlocks)} on a free list.`,
    `alloc_vmap_area ${formatCount(counts.alloc_vmap_area)}, free_vmap_block ${formatCount(counts.free_vmap_block)}, failure purges ${formatCount(counts.purge_on_alloc_failure)}, lazy drains ${formatCount(counts.purge_on_lazy_threshold)}, nodes visited ${formatCount(counts.nodes_visited)}`,
    `${formatDuration(elapsedMs)}, ${perSecond}, ${formatPages(Math.round(memoryBytes / PAGE_SIZE_BYTES))} of memory at most`,
  ]
  return `${lines.join('\n')}\n`
}

function failureAsText(failure: AllocationFailure, bbmapBits: number): string[] {
  const { map, pages, liveBlocks, listedBlocks, purgedBlocks, lowestIndex, highestIndex, freeSlots } = failure
  const holes = freeSlots.map(([slots, blocks]) => `${formatCount(blocks)} with ${formatCount(slots)} free slots`)
  const lost = freeSlots.reduce((sum, [slots, blocks]) => sum + slots * blocks, 0)
  return [
    `Map ${formatCount(map)}, of ${pages} pages, found no address space. There were ${formatQuantity(liveBlocks, 'live block')} (${formatPages(liveBlocks * bbmapBits)}), ${formatCount(listedBlocks)} on a free list.`,
    purgedBlocks === 0
      ? 'The failure purge freed no block.'
      : `The failure purge freed ${formatQuantity(purgedBlocks, 'block')}, indexes ${formatCount(lowestIndex)} to ${formatCount(highestIndex)}: ${holes.join(', ')}. ${formatPages(lost)} of slots were never handed out.`,
    `${failure.flushedPages === 0 ? 'There was nothing to flush' : `The TLB flush covered ${formatPages(failure.flushedPages)}`}. The map was then ${failure.servedAfterPurge ? 'served' : 'refused'}.`,
  ]
}
