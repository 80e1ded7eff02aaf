import { afterEach, describe, expect, it } from 'vitest'
import { generateProgram } from './generate/generate-program.ts'
import { readProgram } from './read-program.ts'
import { assertGenerated } from './run/link.ts'
import { EVERYTHING } from './testing/corpus.fixture.ts'
import { calls, outputs, Recorder, run, WIDE } from './testing/scenario.fixture.ts'

/** What would change the world if it were run, and what would leave its place in a JavaScript text. */
const PAYLOADS = [
  'globalThis.injected=1',
  'x;globalThis.injected=1;',
  '(globalThis.injected=1)',
  '"+(globalThis.injected=1)+"',
  "'+(globalThis.injected=1)+'",
  '`${globalThis.injected=1}`',
  '${globalThis.injected=1}',
  '*/globalThis.injected=1/*',
  '*/;globalThis.injected=1;/*',
  '\nglobalThis.injected=1\n',
  '\u2028globalThis.injected=1\u2028',
  '\\u0067lobalThis.injected=1',
  'constructor.constructor("globalThis.injected=1")()',
  'globalThis["injected"]=1',
  'process.exit(1)',
  'import("node:fs")',
  '1n;globalThis.injected=1',
  '0x1.constructor',
  '//\nglobalThis.injected=1',
]

/** Names that mean something to the engine, or that the generator uses itself. */
const NAMES =
  `m fuel d s v1 v2 f1 t1 arguments eval undefined NaN Infinity let await async function class this new delete
  var in of typeof instanceof null import export super with debugger enum_ globalThis process require module constructor
  __proto__ prototype toString valueOf hasOwnProperty BigInt Number Math Object Symbol Proxy Reflect`.split(/\s+/)

function generated(text: string): string | undefined {
  const { program } = readProgram(text, WIDE)
  return program && generateProgram(program, {}).code
}

afterEach(() => {
  expect(globalThis).not.toHaveProperty('injected')
})

/** The stretches of a text in which something could hide. */
const PLACES = [...EVERYTHING.matchAll(/\/\*[^]*?\*\/|\/\/[^\n]*|\w+/g)].map(({ 0: text, index }) => ({ text, index }))

describe('what a scenario says', () => {
  it.each(PAYLOADS)('is never run as JavaScript, wherever it stands: %j', (payload) => {
    let accepted = 0
    for (const { text, index } of PLACES) {
      const isComment = text.startsWith('/')
      const before = EVERYTHING.slice(0, isComment ? index + 2 : index)
      const after = EVERYTHING.slice(isComment ? index + 2 : index + text.length)
      const changed = before + payload + after
      const code = generated(changed)
      if (code === undefined) continue
      accepted += 1
      expect(code).not.toContain('injected')
      expect(() => assertGenerated(code)).not.toThrow()
      run(changed, { recorder: new Recorder(), checkpoint: () => undefined })
    }
    // In a comment most of them are harmless, so some texts run
    expect(accepted).toBeGreaterThan(0)
  })

  it.each(NAMES)('may name anything %s', (name) => {
    const text = `static int ${name}(int n) { int v1 = n; return v1 + 1; }\nvoid scenario(void) { set_cpu(${name}(2)); }`
    expect(calls(text)).toEqual(['cpu 3'])
    expect(outputs(`int ${name} = 4; { int inner = 1; ${name} += inner; } out(${name});`)).toEqual([5n])
    expect(outputs(`int ${name}[2] = { 4 }; ${name}[1] = 5; out(${name}[0] + ${name}[1]);`)).toEqual([9n])
  })

  it('reaches the generated code as integers only', () => {
    const code = generated(EVERYTHING)!
    const words = [...new Set(code.match(/[A-Za-z_$][\w$]*/g))].filter((word) => !/^[vft]\d+$/.test(word))
    const known =
      `asIntN asUintN BigInt Math imul Number address array break case const continue count cpu d default do else for fuel
      function get if ilog2 let m mapRam max min n noValue put quotient rand randSeed remainder return same set setCpu switch task
      taskOrder tick tooDeep true unmapAliases unmapRam unsignedQuotient vmap vunmap while wideAddress wideArray wideGet wideIndex
      widePut wideQuotient wideMin wideMax yield`.split(/\s+/)
    expect(words.filter((word) => !known.includes(word))).toEqual([])
    expect(code).not.toMatch(/["'`\\#@$]/)
  })
})

describe('the gate before evaluation', () => {
  it.each([
    'globalThis',
    'process.exit(1)',
    'm.constructor',
    'm.mapRam.constructor',
    'm["mapRam"](1)',
    "'text'",
    '`text`',
    'v1.x',
    'v1 . x',
    'fuel.x',
    'Math.random()',
    'BigInt.prototype',
    'Number.x',
    'this',
    'eval(1)',
    'import(1)',
    'new v1',
    '/x/.test(v1)',
    'v1 /* c */',
    '// c',
    '\\u0061',
    '𝒳',
    '1.5',
    '0x10',
    'v1x',
    'f',
    'async',
  ])('refuses %s', (code) => {
    expect(() => assertGenerated(code)).toThrow('Generated code has an unknown token')
  })

  it('accepts what the generator writes', () => {
    expect(() => assertGenerated(generated(EVERYTHING)!)).not.toThrow()
  })
})
