import { describe, expect, it } from 'vitest'
import { NARROW, report, WIDE } from '../testing/scenario.fixture.ts'

/** What is said of a body; warnings included. */
function ofBody(body: string): readonly string[] {
  return report(`void scenario(void)\n{\n${body}\n}\n`)
}

describe('C that the lab does not have is refused by name', () => {
  it.each([
    ['goto end;\nend: ;', 'goto is not in the lab’s C'],
    ['struct page *p;', 'structs are not in the lab’s C'],
    ['struct s { int a; } x;', 'Structs are not in the lab’s C'],
    ['union u { int a; } x;', 'Unions are not in the lab’s C'],
    ['enum e { A, B } x;', 'Enums are not in the lab’s C'],
    ['typedef int t;', 'typedef is not in the lab’s C'],
    ['float f = 1;', 'The type float is not in the lab’s C'],
    ['double f;', 'The type double is not in the lab’s C'],
    ['int f = 1.5;', '1.5 is a floating-point number'],
    ['int f = 1e3;', '1e3 is a floating-point number'],
    ['char c;', 'The type char is not in the lab’s C'],
    ["int c = 'a';", 'Character constants are not in the lab’s C'],
    ['int c = "text";', 'Strings are not in the lab’s C'],
    ['short s;', 'The type short is not in the lab’s C'],
    ['long long l;', 'long long is not in the lab’s C'],
    ['long l = 5ll;', '5ll is a long long'],
    ['size_t n = 1;', 'The type size_t is not in the lab’s C; unsigned long is.'],
    ['u32 n = 1;', 'The type u32 is not in the lab’s C; unsigned int is.'],
    ['thing n = 1;', 'thing is no type; accepted are int, unsigned int, long'],
    ['int *p;', 'Of all pointers, only void * is in the lab’s C'],
    ['void **p;', 'Pointers to pointers are not in the lab’s C'],
    ['int i; int j = *i;', 'The operators * and & of pointers'],
    ['int i; void *p = &i;', 'The operators * and & of pointers'],
    ['int a[2][3];', 'Arrays have one dimension in the lab’s C'],
    ['int (*f)(int);', 'pointers to functions'],
    ['int i = scenario;', 'scenario is a function; pointers to functions are not'],
    ['int i; i = p->next;', 'Structs are not in the lab’s C'],
    ['volatile int n;', 'volatile is not in the lab’s C'],
    ['register int n;', 'register is not in the lab’s C'],
    ['extern int n;', 'extern is not in the lab’s C'],
    ['int n = ({ 1; });', 'A block as an expression is not'],
    ['int n = 1 ?: 2;', 'C needs a value between ? and :'],
    ['__asm__("nop");', 'Assembly is not in the lab’s C'],
    ['int inner(void) { return 1; }', 'Functions inside functions are not C'],
    ['int a[4] = { [0 ... 2] = 3 };', 'Ranges of elements, as [0 ... 2], are not in the lab’s C'],
    ['int a[2] = { .x = 3 };', 'Structs are not in the lab’s C'],
    ['int m = 1; typeof(m) n = m;', 'typeof and other macros for types are not'],
    ['int n = sizeof(struct page);', 'Structs are not in the lab’s C'],
    ['int n = 0b11;', '0b11 is no number of C'],
    ["int n = 1'000;", "C has no ' in numbers"],
    ['int n = 08;', '08 is no number of C'],
    ['bool b = TRUE;', 'TRUE is no constant of C'],
    ['int größe = 1;', 'größe is no name here'],
    ['int $n = 1;', '$n is no name here'],
  ])('%s', (body, message) => {
    expect(ofBody(body).join('\n')).toContain(message)
    expect(ofBody(body)[0]).toMatch(/^[34]:\d+ error: /)
  })

  it.each([
    ['#if 1\n#endif\n', '#if is not in the lab’s C'],
    ['#ifdef X\n#endif\n', '#ifdef and #ifndef are not in the lab’s C'],
    ['#define TWICE(x) ((x) * 2)\n', 'Macros with arguments are not in the lab’s C'],
    ['#undef X\n', 'the lab’s C has #define NAME constant only'],
    ['#define NOTHING\n', 'NOTHING has no value'],
    ['#define N 1 + 2\n', 'The value of N needs parentheses'],
    ['#define N 5;\n', 'The value of N is no constant'],
    ['static int i;\n#define N (i + 1)\n', 'The value of N must be a constant'],
    ['int f(int n, ...);\n', 'Functions with … are not in the lab’s C'],
    ['int f(a) int a; { return a; }\n', 'int a; cannot stand here'],
    ['typedef int t;\n', 'typedef is not in the lab’s C'],
    ['static int *f(void) { return 0; }\n', 'f gives a type that is not in the lab’s C'],
    ['static int a[5000000];\n', 'a has 5000000 elements; accepted are 1 to 4194304'],
    ['static int a[3000000], b[3000000];\n', 'With b the arrays have 6000000 elements'],
    ['static int n = rand(1, 2);\n', 'n is outside functions, so its value must be a constant'],
  ])('outside functions: %s', (before, message) => {
    expect(report(`${before}void scenario(void) { }\n`).join('\n')).toContain(message)
  })
})

describe('what is refused is said once', () => {
  it.each([
    'u32 n = 1; set_cpu(n); n++; n += 1;',
    'char text[3] = { 1 }; text[0] = 2; set_cpu(text[1]);',
    'void **p; *p = NULL; vunmap(p[0]);',
    'struct s x; x.a = 3; set_cpu(x.a); x = x;',
    'int m[2][2]; m[1][1] = 0;',
    'int n = 2; int a[n]; a[0] = a[1];',
    'a[0] = a[1];',
  ])('%s', (body) => {
    expect(ofBody(body).filter((line) => line.includes(' error: '))).toHaveLength(1)
  })

  it.each([
    ['struct s { int a; };', ''],
    ['enum { A = 1, B };', 'int n = A + B;'],
    ['typedef int number;', 'number n = 1; set_cpu(n);'],
    ['#ifdef X\n#define A 1\n#else\n#define B 2\n#endif', 'int n = A + B;'],
    ['#define A(n) (n)', 'int n = A(1);'],
    ['#define A', 'int n = A;'],
    ['static float f(float x) { return x; }', 'int n = f(1);'],
    ['static int f(int *p) { return 1; }', 'int n = f(2); task(f, 0);'],
    ['static u32 n[2];', 'n[0] = 1; set_cpu(n[0]); set_cpu(ARRAY_SIZE(n));'],
    ['struct page *pages[64];', 'vm_unmap_ram(vm_map_ram(pages, 1, -1), 1);'],
  ])('outside functions: %s', (before, body) => {
    expect(report(`${before}\nvoid scenario(void)\n{\n${body}\n}\n`)).toHaveLength(1)
  })
})

describe('what is no C either is refused', () => {
  it.each([
    ['int n; int n;', 'n is declared twice'],
    ['int NR_CPUS;', 'NR_CPUS is a name of the lab'],
    ['int min = 3;', 'min is a name of the lab'],
    ['(1 + 2) = 3;', '1 + 2 cannot be assigned to'],
    ['const int n = 1; n = 2;', 'n is const and cannot be assigned to'],
    ['const int n;', 'n is const and needs its value here'],
    ['NR_CPUS = 3;', 'NR_CPUS is no variable'],
    ['int a[3]; a = NULL;', 'a is an array and cannot be assigned to'],
    ['int a[3]; int n = a + 1;', 'a is an array; a[index] is one of its elements'],
    ['int n = 1; n[0] = 2;', 'n is no array'],
    ['int a[2] = { 1, 2, 3 };', 'a has 2 elements, and a value is given for a[2]'],
    ['int a[2] = { [2] = 3 };', 'a has 2 elements, and a value is given for a[2]'],
    ['int a[] = { [70000] = 3 };', 'In braces a[70000] cannot be named; accepted are 0 to 65535'],
    ['int a[2] = { 1, [0] = 3 };', 'a[0] is given two values'],
    ['int a[];', 'a[] needs its number of elements'],
    ['int a[0];', 'a has 0 elements'],
    ['int n = 3; int a[n];', 'The length of a needs a constant'],
    ['int a[70000];', 'the arrays of scenario have 70000 elements; accepted are 65536'],
    ['break;', 'break stands in a loop or a switch'],
    ['switch (1) { case 1: continue; }', 'continue stands in a loop'],
    ['switch (1) { case 1: break; case 1: break; }', 'This switch has case 1 twice'],
    ['int n = 1; switch (n) { case n: break; }', 'case needs a constant'],
    ['switch (1) { vm_unmap_aliases(); }', 'every statement follows a case'],
    ['switch (1) { case 1: ; int n; }', 'A declaration in a switch needs braces'],
    ['return 1;', 'scenario is void, so its return gives no value'],
    ['void *p = 5;', 'p is a pointer, and 5 is an integer'],
    ['int n = NULL;', 'n is of type int, and NULL is a pointer'],
    ['void *p = (void *)4096;', 'An integer cannot become a pointer'],
    ['void *p; int n = (int)p;', 'An address needs the type unsigned long'],
    ['void *p, *q; bool b = p < q;', 'Pointers have no order here'],
    ['void *p; bool b = p == 3;', 'A pointer can be compared with a pointer or NULL'],
    ['void *p; p++;', '++ needs an integer, and p is a pointer'],
    ['void *p = NULL + 1;', 'The operator + needs an integer, and NULL is a pointer'],
    ['int n = vm_unmap_aliases();', 'vm_unmap_aliases() has no value to use'],
    ['int n = pages;', 'pages can only be handed to vm_map_ram and vmap'],
    ['int n, m; n = 1 || m = 2;', 'An assignment inside an expression needs parentheses'],
    ['int n, m; n = 1 ? 2 : m = 3;', 'An assignment inside an expression needs parentheses'],
    ['vm_map_ram(1, 2, 3, 4);', 'Argument 1 of vm_map_ram is pages'],
    ['void *p = vm_map_ram(pages);', 'vm_map_ram takes 3 or 4 arguments, and the call gives 1'],
    [
      'void *p = vm_map_ran(pages, 1, -1, PAGE_KERNEL);',
      'There is no function vm_map_ran; vm_map_ram has a similar name',
    ],
    ['frobnicate();', 'There is no function frobnicate.'],
    ['int n = 99999999999999999999;', '99999999999999999999 does not fit in long of 64 bits'],
    ['case 1: ;', 'case and default stand directly in the braces of a switch'],
  ])('%s', (body, message) => {
    expect(ofBody(body).join('\n')).toContain(message)
  })

  it('by the machine: what fits in a long and in a range', () => {
    const text = 'void scenario(void) { long l = 3000000000; l++; }'
    expect(report(text, WIDE)).toEqual([])
    expect(report(text, NARROW)).toEqual(['1:32 error: 3000000000 does not fit in long of 32 bits.'])
  })
})

describe('warnings', () => {
  it.each([
    ['int n = 0; n == 1;', 'n == 1 has no effect'],
    ['vm_map_ram(pages, 4, -1, PAGE_KERNEL);', 'The address that vm_map_ram answers is dropped'],
    ['void *p = vm_map_ram(pages, 0, -1, PAGE_KERNEL);', 'vm_map_ram of 0 pages fails'],
    ['int n; if (n = 1) n = 2;', 'This condition assigns'],
    ['int n = 1 / 0;', 'The divisor is 0'],
    ['int n = 1 << 32;', 'The shift count is 32'],
    ['int a[2]; a[2] = 1;', 'a has the elements 0 to 1'],
    ['for (;;) vm_unmap_aliases();', 'This loop never ends: it has no break or return'],
    ['int n = 3; while (n) vm_unmap_aliases();', 'This loop never ends: nothing in it changes n'],
    [
      'int n = 3, i; for (i = 0; i < n; n + 1) vm_unmap_aliases();',
      'This loop never ends: nothing in it changes i < n',
    ],
  ])('%s', (body, message) => {
    expect(ofBody(body).join('\n')).toContain(`warning: ${message}`)
    expect(ofBody(body).join('\n')).not.toContain('error')
  })

  it('are not given for loops that end, are left, or wait for another task', () => {
    expect(ofBody('int n = 3; while (n--) ; do n++; while (n < 9); for (;;) { if (rand(1, 2) > 1) break; }')).toEqual(
      [],
    )
    expect(ofBody('int n = 3; while (n) { switch (n) { case 3: n = 0; break; } } while (rand(0, 1)) ;')).toEqual([])
    const waiting =
      'static int done;\nstatic void other(void) { done = 1; }\nvoid scenario(void) { task(other, 0); while (!done) yield(); }'
    expect(report(waiting)).toEqual([])
  })
})
