import type { Runtime } from './runtime.ts'
import type { TaskFunction } from './tasks.ts'

/** The methods of `Runtime` that generated code may call. */
const METHODS =
  `address array count cpu get ilog2 mapAndUnmap mapRam max min noValue put quotient rand randSeed remainder same set setCpu
  task taskOrder tick tooDeep unmapAliases unmapRam unsignedQuotient unsignedRemainder vmap vunmap wideAddress wideArray
  wideCount wideGet wideIlog2 wideIndex wideMax wideMin widePut wideQuotient wideRemainder`.split(/\s+/)

/** Those of `WatchedRuntime`, in watched code. */
const WATCHED_METHODS = ['frame', 'globals', 'newTask', 'operationsMade', 'see']

const WORDS = `break case const continue default do else false for function if let return switch true undefined while
  yield`.split(/\s+/)

/** Everything that generated code can be made of: names with a number, integers, known words and calls, operators. */
const TOKEN = new RegExp(
  [
    String.raw`\s+`,
    String.raw`[vft]\d+\b`,
    String.raw`\d+n?\b`,
    String.raw`(?:${WORDS.join('|')}|fuel|m|d|s)\b(?!\.)`,
    String.raw`m\.(?:${[...METHODS, ...WATCHED_METHODS].join('|')})\(`,
    String.raw`Math\.imul\(|BigInt\.as(?:Int|Uint)N\(64, |BigInt\.as(?:Int|Uint)N\(32, |BigInt\(|Number\(`,
    String.raw`[-+*/%&|^~!<>=?:;,(){}[\]]`,
  ].join('|'),
  'y',
)

export type Linked =
  | { readonly hasTasks: false; readonly entry: (depth: number) => void }
  | { readonly hasTasks: true; readonly entry: TaskFunction }

/** @throws {Error} for text that the generator does not write, whatever it may be: a defect of the lab. */
export function assertGenerated(code: string): void {
  let position = 0
  while (position < code.length) {
    TOKEN.lastIndex = position
    if (!TOKEN.test(code))
      throw new Error(`Generated code has an unknown token at ${position}: ${code.slice(position, position + 20)}`)
    position = TOKEN.lastIndex
  }
}

/**
 * Makes generated text a program, to be put on the runtime of each run. Only text that `assertGenerated` accepts is ever
 * evaluated.
 */
export function linkProgram(code: string, hasTasks: boolean): (runtime: Runtime) => Linked {
  assertGenerated(code)
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the checked text above is all that gets here
  const program = new Function('m', `'use strict';\n${code}`) as (m: Runtime) => Linked['entry']
  return (runtime) => ({ hasTasks, entry: program(runtime) }) as Linked
}
