import { describe, expect, it } from 'vitest'
import {
  calls,
  evaluate,
  NARROW,
  OUT_FUNCTION,
  outputs,
  Recorder,
  report,
  run,
  WIDE,
} from './testing/scenario.fixture.ts'

describe('integers', () => {
  it.each([
    ['2 + 3 * 4', 14n],
    ['(2 + 3) * 4', 20n],
    ['10 - 4 - 3', 3n],
    ['-7 / 2', -3n],
    ['-7 % 2', -1n],
    ['7 / -2', -3n],
    ['1 << 4 | 3', 19n],
    ['6 & 3 == 3', 0n],
    ['-16 >> 2', -4n],
    ['~5', -6n],
    ['!5 + !0', 1n],
    ['1 < 2 == 1', 1n],
    ['3 > 2 > 1', 0n],
    ['1 ? 2 : 0 ? 3 : 4', 2n],
    ['0 || 2 && 3', 1n],
    ['010 + 0x10', 24n],
    ['min(3, -4) + max(2, 1)', -2n],
    ['ilog2(1) + ilog2(1023) + ilog2(64)', 15n],
    ['sizeof(int) + sizeof(bool)', 5n],
  ])('%s is %s', (expression, value) => {
    expect(evaluate(expression)).toBe(value)
    expect(evaluate(expression, NARROW)).toBe(value)
  })

  it('wrap around, signed ones too', () => {
    expect(outputs('int i = INT_MAX; i++; out(i); unsigned int u = 0; u--; out(u); i = 65536; out(i * i);')).toEqual([
      -2147483648n,
      4294967295n,
      0n,
    ])
  })

  it('have a long of the machine word', () => {
    const body =
      'long l = INT_MAX; l = l * 2 + 2; out(l); out(sizeof(long)); out(BITS_PER_LONG); out(ULONG_MAX == -1ul);'
    expect(outputs(body, WIDE)).toEqual([4294967296n, 8n, 64n, 1n])
    expect(outputs(body, NARROW)).toEqual([0n, 4n, 32n, 1n])
  })

  it('convert as C does: an unsigned operand makes the other one unsigned', () => {
    expect(outputs('int i = -1; unsigned int u = 1; long l = -1; out(i < u); out(l < u);', WIDE)).toEqual([0n, 1n])
    expect(outputs('int i = -1; unsigned int u = 1; long l = -1; out(i < u); out(l < u);', NARROW)).toEqual([0n, 0n])
  })

  it('are 0 or 1 as bool', () => {
    expect(outputs('bool b = 256; out(b); b = b + b; out(b); b = NULL; out(b);')).toEqual([1n, 1n, 0n])
  })

  it('of constants have the types of C', () => {
    expect(outputs('out(-2147483648 < 0); out(0x80000000 > 0); out(sizeof(2147483648)); out(sizeof(1ul));')).toEqual([
      1n,
      1n,
      8n,
      8n,
    ])
  })
})

describe('operators that change a variable', () => {
  it('give the value before or after', () => {
    const body = 'int i = 5; out(i++); out(i); out(--i); out(i--); out(-i++); out(!i--); out(i);'
    expect(outputs(body)).toEqual([5n, 6n, 5n, 5n, -4n, 0n, 4n])
  })

  it('work in the wider of two types and store in the target’s', () => {
    expect(
      outputs('unsigned int u = 10; u += 4294967290ul; out(u); int i = -1; i >>= 1; out(i); i /= 2u; out(i);'),
    ).toEqual([4n, -1n, 2147483647n])
  })

  it('compute the index of an element once', () => {
    expect(outputs('int a[3] = { 1, 2, 3 }; int i = 0; a[i++] += 10; a[i++]++; out(i); out(a[0]); out(a[1]);')).toEqual(
      [2n, 11n, 3n],
    )
  })

  it('may be in the first value of the very variable', () => {
    expect(outputs('int n = n = 3, k = (k = 4, k + 1); out(n); out(k);')).toEqual([3n, 5n])
  })

  it('can be chained and used as values', () => {
    expect(outputs('int a, b; a = b = 3; out(a + b); out((a += 2) * 2); out((a, b));')).toEqual([6n, 10n, 3n])
  })
})

describe('statements', () => {
  it('choose: if, else, the dangling else', () => {
    expect(
      outputs('int i = 2; if (i > 1) if (i > 5) out(1); else out(2); if (!i) out(3); else if (i == 2) out(4);'),
    ).toEqual([2n, 4n])
  })

  it('repeat: for, while, do', () => {
    expect(outputs('for (int i = 0, j = 5; i < j; i++, j--) out(i * j);')).toEqual([0n, 4n, 6n])
    expect(outputs('int n = 3; while (n--) out(n);')).toEqual([2n, 1n, 0n])
    expect(outputs('int n = 0; do out(n); while (++n < 2);')).toEqual([0n, 1n])
  })

  it('leave: break, continue, return', () => {
    expect(
      outputs('for (int i = 0; ; i++) { if (i == 1) continue; if (i == 4) break; out(i); } return; out(9);'),
    ).toEqual([0n, 2n, 3n])
    expect(outputs('int n = 5; do { if (n == 3) continue; out(n); } while (--n > 1);')).toEqual([5n, 4n, 2n])
  })

  it('switch, with fallthrough and default anywhere', () => {
    const body = `for (int i = 0; i < 5; i++) switch (i) {
      case 0: out(10); break;
      default: out(99);
      case 1: out(11);
      case 2: { out(12); break; }
      case 2 + 1: continue;
    }`
    expect(outputs(body)).toEqual([10n, 11n, 12n, 12n, 99n, 11n, 12n])
  })

  it('give the elements of arrays values by index, the rest being 0', () => {
    const before = '#define LAST 4\nstatic long wide[] = { [LAST] = 5, 6, [1] = 7 };'
    const body =
      'int a[5] = { 1, [3] = 4, 5 }; out(a[0] + 10 * a[1] + 100 * a[3] + 1000 * a[4]); out(wide[1]); out(ARRAY_SIZE(wide)); out(wide[5] + wide[0]);'
    expect(outputs(body, WIDE, before)).toEqual([5401n, 7n, 6n, 6n])
  })

  it('scope names by blocks', () => {
    expect(
      outputs('int i = 1; { int i = 2; out(i); { int i = 3; out(i); } } out(i); for (int i = 7; i < 8; i++) out(i);'),
    ).toEqual([2n, 3n, 1n, 7n])
  })
})

describe('functions', () => {
  it('take and give values, call each other and themselves', () => {
    const functions = `static int odd(int n);
static int even(int n) { return n == 0 ? 1 : odd(n - 1); }
static int odd(int n) { return n == 0 ? 0 : even(n - 1); }
static unsigned long fib(int n) { if (n < 2) return n; return fib(n - 1) + fib(n - 2); }
static bool both(bool a, bool b) { return a && b; }`
    expect(outputs('out(even(10)); out(odd(10)); out(fib(15)); out(both(2, 4));', WIDE, functions)).toEqual([
      1n,
      0n,
      610n,
      1n,
    ])
  })

  it('share arrays with their caller', () => {
    const functions = 'static void fill(int a[], int n) { for (int i = 0; i < n; i++) a[i] = i * i; }'
    expect(
      outputs('int a[4]; fill(a, 4); out(a[3] + a[2]); out(ARRAY_SIZE(a)); out(sizeof(a));', WIDE, functions),
    ).toEqual([13n, 4n, 16n])
  })

  it('see variables outside, which begin as 0', () => {
    const before =
      'static int count;\nstatic long sums[3] = { 5 };\nstatic void more(void) { count++; sums[1] += count; }'
    expect(outputs('more(); more(); out(count); out(sums[0]); out(sums[1]); out(sums[2]);', WIDE, before)).toEqual([
      2n,
      5n,
      3n,
      0n,
    ])
  })

  it('keep static variables from call to call, each function its own', () => {
    const functions = `static int next(void)
{
	static int state = 3, calls;
	static const int table[] = { 10, 20, 30 };

	calls++;
	state = state * 5 + 1;
	return table[state % 3] + calls;
}
static int other(void) { static int state; { static int state = 7; state++; } return ++state; }`
    const body = 'out(next()); out(next()); out(next()); out(other()); out(other());'
    expect(outputs(body, WIDE, functions)).toEqual([21n, 12n, 23n, 1n, 2n])
    expect(report('void scenario(void) { int n = 1; static int m = n; }').join()).toContain(
      'm is static, so its value must be',
    )
  })

  it('may be declared without names of parameters', () => {
    const functions =
      'static int f(int, int [], void *);\nstatic int f(int n, int a[], void *p) { return n + a[1] + !p; }'
    expect(outputs('int a[2] = { 1, 2 }; out(f(3, a, NULL));', WIDE, functions)).toEqual([6n])
    expect(report('static int f(int) { return 1; }\nvoid scenario(void) { }').join()).toContain(
      'A parameter needs a name.',
    )
  })

  it('can be given the pages, as in the kernel', () => {
    const text = `static void *get(struct page **pages, int n) { return vm_map_ram(pages, n, -1, PAGE_KERNEL); }
static void put(struct page *p[16], void *addr) { vm_unmap_ram(addr, 4); }
void scenario(void) { put(pages, get(pages, 4)); }`
    expect(calls(text)).toEqual(['map 4', 'unmap 0 4'])
  })
})

describe('constants and defines', () => {
  it('say what the machine is', () => {
    const body =
      'out(VMAP_MAX_ALLOC); out(VMAP_BBMAP_BITS); out(NR_CPUS); out(PAGE_SIZE); out(1 << PAGE_SHIFT); out(VMALLOC_TOTAL / PAGE_SIZE);'
    expect(outputs(body, WIDE)).toEqual([64n, 1024n, 64n, 4096n, 4096n, 2n ** 33n])
    expect(outputs(body, NARROW)).toEqual([32n, 256n, 8n, 4096n, 4096n, 32_768n])
  })

  it('are named by #define, also from each other', () => {
    const before = '#define N 3 // three\n#define M (N * 2 + 1) /* odd */\n#define LAST -1'
    expect(
      outputs('int a[M]; out(ARRAY_SIZE(a) * N); out(2 - LAST); switch (3) { case N: out(1); }', WIDE, before),
    ).toEqual([21n, 3n, 1n])
  })
})

describe('the calls of the allocator', () => {
  it('reach it in the order of the text', () => {
    const text = `void scenario(void)
{
	void *p = vm_map_ram(pages, 16, -1, PAGE_KERNEL), *area;
	set_cpu(3);
	area = vmap(pages, 5, VM_MAP, PAGE_KERNEL);
	vm_unmap_aliases();
	vm_unmap_ram(p, 16);
	vunmap(area);
	vunmap(NULL);
	yield();
	(void)vm_map_ram(pages, 1, NUMA_NO_NODE);
}`
    expect(calls(text)).toEqual(['map 16', 'cpu 3', 'vmap 5', 'aliases', 'unmap 0 16', 'vunmap 16', 'map 1'])
  })

  it('give pointers that can be kept, compared and tested', () => {
    const text = `static void *held[4];
void scenario(void)
{
	int i;

	for (i = 0; i < 4; i++)
		held[i] = vm_map_ram(pages, i + 1, -1, PAGE_KERNEL);
	for (i = 0; i < ARRAY_SIZE(held); i++) {
		void *p = held[i];

		if (p == held[2] || !p)
			continue;
		if (p && p != NULL)
			vm_unmap_ram(held[i], i + 1);
		held[i] = NULL;
	}
}`
    expect(calls(text)).toEqual(['map 1', 'map 2', 'map 3', 'map 4', 'unmap 0 1', 'unmap 1 2', 'unmap 6 4'])
  })

  it('give NULL when there is no address space, and the scenario goes on', () => {
    const recorder = new Recorder()
    recorder.fails = (call) => call === 1
    const text = 'void scenario(void) { void *p = vm_map_ram(pages, 4, -1, PAGE_KERNEL); if (!p) vm_unmap_aliases(); }'
    expect(run(text, { recorder }).calls).toEqual(['map 4', 'aliases'])
  })

  it('tell addresses as numbers of the machine’s word', () => {
    const text = `${OUT_FUNCTION}void scenario(void)
{
	void *p = vm_map_ram(pages, 2, -1, PAGE_KERNEL);
	void *q = vm_map_ram(pages, 2, -1, PAGE_KERNEL);

	out((unsigned long)q);
	out((unsigned long)q - VMALLOC_START);
	out((long)NULL);
}`
    const [, , low, high, offset] = run(text, { machine: WIDE }).sizes
    expect((BigInt(high!) << 32n) + BigInt(low!)).toBe(0xffffc90000002000n)
    expect(offset).toBe(8192)
    expect(run(text, { machine: NARROW }).sizes.slice(2)).toEqual([0xf0802000, 0, 8192, 0, 0, 0])
  })
})

describe('random numbers', () => {
  const text =
    'void scenario(void) { for (int i = 0; i < 5; i++) { int n = rand(1, 64); (void)vm_map_ram(pages, n, -1, PAGE_KERNEL); } }'

  it('are MT19937 after init_genrand(seed), brought to the range by a remainder', () => {
    // The reference outputs for seed 5489
    const first = [3499211612, 581869302, 3890346734, 3586334585, 545404204]
    expect(run(text, { seed: 5489 }).sizes).toEqual(first.map((x) => 1 + (x % 64)))
  })

  it('begin again with rand_seed', () => {
    const again =
      'void scenario(void) { rand_seed(7); (void)vm_map_ram(pages, rand(0, INT_MAX), -1, PAGE_KERNEL); rand_seed(7); (void)vm_map_ram(pages, rand(0, INT_MAX), -1, PAGE_KERNEL); }'
    const [left, right] = run(again, { seed: 1 }).sizes
    expect(left).toBe(right)
    expect(run(again, { seed: 2 }).sizes).toEqual([left, right])
  })

  it('cover ranges below 0 and up to all of int', () => {
    expect(outputs('rand_seed(1); int n = rand(-3, -3); out(n); out(rand(INT_MIN, INT_MAX) <= INT_MAX);')).toEqual([
      -3n,
      1n,
    ])
  })
})

describe('a statement list', () => {
  it('is the body of the scenario', () => {
    expect(
      calls(
        'int i;\nvoid *p;\nfor (i = 0; i < 2; i++) {\n  p = vm_map_ram(pages, 8, -1, PAGE_KERNEL);\n  vm_unmap_ram(p, 8);\n}\n',
      ),
    ).toEqual(['map 8', 'unmap 0 8', 'map 8', 'unmap 8 8'])
  })

  it('can use functions and parameters around it', () => {
    const text =
      'static int n = 3; /* 1..10: pages */\nstatic void one(int k) { (void)vm_map_ram(pages, k, -1, PAGE_KERNEL); }\none(n);\none(n + 1);\n'
    expect(calls(text)).toEqual(['map 3', 'map 4'])
    expect(calls(text, { parameters: { n: 7 } })).toEqual(['map 7', 'map 8'])
  })

  it('may be one statement, an empty loop, a block', () => {
    expect(calls('vm_unmap_aliases();')).toEqual(['aliases'])
    expect(calls('{ vm_unmap_aliases(); }')).toEqual(['aliases'])
    expect(report('')).toEqual([expect.stringContaining('There is no function scenario')])
  })
})
