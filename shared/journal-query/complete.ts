import { quotedIfNeeded } from './edit.ts'
import { FIELD_HELP, fieldOf, PARAMETER_PREFIX } from './fields.ts'
import { STATUSES } from './values.ts'

/** What is in a journal to ask for. */
export interface QueryNames {
  readonly scenarios: readonly string[]
  readonly models: readonly string[]
  readonly machines: readonly string[]
  readonly tags: readonly string[]
  readonly parameters: readonly string[]
}

export interface Completion {
  readonly label: string
  readonly help: string
  /** What is written in place of what was typed. */
  readonly text: string
}

export interface Completions {
  /** Where what was typed begins; it ends at the caret. */
  readonly from: number
  readonly options: readonly Completion[]
}

/** More are found by typing more. */
export const COMPLETIONS_MAX = 12

const TYPED = /(?:^|[\s(])-?(?:([A-Za-z_][\w.]*)\s*(?:!=|<=|>=|[:=<>])\s*)?("[^"]*|[^\s()":=<>]*)$/

/** What may be meant by the word before the caret. */
export function completionsAt(query: string, caret: number, names: QueryNames): Completions {
  const [whole, fieldName, typed = ''] = TYPED.exec(query.slice(0, caret)) ?? []
  const from = caret - typed.length
  if (whole === undefined) return { from, options: [] }
  const options = fieldName === undefined ? nameOptions(typed, names) : valueOptions(fieldName, typed, names)
  return { from, options: options.slice(0, COMPLETIONS_MAX) }
}

function nameOptions(typed: string, names: QueryNames): readonly Completion[] {
  if (typed === '' || typed.startsWith('"')) return []
  const parameters = names.parameters.map((name) => ({
    name: `${PARAMETER_PREFIX}${name}`,
    help: `The parameter ${name} of a scenario.`,
  }))
  return [...FIELD_HELP, ...parameters]
    .filter(({ name }) => name.toLowerCase().startsWith(typed.toLowerCase()))
    .map(({ name, help }) => ({ label: name, help, text: name === PARAMETER_PREFIX ? name : `${name}:` }))
}

function valueOptions(fieldName: string, typed: string, names: QueryNames): readonly Completion[] {
  const wanted = typed.replace(/^"/, '').toLowerCase()
  return valuesOf(fieldName, names)
    .filter((value) => value.toLowerCase().includes(wanted))
    .map((value) => ({ label: value, help: '', text: `${quotedIfNeeded(value)} ` }))
}

function valuesOf(fieldName: string, names: QueryNames): readonly string[] {
  const field = fieldOf(fieldName)
  if (field?.kind === 'yes-no') return ['yes', 'no']
  if (field?.kind !== 'text') return []
  switch (field.name) {
    case 'status':
      return STATUSES
    case 'scenario':
      return names.scenarios
    case 'model':
      return names.models
    case 'machine':
      return names.machines
    case 'tag':
      return names.tags
    case 'digest':
    case 'lab':
      return []
  }
}
