import { COUNT_LABELS, COUNT_NAMES, type CountName } from '../../shared/counts.ts'
import type { SeriesName } from '../../shared/run.ts'

/** What one thing that is shown means. */
export interface Term {
  readonly title: string
  /** One sentence. */
  readonly help: string
  /** Where the guide says more. */
  readonly page: string
  readonly anchor: string
}

function term(title: string, help: string, page: string, anchor = ''): Term {
  return { title, help, page, anchor }
}

const SERIES: Readonly<Record<`series-${SeriesName}`, Term>> = {
  'series-live_blocks': term('Live blocks', 'Vmap blocks allocated and not freed.', 'counts', 'series'),
  'series-listed_blocks': term(
    'Listed blocks',
    'Blocks with free slots, on the free lists of all CPUs.',
    'counts',
    'series',
  ),
  'series-used_pages': term(
    'Address space in use',
    'Pages of areas that are not freed: whole blocks, big maps, ordinary areas with their guard page.',
    ...(['counts', 'series'] as const),
  ),
  'series-lazy_pages': term('Pending address space', 'Pages freed and not yet drained.', 'allocator', 'lazy-free'),
  'series-mapped_pages': term('Mapped pages', 'Pages of live mappings, as they were asked for.', 'counts', 'series'),
  'series-visited_nodes': term(
    'Longest walks',
    'The most blocks of the free list that a map looked at.',
    'counts',
    'series',
  ),
  'series-purges': term('Purges and drains', 'How often address space was taken back so far.', 'allocator', 'purges'),
}

const OTHERS = {
  live_blocks_max: term(
    'Most blocks at once',
    'The largest number of blocks allocated and not freed.',
    'counts',
    'series',
  ),
  operations: term('Operations', 'Calls of the allocator.', 'counts'),
  blocks_listed: term(
    'Blocks left listed',
    'Blocks on the free lists of all CPUs when the run ended.',
    'counts',
    'further-counters',
  ),
  verdict: term(
    'Verdict',
    'What came out, computed from the counts, and held against published figures where there are some.',
    'bench',
  ),
  counts: term(
    'Counts',
    'Blocks allocated (alloc_vmap_area) and given back (free_vmap_block).',
    'counts',
    'the-four-functions',
  ),
  walks: term(
    'Walk lengths',
    'How many maps looked at how many blocks on their way from HEAD.',
    'counts',
    'further-counters',
  ),
  'free-lists': term(
    'Free lists',
    'Blocks with free slots, from HEAD to TAIL: solid is live, hatched is dirty, outlined is free.',
    'allocator',
    'free-lists',
  ),
  'kernel-models': term(
    'Kernel models',
    'How one release of Linux does it, or a release with choices of your own.',
    'models',
  ),
  scenario: term('Scenario', 'Where the requests come from: a loop in C, or a captured trace.', 'scenarios'),
  seed: term('Seed', 'What random numbers start from: the same seed makes the same requests.', 'scenarios', 'seed'),
  machine: term(
    'Machine',
    'What the kernel’s constants follow from: word size, CPUs, vmalloc space.',
    'scenarios',
    'machines',
  ),
  'live-mappings': term('Live mappings', 'Maps that are not unmapped yet, of vm_map_ram and vmap.', 'counts', 'series'),
  'taken-pages': term(
    'Pages of address space taken',
    'In use or pending: what no other area can have.',
    'allocator',
    'lazy-free',
  ),
  'same-block': term(
    'The same block',
    'Blocks of two models are the same when each model allocated them as its how many-th; addresses do not matter.',
    'replay',
  ),
  variables: term(
    'Variables',
    'What the scenario’s text has in hand when it makes this call, before the call has answered.',
    'replay',
  ),
  divergence: term('First divergence', 'The first map for which the kernel models choose differently.', 'replay'),
  'address-space': term(
    'Address space',
    'What of the vmalloc space is in use, pending or free.',
    'allocator',
    'lazy-free',
  ),
  statistics: term(
    'Statistics',
    'What the seeds of a cell come to, model by model and pair by pair.',
    'sweep',
    'statistics',
  ),
  median: term('Median', 'Half of the seeds are below it, half above.', 'sweep', 'statistics'),
  mean: term('Mean', 'The sum over all seeds, divided by their number.', 'sweep', 'statistics'),
  deviation: term('Standard deviation', 'How far seeds lie from their mean, with n − 1.', 'sweep', 'statistics'),
  percentile: term(
    '5 % and 95 %',
    'A twentieth of the seeds is below the one, a twentieth above the other.',
    'sweep',
    'statistics',
  ),
  interval: term(
    '95 % interval',
    'Where the true mean difference lies, if this were done many times, in 95 of 100.',
    'sweep',
    'statistics',
  ),
  effect: term(
    'Effect',
    'Rank-biserial correlation: 1 when all that differ are higher, −1 when all are lower.',
    'sweep',
    'statistics',
  ),
  p: term(
    'p',
    'How often chance alone would make a difference as large, after Holm for several counters.',
    'sweep',
    'statistics',
  ),
  digest: term(
    'Digest',
    'A fingerprint of the run, call by call: equal digests mean equal results.',
    'counts',
    'digest',
  ),
} as const

const COUNTS = Object.fromEntries(
  COUNT_NAMES.map((name) => {
    const { label, help } = COUNT_LABELS[name]
    const profiled = ['vm_map_ram', 'vm_unmap_ram', 'alloc_vmap_area', 'free_vmap_block'].includes(name)
    return [name, term(label, help, 'counts', profiled ? 'the-four-functions' : 'further-counters')]
  }),
) as Record<CountName, Term>

/** Every number and part of the window that is explained. */
export const TERMS = { ...COUNTS, ...SERIES, ...OTHERS } as const
export type TermId = keyof typeof TERMS

export function findTerm(id: string | undefined): Term | undefined {
  return id !== undefined && Object.hasOwn(TERMS, id) ? TERMS[id as TermId] : undefined
}
