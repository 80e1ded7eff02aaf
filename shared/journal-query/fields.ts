import { COUNT_LABELS, COUNT_NAMES, type CountName } from '../counts.ts'
import { similarName } from '../similar-name.ts'

/** What is stored as one text of a run or its experiment, without regard to case. */
export const TEXT_FIELDS = {
  scenario: "The scenario's name.",
  model: 'The kernel model.',
  machine: 'The machine.',
  status: 'How the run ended: running, finished, cancelled, interrupted or failed.',
  tag: 'A tag of the experiment.',
  digest: 'The digest of the event stream.',
  lab: 'The version of the lab that made the run.',
} as const
export type TextField = keyof typeof TEXT_FIELDS

/** What is searched by words, like the whole text; `:` is the only comparison. */
export const WORDS_FIELDS = {
  title: 'Words of the title.',
  question: 'Words of the question.',
  note: 'Words of the note.',
  source: "Words of the scenario's text.",
} as const
export type WordsField = keyof typeof WORDS_FIELDS

export const YES_NO_FIELDS = {
  starred: 'Starred experiments.',
  archived: 'Archived experiments, which are left out unless asked for.',
  trashed: 'Experiments in the trash, which are left out unless asked for.',
} as const
export type YesNoField = keyof typeof YES_NO_FIELDS

/** Numbers of a run beside its counters; those of a result are there once the run finished. */
export const RUN_NUMBERS = {
  run: 'The number of the run.',
  experiment: 'The number of the experiment.',
  seed: 'The seed.',
  operations: 'Allocator calls made.',
  live_blocks: 'Most blocks allocated and not freed at the same time.',
  listed_blocks: 'Blocks left on the free lists at the end.',
  elapsed_ms: 'How long the run took, in milliseconds.',
} as const
export type RunNumber = keyof typeof RUN_NUMBERS

export type QueryField =
  | { readonly kind: 'text'; readonly name: TextField }
  | { readonly kind: 'words'; readonly name: WordsField }
  | { readonly kind: 'yes-no'; readonly name: YesNoField }
  | { readonly kind: 'number'; readonly name: RunNumber }
  | { readonly kind: 'count'; readonly name: CountName }
  | { readonly kind: 'parameter'; readonly name: string }
  | { readonly kind: 'time'; readonly name: 'created' }

/** Before the name of a parameter: `param.iters`. */
export const PARAMETER_PREFIX = 'param.'

/** Short names, those of the list's columns among them. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['star', 'starred'],
  ['maps', 'vm_map_ram'],
  ['alloc', 'alloc_vmap_area'],
  ['free', 'free_vmap_block'],
  ['failed', 'vm_map_ram_failed'],
  ['left', 'listed_blocks'],
])

const FIELDS: ReadonlyMap<string, QueryField> = new Map<string, QueryField>([
  ...namesOf(TEXT_FIELDS).map((name): [string, QueryField] => [name, { kind: 'text', name }]),
  ...namesOf(WORDS_FIELDS).map((name): [string, QueryField] => [name, { kind: 'words', name }]),
  ...namesOf(YES_NO_FIELDS).map((name): [string, QueryField] => [name, { kind: 'yes-no', name }]),
  ...namesOf(RUN_NUMBERS).map((name): [string, QueryField] => [name, { kind: 'number', name }]),
  ...COUNT_NAMES.map((name): [string, QueryField] => [name, { kind: 'count', name }]),
  ['created', { kind: 'time', name: 'created' }],
])

function namesOf<Name extends string>(fields: Readonly<Record<Name, string>>): Name[] {
  return Object.keys(fields) as Name[]
}

/** The field of a name, whatever its case; `undefined` when there is none. */
export function fieldOf(name: string): QueryField | undefined {
  const lower = name.toLowerCase()
  if (lower.startsWith(PARAMETER_PREFIX)) {
    const parameter = name.slice(PARAMETER_PREFIX.length)
    return parameter === '' ? undefined : { kind: 'parameter', name: parameter }
  }
  return FIELDS.get(ALIASES.get(lower) ?? lower)
}

export interface FieldHelp {
  readonly name: string
  readonly help: string
}

/** Every field by the name that is proposed for it, in the order in which they are explained. */
export const FIELD_HELP: readonly FieldHelp[] = [
  ...Object.entries({ ...TEXT_FIELDS, ...WORDS_FIELDS, ...YES_NO_FIELDS }).map(([name, help]) => ({ name, help })),
  { name: 'created', help: 'When the experiment was made: a year, month or day such as 2026-11-23.' },
  ...Object.entries(RUN_NUMBERS).map(([name, help]) => ({ name, help })),
  { name: PARAMETER_PREFIX, help: 'A parameter of the scenario, such as param.iters.' },
  ...[...ALIASES].map(([name, meant]) => ({ name, help: `The same as ${meant}.` })),
  ...COUNT_NAMES.map((name) => ({ name, help: COUNT_LABELS[name].help })),
]

/** The name that was probably meant. */
export function similarField(name: string): string | undefined {
  return similarName(
    name.toLowerCase(),
    FIELD_HELP.map((field) => field.name),
  )
}
