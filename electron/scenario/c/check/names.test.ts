import { describe, expect, it } from 'vitest'
import { calls, check, fixed, report } from '../testing/scenario.fixture.ts'

describe('an undeclared name', () => {
  it('in a statement list becomes a parameter when nothing gives it a value', () => {
    const text = 'vm_unmap_aliases();\nif (iters > 2)\n  vm_unmap_aliases();\n'
    expect(report(text)).toEqual([
      '2:5 warning: iters is not declared and never set, so it is a parameter: 1000, from 1 to 1000000.',
    ])
    expect(check(text).parameters).toMatchObject([
      { name: 'iters', min: 1, max: 1_000_000, default: 1000, defaultAt: undefined },
    ])
    expect(calls(text, { parameters: { iters: 2 } })).toEqual(['aliases'])
    expect(fixed(text)).toBe(`static int iters = 1000; /* 1..1000000: iters */\n\n${text}`)
  })

  it('is otherwise declared by the fix, as what it is used for', () => {
    const text =
      '  for (i = 0; i < 2; i++) {\n    vaddr = vm_map_ram(pages, 1, -1, PAGE_KERNEL);\n    vm_unmap_ram(vaddr, 1);\n  }\n'
    expect(report(text)).toEqual(['1:8 error: i is not declared.', '2:5 error: vaddr is not declared.'])
    expect(fixed(text)).toBe(`  void *vaddr;\n  int i;\n${text}`)
    expect(calls(fixed(text))).toHaveLength(4)
  })

  it('in a function is declared there, or proposed as a parameter', () => {
    expect(fixed('void scenario(void)\n{\n\tfor (i = 0; i < 2; i++)\n\t\tvm_unmap_aliases();\n}\n')).toBe(
      'void scenario(void)\n{\n\tint i;\n\tfor (i = 0; i < 2; i++)\n\t\tvm_unmap_aliases();\n}\n',
    )
    expect(
      fixed('void scenario(void)\n{\n\tint i;\n\n\tfor (i = 0; i < rounds; i++)\n\t\tvm_unmap_aliases();\n}\n'),
    ).toContain('static int rounds = 1000; /* 1..1000000: rounds */\n')
  })

  it('may be a slip of the keyboard', () => {
    expect(report('void scenario(void) { int count = 1; count = cuont + 1; }')).toEqual([
      '1:46 error: cuont is not declared; count has a similar name.',
    ])
    expect(fixed('void scenario(void) { int n = VMAP_MAX_ALOC; n++; }')).toContain('VMAP_MAX_ALLOC')
  })

  it('is said once', () => {
    expect(report('void scenario(void) { x = 1; x = x + 1; x++; }')).toHaveLength(1)
  })

  it('that begins like something of JavaScript is a name like any other', () => {
    for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty', 'prototype']) {
      expect(report(`void scenario(void) { ${name}(); }`)).toEqual([
        `1:23 error: There is no function ${name}. Define it above, or use a call of the lab.`,
      ])
      expect(report(`void scenario(void) { int ${name} = 1; ${name}++; }`)).toEqual([])
    }
  })
})

describe('functions', () => {
  const later = 'void scenario(void)\n{\n\tpair(3);\n}\n\nstatic void pair(int n)\n{\n\tint m = n;\n\n\tm++;\n}\n'

  it('are declared before they are used, as C wants, and the fix does it', () => {
    expect(report(later)).toEqual([
      '3:2 error: pair is used before line 6, where it is defined; C needs it to be declared above.',
    ])
    expect(fixed(later)).toBe(`static void pair(int n);\n\n${later}`)
  })

  it('agree with their declarations', () => {
    expect(report('static int f(int n);\nstatic int f(long n) { return n; }\nvoid scenario(void) { }')).toEqual([
      '2:12 error: f is declared with other types above.',
    ])
    expect(report('static int f(int n);\nvoid scenario(void) { int i = f(1); i++; }').join()).toContain(
      'f is declared and never defined',
    )
    expect(report('static void f(void) { }\nstatic void f(void) { }\nvoid scenario(void) { }').join()).toContain(
      'f is defined twice',
    )
    expect(report('static void f(int a, int a) { }\nvoid scenario(void) { f(1, 2); }').join()).toContain(
      'a is declared twice',
    )
  })

  it('begin with scenario(), which the fix adds around the last one', () => {
    const text =
      'static void leak(struct page *pages[16], int iters)\n{\n\twhile (iters--)\n\t\t(void)vm_map_ram(pages, 16, -1, PAGE_KERNEL);\n}\n'
    expect(report(text)).toEqual([
      '1:1 error: There is no function scenario, where the run begins: void scenario(void).',
    ])
    expect(check(fixed(text)).parameters.map(({ name }) => name)).toEqual(['iters'])
    expect(calls(fixed(text), { parameters: { iters: 2 } })).toEqual(['map 16', 'map 16'])
    expect(report('static int n;\n')[0]).toContain('There is no function scenario')
    expect(calls(fixed('static int n;\n'))).toEqual([])
    expect(report('int scenario(void) { return 1; }')[0]).toContain(
      'The entry takes and gives nothing: void scenario(void)',
    )
    expect(report('void scenario(void) { }\nvm_unmap_aliases();')[0]).toContain('This stands outside functions')
  })
})
