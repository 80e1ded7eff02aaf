export { completionsAt, type Completion, type Completions, type QueryNames } from './complete.ts'
export { chosenValue, quotedIfNeeded, withChoice, withoutChoice } from './edit.ts'
export { FIELD_HELP, fieldOf, type QueryField, type RunNumber, type TextField, type YesNoField } from './fields.ts'
export { parseQuery } from './parse.ts'
export {
  problemText,
  QUERY_LENGTH_MAX,
  type Comparison,
  type ParsedQuery,
  type QueryNode,
  type QueryProblem,
  type QueryValue,
} from './query.ts'
