import { COUNT_NAMES, type CountName } from '../../shared/counts.ts'
import {
  parseQuery,
  problemText,
  type Comparison,
  type QueryField,
  type QueryNode,
  type QueryValue,
  type RunNumber,
  type TextField,
} from '../../shared/journal-query/index.ts'
import { JournalError } from './journal-error.ts'
import { wordsExpression } from './search.ts'

/** A condition on a row of `run`. All that comes from a query's text is in the parameters. */
export interface Condition {
  readonly sql: string
  readonly parameters: readonly (string | number)[]
}

/** @throws {JournalError} saying what is wrong with the query and in which column. */
export function readQuery(query: string): QueryNode | undefined {
  const parsed = parseQuery(query)
  if (parsed.ok) return parsed.node
  throw new JournalError(`The query cannot be read. ${problemText(parsed.problem)}`)
}

/**
 * The runs that a query finds. What is in the trash is left out unless the query asks for it by name, and so is what is
 * archived unless it asks for that or the trash.
 */
export function conditionOf(node: QueryNode | undefined): Condition {
  const asked = (node && nodeSql(node)) ?? { sql: '1', parameters: [] }
  if (node !== undefined && asksFor(node, 'trashed')) return asked
  const showsArchived = node !== undefined && asksFor(node, 'archived')
  const putAway = showsArchived
    ? 'trashed_at_ms IS NOT NULL'
    : 'archived_at_ms IS NOT NULL OR trashed_at_ms IS NOT NULL'
  return {
    sql: `run.experiment_id NOT IN (SELECT id FROM experiment WHERE ${putAway}) AND ${asked.sql}`,
    parameters: asked.parameters,
  }
}

function asksFor(node: QueryNode, name: QueryField['name']): boolean {
  switch (node.kind) {
    case 'and':
    case 'or':
      return node.parts.some((part) => asksFor(part, name))
    case 'not':
      return asksFor(node.part, name)
    case 'words':
      return false
    case 'comparison':
      return node.field.kind === 'yes-no' && node.field.name === name
  }
}

/** `undefined` where nothing is asked, as by words without a letter or digit. */
function nodeSql(node: QueryNode): Condition | undefined {
  switch (node.kind) {
    case 'and':
    case 'or': {
      const parts = node.parts.map(nodeSql).filter((part) => part !== undefined)
      if (parts.length === 0) return undefined
      return {
        sql: `(${parts.map(({ sql }) => sql).join(node.kind === 'and' ? ' AND ' : ' OR ')})`,
        parameters: parts.flatMap(({ parameters }) => parameters),
      }
    }
    case 'not': {
      const part = nodeSql(node.part)
      return part && { sql: `NOT ${part.sql}`, parameters: part.parameters }
    }
    case 'words':
      return wordsSql(node.text, node.isBeginning)
    case 'comparison':
      return comparisonSql(node.field, node.comparison, node.value)
  }
}

function wordsSql(text: string, isBeginning: boolean, column?: string): Condition | undefined {
  const expression = wordsExpression(text, isBeginning)
  if (expression === undefined) return undefined
  return inExperiments('SELECT rowid FROM search WHERE search MATCH ?', [
    column === undefined ? expression : `{${column}} : ${expression}`,
  ])
}

/** Where each text stands; a program is called by its title. None of these is NULL, so that NOT is the whole rest. */
const TEXT_COLUMNS: Readonly<Record<Exclude<TextField, 'tag'>, string>> = {
  scenario: 'coalesce(run.program_title, run.scenario_id)',
  model: 'run.model_id',
  machine: 'run.machine_id',
  status: 'run.status',
  digest: "coalesce(run.digest, '')",
  lab: 'run.lab_version',
}

const NUMBER_COLUMNS: Readonly<Record<RunNumber, string>> = {
  run: 'run.id',
  experiment: 'run.experiment_id',
  seed: 'run.seed',
  operations: 'run.operations',
  live_blocks: 'run.live_blocks_max',
  listed_blocks: 'run.blocks_listed',
  elapsed_ms: 'run.elapsed_ms',
}

const NUMBER_SIGNS: Readonly<Record<Comparison, string>> = {
  ':': '=',
  '=': '=',
  '!=': '<>',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
}

function comparisonSql(field: QueryField, comparison: Comparison, value: QueryValue): Condition | undefined {
  switch (field.kind) {
    case 'words':
      return wordsSql(textOf(value), true, field.name)
    case 'text':
      return field.name === 'tag'
        ? tagSql(comparison, textOf(value))
        : textSql(TEXT_COLUMNS[field.name], comparison, textOf(value))
    case 'yes-no':
      return yesNoSql(field.name, (value.kind === 'yes-no' && value.yes) !== (comparison === '!='))
    case 'time':
      return timeSql(comparison, value)
    case 'number':
      return {
        // A run without the number meets no comparison
        sql: `coalesce(${NUMBER_COLUMNS[field.name]} ${NUMBER_SIGNS[comparison]} ?, 0)`,
        parameters: [numberOf(value)],
      }
    case 'count':
      return {
        sql: `EXISTS (SELECT 1 FROM counts WHERE run_id = run.id AND ${countColumn(field.name)} ${NUMBER_SIGNS[comparison]} ?)`,
        parameters: [numberOf(value)],
      }
    case 'parameter':
      return {
        sql: `EXISTS (SELECT 1 FROM run_parameter WHERE run_id = run.id AND name = ? AND value ${NUMBER_SIGNS[comparison]} ?)`,
        parameters: [field.name, numberOf(value)],
      }
  }
}

function textSql(column: string, comparison: Comparison, text: string): Condition {
  if (comparison === ':') return { sql: `${column} LIKE ? ESCAPE '\\'`, parameters: [containing(text)] }
  return { sql: `${column} ${comparison === '!=' ? '<>' : '='} ? COLLATE NOCASE`, parameters: [text] }
}

function tagSql(comparison: Comparison, text: string): Condition {
  const { sql, parameters } = textSql('name', comparison === '!=' ? '=' : comparison, text)
  const tagged = inExperiments(`SELECT experiment_id FROM tag WHERE removed_at_ms IS NULL AND ${sql}`, parameters)
  return comparison === '!=' ? { sql: `NOT ${tagged.sql}`, parameters } : tagged
}

const YES_SQL = {
  starred: 'starred = 1',
  archived: 'archived_at_ms IS NOT NULL',
  trashed: 'trashed_at_ms IS NOT NULL',
} as const

function yesNoSql(name: keyof typeof YES_SQL, yes: boolean): Condition {
  const { sql } = inExperiments(`SELECT id FROM experiment WHERE ${YES_SQL[name]}`, [])
  return { sql: yes ? sql : `NOT ${sql}`, parameters: [] }
}

/** A day is a span: after it is after its end, and it is met by every moment of it. */
function timeSql(comparison: Comparison, value: QueryValue): Condition {
  if (value.kind !== 'time') throw new TypeError(`A time is compared with a ${value.kind}.`)
  const { fromMs, toMs } = value.time
  const made = (sql: string, ...parameters: readonly number[]): Condition =>
    inExperiments(`SELECT id FROM experiment WHERE ${sql}`, parameters)
  switch (comparison) {
    case ':':
    case '=':
      return made('created_at_ms >= ? AND created_at_ms < ?', fromMs, toMs)
    case '!=':
      return made('created_at_ms < ? OR created_at_ms >= ?', fromMs, toMs)
    case '<':
      return made('created_at_ms < ?', fromMs)
    case '<=':
      return made('created_at_ms < ?', toMs)
    case '>':
      return made('created_at_ms >= ?', toMs)
    case '>=':
      return made('created_at_ms >= ?', fromMs)
  }
}

function inExperiments(select: string, parameters: Condition['parameters']): Condition {
  return { sql: `run.experiment_id IN (${select})`, parameters }
}

/** For LIKE with the escape sign \. */
function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, String.raw`\$&`)}%`
}

/** The list of the counters is the only source of column names. */
function countColumn(name: CountName): string {
  const column = COUNT_NAMES.find((known) => known === name)
  if (column === undefined) throw new RangeError(`There is no counter ${name}.`)
  return column
}

function textOf(value: QueryValue): string {
  if (value.kind !== 'text') throw new TypeError(`A text is compared with a ${value.kind}.`)
  return value.text
}

function numberOf(value: QueryValue): number {
  if (value.kind !== 'number') throw new TypeError(`A number is compared with a ${value.kind}.`)
  return value.number
}
