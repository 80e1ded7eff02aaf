import { describe, expect, it } from 'vitest'
import { calls, check, edited, fixed, NARROW, report, WIDE } from '../testing/scenario.fixture.ts'

const SCENARIO = 'void scenario(void) { }\n'

describe('a parameter', () => {
  it('is a static integer with a range behind it', () => {
    const text = `static int iters = 1000; /* 1..1000000: outer iterations */
static unsigned int pages_max = 0x10;	// 0x1..0x40
static long offset = -5; /* -10 .. 10 : may be
	negative */
static int plain = 3;
static int count = 4; /* how many */
${SCENARIO}`
    expect(check(text).diagnostics).toEqual([])
    expect(check(text).parameters).toMatchObject([
      { name: 'iters', help: 'outer iterations', min: 1, max: 1_000_000, default: 1000 },
      { name: 'pages_max', help: '', min: 1, max: 64, default: 16 },
      { name: 'offset', help: 'may be negative', min: -10, max: 10, default: -5 },
    ])
  })

  it('tells where its default stands, so that a form can change it', () => {
    const text = `static int iters = 1000; /* 1..1000000: outer iterations */\n${SCENARIO}`
    const place = check(text).parameters[0]!.defaultAt!
    expect(text.slice(place.from, place.to)).toBe('1000')
    expect(place).toMatchObject({ line: 1, column: 20, endLine: 1, endColumn: 24 })
    expect(check(edited(text, [{ from: place.from, to: place.to, insert: '42' }])).parameters[0]!.default).toBe(42)
  })

  it('may have constants of the machine as bounds and default', () => {
    const text = `#define MOST (VMAP_MAX_ALLOC * 2)
static int cpu = NR_CPUS - 1; /* 0..NR_CPUS - 1: where */
static int size = VMAP_MAX_ALLOC; /* 1..MOST: pages */
${SCENARIO}`
    expect(check(text, WIDE).parameters).toMatchObject([
      { max: 63, default: 63 },
      { max: 128, default: 64 },
    ])
    expect(check(text, NARROW).parameters).toMatchObject([
      { max: 7, default: 7 },
      { max: 64, default: 32 },
    ])
  })

  it('has the value of the run, and may change like any variable', () => {
    const text = 'static int n = 2; /* 1..9: maps */\nvoid scenario(void) { while (n--) vm_unmap_aliases(); }'
    expect(calls(text)).toHaveLength(2)
    expect(calls(text, { parameters: { n: 5 } })).toHaveLength(5)
  })

  it.each([
    ['static int n = 0; /* 1..9 */', 'The default of n is 0; its range is 1 to 9.'],
    ['static int n = 5; /* 9..1 */', 'The range of n is 9..1, and its minimum is above its maximum.'],
    [
      'static int n = 5; /* 1..9999999999 */',
      'The range of n is 1..9999999999; accepted are -2147483648 to 2147483647.',
    ],
    ['static unsigned int n = 5; /* -1..9 */', 'accepted are 0 to 4294967295.'],
    ['static int n = 5; /* 1..MANY */', 'MANY is no bound of a range'],
    ['static int n = 5; /* 1..1,000: n */', '1,000 is no bound of a range'],
    ['static int n = 5; /* 1..1 << 20: n */', '1 << 20 is no bound of a range'],
    ['static int n; /* 1..9 */', 'n is a parameter and needs a default'],
    ['static void *p; /* 1..9 */', 'p has a range, as a parameter has, and is no integer.'],
  ])('%s is refused', (line, message) => {
    expect(report(`${line}\n${SCENARIO}`).join()).toContain(message)
  })

  it('has two dots in its range, which the fix puts right', () => {
    const text = `static int n = 5; /* 1...9: n */\n${SCENARIO}`
    expect(report(text)).toEqual(['1:19 error: A range is written with two dots: min..max.'])
    expect(fixed(text)).toBe(text.replace('...', '..'))
  })

  it('is known even when something else is wrong with the text', () => {
    expect(check('static int n = 5; /* 1..9: n */\nvoid scenario(void) { x = y; }').parameters).toMatchObject([
      { name: 'n' },
    ])
  })
})
