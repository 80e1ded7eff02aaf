import type { ParameterValues } from '../../../../shared/scenario.ts'
import { isArray, type FunctionSymbol, type Global, type Program, type Variable } from '../ast.ts'
import { expressionsWithin } from '../ast-parts.ts'
import type { Place } from '../diagnostics.ts'
import { DEPTH_MAX } from '../run/arithmetic.ts'
import { findCallFacts, type CallFacts } from './call-facts.ts'
import { costOf } from './cost.ts'
import { FunctionWriter, Sites } from './function-writer.ts'
import { functionName, variableName } from './generated-names.ts'
import { findMaybeUnset } from './maybe-unset.ts'
import { literalText, representationOf } from './representation.ts'
import { arrayLines, StatementWriter } from './statements.ts'
import { ScopeWriter, type WatchedScope } from './watched-scope.ts'

export interface GeneratedProgram {
  /** The body of a function of `m` (run/runtime.ts) that answers the entry: a function, or a generator function of tasks. */
  readonly code: string
  readonly hasTasks: boolean
  /** By site number. */
  readonly places: readonly Place[]
  /** By the number that frames have in the code. */
  readonly scopes: readonly WatchedScope[]
  /** Those that the code offers to whoever watches, in that order. */
  readonly globals: readonly Variable[]
}

/**
 * JavaScript with the meaning of a program. All names in it are made here; from the source come only integers. `watched` code
 * offers its variables at each call of the allocator (run/watched-runtime.ts), and is slower.
 */
export function generateProgram(program: Program, parameters: ParameterValues, watched = false): GeneratedProgram {
  const facts = findCallFacts(program)
  const sites = new Sites()
  const scopes: WatchedScope[] = []
  const globals = [...program.parameters, ...program.globals]
    .map(({ variable }) => variable)
    .filter(({ type }) => type !== 'pages')
  const lines = [
    'let fuel = 0;',
    ...program.parameters.map(({ variable, info }) => {
      const value = BigInt(parameters[info.name] ?? info.default)
      return globalLines({ variable, initial: [value] }, program).join('')
    }),
    ...program.globals.flatMap((global) => globalLines(global, program)),
    ...[...facts.reachable].flatMap((symbol) =>
      functionLines(symbol, program, facts, sites, watched ? scopes : undefined),
    ),
    ...(watched ? [`m.globals(() => [${globals.map(variableName).join(', ')}]);`] : []),
    `return ${functionName(program.entry)};`,
  ]
  return { code: `${lines.join('\n')}\n`, hasTasks: facts.hasTasks, places: sites.places, scopes, globals }
}

function globalLines({ variable, initial }: Global, { wordBits }: Program): readonly string[] {
  const { type } = variable
  if (type === 'pages') return []
  const name = variableName(variable)
  const kept = representationOf(isArray(type) ? type.element : type, wordBits)
  const values = initial.map((value) => literalText(value, kept))
  if (isArray(type)) return arrayLines(name, type, kept, values, 'zero')
  return [`let ${name} = ${values[0] ?? literalText(0n, kept)};`]
}

function functionLines(
  symbol: FunctionSymbol,
  { wordBits }: Program,
  facts: CallFacts,
  sites: Sites,
  scopes: WatchedScope[] | undefined,
): readonly string[] {
  const { body, returns } = symbol
  if (body === undefined) return []
  const scope = scopes && new ScopeWriter(symbol, scopes)
  const writer = new FunctionWriter(symbol, wordBits, facts, sites, findMaybeUnset(symbol), scope)
  const statements = new StatementWriter(writer)
  const lines = statements.list(body.statements)
  const parameters = symbol.parameters.filter(({ type }) => type !== 'pages').map(variableName)
  const isDeep = facts.deep.has(symbol)
  const inside = [
    ...(writer.temporaries.length > 0 ? [`let ${writer.temporaries.join(', ')};`] : []),
    ...(isDeep ? [`if (d > ${DEPTH_MAX}) m.tooDeep(${writer.site(symbol.at)});`] : []),
    ...(countsSteps(symbol) ? [`if ((fuel -= ${costOf(body)}) < 0) fuel = m.tick(${writer.site(symbol.at)});`] : []),
    ...lines,
    // In C only the use of the missing value is an error; here it is an error to come to the end without one
    ...(returns === 'void' ? [] : [`m.noValue(${writer.site(symbol.at)});`]),
  ]
  const star = facts.suspending.has(symbol) ? '*' : ''
  const given = [...parameters, ...(isDeep ? ['d'] : []), ...(scope ? ['s'] : [])]
  const head = `function${star} ${functionName(symbol)}(${given.join(', ')}) {`
  return [head, ...inside.map((line) => `  ${line}`), '}']
}

/** Steps that a function may take without counting them. */
const UNCOUNTED_STEPS_MAX = 4

/**
 * True when calls of a function can be what a run spends its time with: functions that call each other need no loop for
 * that. A short function that calls nothing is part of what its caller counts.
 */
function countsSteps({ body }: FunctionSymbol): boolean {
  if (body === undefined) return false
  return costOf(body) > UNCOUNTED_STEPS_MAX || expressionsWithin(body).some(({ kind }) => kind === 'call')
}
