import { describe, expect, it } from 'vitest'
import { SCENARIO_LENGTH_MAX } from '../../../../shared/scenario.ts'
import { check, fixed, report } from '../testing/scenario.fixture.ts'
import { NESTING_MAX } from './parse.ts'

function scenario(body: string): string {
  return `void scenario(void)\n{\n${body}\n}\n`
}

describe('a text that is no C', () => {
  it.each([
    [
      'a forgotten ;',
      '\tint n = 1\n\n\tn++;',
      '3:10 error: A ; is missing after “int n = 1”.',
      '\tint n = 1;\n\n\tn++;',
    ],
    [
      'a forgotten ; before }',
      '\tvm_unmap_aliases()',
      '3:19 error: A ; is missing after “vm_unmap_aliases()”.',
      '\tvm_unmap_aliases();',
    ],
    [
      'a ; in a comment’s place',
      '\tint n = 1 /* one */\n\tn++;',
      '3:10 error: A ; is missing after “int n = 1”.',
      '\tint n = 1; /* one */\n\tn++;',
    ],
    [
      '=<',
      '\tint n = 1;\n\tif (n =< 2) n++;',
      '4:8 error: C has no operator =<; <= is one.',
      '\tint n = 1;\n\tif (n <= 2) n++;',
    ],
    [
      '=>',
      '\tint n = 1;\n\tif (n => 2) n++;',
      '4:8 error: C has no operator =>; >= is one.',
      '\tint n = 1;\n\tif (n >= 2) n++;',
    ],
    [
      'a ) too few',
      '\tif (rand(1, 2) {\n\t\tvm_unmap_aliases();\n\t}',
      '3:5 error: This ( is not closed; a ) is missing before line 3 goes on.',
      '\tif (rand(1, 2)) {\n\t\tvm_unmap_aliases();\n\t}',
    ],
    [
      'a ) too few in a call',
      '\tset_cpu(1;',
      '3:9 error: This ( is not closed; a ) is missing before line 3 goes on.',
      '\tset_cpu(1);',
    ],
    ['a ) too many', '\tset_cpu(1));', '3:12 error: This ) closes nothing.', '\tset_cpu(1);'],
  ])('%s', (_, body, message, repaired) => {
    expect(report(scenario(body))[0]).toBe(message)
    expect(fixed(scenario(body))).toBe(scenario(repaired))
  })

  it('says which brace has no partner, going by the indentation', () => {
    const text = scenario('\tfor (;;) {\n\t\tif (rand(0, 1)) {\n\t\t\tbreak;\n\t}')
    expect(report(text)).toEqual([
      '4:19 error: This { is not closed; going by the indentation, its } is missing before line 6.',
    ])
    expect(check(fixed(text)).diagnostics).toEqual([])
    expect(report('void scenario(void)\n{\n')).toEqual(['2:1 error: This { is not closed before the end of the text.'])
    expect(report('void scenario(void)\n{\n}\n}\n')).toEqual(['4:1 error: This } closes nothing.'])
  })

  it.each([
    ['/* no end', 'This comment is not closed; a comment ends with */.'],
    ['int n = "abc;', 'This " is not closed before the end of its line.'],
    ["int n = 'a;", "This ' is not closed before the end of its line."],
    ['int n = ;', 'Something is missing after “int n =”: a name or a value is expected.'],
    ['else vm_unmap_aliases();', 'This else has no if before it.'],
    ['int for = 1;', 'for'],
    ['@', '“@” cannot be read as C here.'],
    ['for (int i = 0; i < 3, i++) set_cpu(i);', 'The head of a for has two ; in it'],
  ])('%s', (body, message) => {
    expect(report(scenario(body)).join('\n')).toContain(message)
  })

  it.each([
    ['fro (;;) break;', 'fro is no word of C; for is.', 'for (;;) break;'],
    ['whlie (1) { break; }', 'whlie is no word of C; while is.', 'while (1) { break; }'],
    ['if (1) { } esle { }', 'esle is no word of C; else is.', 'if (1) { } else { }'],
    ['unisgned int n = 1; n++;', 'unisgned is no word of C; unsigned is.', 'unsigned int n = 1; n++;'],
    ['unsinged n = 1; n++;', 'unsinged is no type; unsigned has a similar name.', 'unsigned n = 1; n++;'],
    ['for (;;) brek;', 'brek is not declared; break has a similar name.', 'for (;;) break;'],
    ['int n = 1; if (unlikely(n)) n++;', 'unlikely is not in the lab’s C', 'int n = 1; if ((n)) n++;'],
    ['int n __maybe_unused = 1; n++;', '__maybe_unused is not in the lab’s C.', 'int n  = 1; n++;'],
    ['/* a /* b */ vm_unmap_aliases(); */', 'This */ closes no comment', '/* a /* b */ vm_unmap_aliases(); '],
  ])('%s', (body, message, repaired) => {
    expect(report(scenario(body))).toEqual([expect.stringContaining(message)])
    expect(fixed(scenario(body))).toBe(scenario(repaired))
  })

  it.each([
    ['switch (1) { case 1 ... 3: break; }', 'Ranges of cases, as 1 ... 3, are not in the lab’s C'],
    ['printk(KERN_ERR "text\\n");', 'Strings are not in the lab’s C.'],
    ['int n = _Generic(1, int: 2, default: 3);', '_Generic is not in the lab’s C.'],
    ['for_each_online_cpu(cpu) { set_cpu(cpu); }', 'for_each_online_cpu(…) { begins no block in C'],
    ['for (int i = 0, i < 4, i++) set_cpu(i);', 'The head of a for has two ; in it'],
    ['printk("text");', 'There is no function printk; a run shows its calls without it.'],
  ])('%s', (body, message) => {
    expect(report(scenario(body))).toEqual([expect.stringContaining(message)])
  })

  it('may be a kernel module, or have functions without types', () => {
    const module =
      'static int n = 1;\nmodule_param(n, int, 0644);\nvoid scenario(void) { n++; }\nmodule_init(scenario);\n'
    expect(report(module)).toEqual([
      expect.stringContaining('2:1 error: module_param is of a kernel module'),
      expect.stringContaining('4:1 error: module_init is of a kernel module'),
    ])
    expect(report('scenario()\n{\n}\n')).toEqual([expect.stringContaining('The function scenario needs a type')])
    expect(fixed('scenario()\n{\n}\n')).toBe('void scenario()\n{\n}\n')
  })

  it('may have come from a mail: other spaces, dashes and quotes, marks in front of lines', () => {
    const good = 'int n = 3;\n\nwhile (n - 1 >= 1)\n  n--; /* – “so” */\n'
    const spaced = good
      .replace('int n', '\u00a0int\u00a0n')
      .replace(' - ', ' – ')
      .replace('>=', '≥')
      .replace('  n--', '\u200b  n--')
    expect(report(spaced)).toEqual([
      '1:1 error: The character U+00A0 is no C; a plain space or nothing is probably meant.',
    ])
    expect(fixed(spaced)).toBe(good.replace('int n', ' int n'))
    for (const mark of ['> ', '>', '+']) {
      const quoted = good.replace(/^(?=.)/gm, mark)
      expect(report(quoted)).toEqual([
        `1:1 error: Every line begins with ${mark.trim()}, as in a quoted mail or a patch.`,
      ])
      expect(fixed(quoted)).toBe(good)
    }
  })

  it('is refused when it is too long or nests too deep, naming the limit', () => {
    expect(report(' '.repeat(SCENARIO_LENGTH_MAX + 1))).toEqual([
      `1:${SCENARIO_LENGTH_MAX + 1} error: The text has ${SCENARIO_LENGTH_MAX + 1} characters; accepted are ${SCENARIO_LENGTH_MAX}.`,
    ])
    const deep = `int n = ${'('.repeat(400)}1${')'.repeat(400)};`
    expect(report(scenario(deep)).join()).toContain(
      `This nests deeper than ${NESTING_MAX} levels; accepted are ${NESTING_MAX}.`,
    )
  })

  it.each(['task(', 'task(){', ';f(', 'for(', 'x ', '++ /*', '; ~ << > '])(
    'is given up in time when it is nothing but %s',
    (piece) => {
      const startedMs = performance.now()
      expect(report(piece.repeat(100_000 / piece.length))).not.toEqual([])
      expect(performance.now() - startedMs).toBeLessThan(8000)
      // The parser is as good as new
      expect(report('vm_unmap_aliases();')).toEqual([])
    },
  )

  it('brings no further complaints about what the grammar made of it', () => {
    expect(report(scenario('\tfor (;;) {\n\t\tx = y z;'))).toHaveLength(1)
  })
})

describe('C that the grammar reads differently', () => {
  it.each([
    'int n = 3, m; m = (n) - 1; m = (n)-1; m = (n)-1 * 2; m = (n) & 1; m = (n) * (m);',
    'int n = 3, m; m = (int)(n) - 1; m = (unsigned long)(n) & (m); m = ((n)) + 1; m = -(n) - (m);',
    'int a[3] = { 1, 2, 3 }, m = 0; m = (a[m]) && (m); m = (a[(m)]) & 1; m = (a[1]) - 1;',
    'int n = 3, m; m = -n++; m = !n--; m = (n)++; m = sizeof(n) * 2; m = sizeof(int) * n; if ((n) == 3) m = (n);',
    'int n = 2, m; for (m = (n); (m) > 0; (m)--) if ((m) - 1) continue; (n) = (m); (void)(n);',
  ])('%s', (body) => {
    expect(report(scenario(body)).filter((line) => line.includes('error'))).toEqual([])
  })
})
