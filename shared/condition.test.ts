import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileExpression, ConditionError, parseCondition } from './condition.ts'

const VALUES = { live_blocks: 120, cpu: 1, pages: 16 } as Readonly<Record<string, number>>

function evaluate(text: string): number {
  return compileExpression(parseCondition(text).expression, (name) => () => VALUES[name] ?? 0)()
}

function problem(text: string): string {
  try {
    parseCondition(text)
  } catch (error) {
    if (error instanceof ConditionError) return error.message
    throw error
  }
  return ''
}

describe('a condition', () => {
  it.each([
    ['live_blocks > 100 && cpu == 1', 1],
    ['live_blocks > 200 || pages >= 16', 1],
    ['!(cpu == 1)', 0],
    ['!cpu == 0', 1],
    ['2 + 3 * 4 - -1', 15],
    ['100 - 10 - 1', 89],
    ['-7 / 2', -3],
    ['7 % 4 + 7 % 0 + 7 / 0', 3],
    ['1 < 2 == 1', 1],
    ['0 && 1 || 1', 1],
    ['failed', 0],
  ])('%s is %d', (text, value) => {
    expect(evaluate(text)).toBe(value)
  })

  it('has the precedence that JavaScript has, which for these operators is that of C', () => {
    const rest = fc.array(fc.tuple(fc.constantFrom('+', '-', '*'), fc.integer({ min: 0, max: 9 })), { maxLength: 12 })
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9 }), rest, (first, parts) => {
        const text = [String(first), ...parts.map(([operator, value]) => `${operator} ${value}`)].join(' ')
        // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- digits and operators alone
        expect(evaluate(text)).toBe(new Function(`return ${text}`)())
      }),
    )
  })

  it('knows whether it asks for something of the operation itself', () => {
    expect(parseCondition('live_blocks > 100').asksOperation).toBe(false)
    expect(parseCondition('free_vmap_block >= 3 && listed_blocks').asksOperation).toBe(false)
    expect(parseCondition('live_blocks > 100 && cpu == 1').asksOperation).toBe(true)
  })

  it.each([
    ['', 'column 1: a number, a name or "(" is expected; the condition ends here'],
    ['live_blocks >', 'column 14: a number, a name or "(" is expected; the condition ends here'],
    ['live_blocks > && 1', 'column 15: a number, a name or "(" is expected; "&&" stands here'],
    ['live_blocks = 3', 'column 13: "=" is no part of a condition; "==" compares'],
    ['cpu == 1 & failed', 'column 10: "&" is no part of a condition; "&&" joins two conditions'],
    ['  live_block > 3', 'column 3: "live_block" is not known; accepted are: operation, cpu, '],
    ['(cpu == 1', 'column 10: ")" is expected for the "(" in column 1'],
    ['cpu 1', 'column 5: an operator is expected before "1"'],
    ['pages > 99999999999999999999', 'column 9: 99999999999999999999 is too large'],
    ['1.5', 'column 2: "." is no part of a condition'],
    [`${'('.repeat(101)}1${')'.repeat(101)}`, 'column 101: this nests deeper than 100 levels'],
    [' '.repeat(1001), 'column 1001: the condition has 1001 characters; accepted are 1000'],
  ])('%j is refused', (text, message) => {
    expect(problem(text).slice(0, message.length)).toBe(message)
  })

  it('is read, or refused with a column inside of it, whatever is typed', () => {
    const part = fc.constantFrom('cpu', 'pages', '(', ')', '!', '-', '&&', '&', '==', '=', '12', ' ', '$', '<', '\n')
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        const text = parts.join('')
        try {
          expect(Number.isInteger(compileExpression(parseCondition(text).expression, () => () => 1)())).toBe(true)
        } catch (error) {
          if (!(error instanceof ConditionError)) throw error
          expect(error.column).toBeGreaterThanOrEqual(1)
          expect(error.column).toBeLessThanOrEqual(text.length + 1)
        }
      }),
    )
  })
})
