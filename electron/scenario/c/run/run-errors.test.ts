import { describe, expect, it } from 'vitest'
import { failure, NARROW, Recorder } from '../testing/scenario.fixture.ts'

/** The message of a scenario whose body is `body`, on line 1. */
function ends(body: string, options: Parameters<typeof failure>[1] = {}): string {
  return failure(`void scenario(void) { ${body} }`, options)
}

const MAP = 'void *p = vm_map_ram(pages, 16, -1, PAGE_KERNEL);'

describe('a run ends, naming line, column and values,', () => {
  it.each([
    ['int z = 0; int n = 7; n = n / z;', 'line 1, column 49: n / z: division of 7 by zero.'],
    ['unsigned int z = 0; z = 7 % z;', '7 % z: division of 7 by zero.'],
    ['unsigned long z = 0; z /= z;', 'z /= z: division of 0 by zero.'],
    ['int i = INT_MIN, m = -1; i = i / m;', 'i / m: -2147483648 / -1 is too large for its type.'],
    ['long i = LONG_MIN, m = -1; i = i % m;', 'i % m: -9223372036854775808 / -1 is too large'],
    ['int s = 32; s = 1 << s;', '1 << s: the shift count is 32; accepted are 0 to 31.'],
    ['int s = -1; long l = 1; l >>= s;', 'l >>= s: the shift count is -1; accepted are 0 to 63.'],
    [
      'unsigned long s = 1ul << 63; int i = 1; i <<= s;',
      'the shift count is 9223372036854775808; accepted are 0 to 31.',
    ],
    ['int a[3] = { 0 }; int i = 3; a[i] = 1;', 'a[i]: the index is 3; the array has the elements 0 to 2.'],
    ['int a[3] = { 0 }; int i = -1; i = a[i];', 'a[i]: the index is -1; the array has the elements 0 to 2.'],
    ['long a[3] = { 0 }; unsigned long i = -1; a[i]++;', 'a[i]: the index is 18446744073709551615;'],
    ['int a[3]; int i = a[1];', 'a[1] is read before it is set: element 1.'],
    ['void *a[3]; vunmap(a[0]);', 'a[0] is read before it is set: element 0.'],
    ['unsigned long a[3]; int i = a[2] > 1;', 'a[2] is read before it is set: element 2.'],
    ['int n; int m = n + 1;', 'n is read before it is set.'],
    ['int n = n + 1;', 'n is read before it is set.'],
    ['int n; if (rand(1, 2) > 2) n = 1; n++;', 'n is read before it is set.'],
    ['void *p; vm_unmap_ram(p, 1);', 'p is read before it is set.'],
    ['for (int i = 0; i < 2; i++) { int n; if (i == 0) n = 1; i += n; i--; }', 'n is read before it is set.'],
    ['int n = ilog2(0 * rand(1, 1));', 'ilog2 of 0; accepted are integers above 0.'],
    ['int n = rand(5, 4);', 'rand(5, 4): 5 is above 4.'],
    ['set_cpu(NR_CPUS);', 'set_cpu(NR_CPUS): there is no CPU 64; the machine has CPUs 0 to 63.'],
    ['set_cpu(-1);', 'there is no CPU -1;'],
  ])('%s', (body, message) => {
    expect(ends(body)).toContain(message)
  })

  it.each([
    [`${MAP} vm_unmap_ram(p, 16); vm_unmap_ram(p, 16);`, 'double unmap; its mapping was unmapped in line 1.'],
    [`${MAP} vm_unmap_ram(p, 8);`, 'vm_unmap_ram(p, 8): 8 pages are unmapped, and 16 were mapped in line 1.'],
    [`${MAP} vunmap(p);`, 'it was mapped in line 1 by vm_map_ram, whose mappings vm_unmap_ram gives back.'],
    [
      'void *p = vmap(pages, 3, VM_MAP, PAGE_KERNEL); vm_unmap_ram(p, 3);',
      'by vmap, whose mappings vunmap gives back.',
    ],
    ['void *p = vmap(pages, 3, VM_MAP, PAGE_KERNEL); vunmap(p); vunmap(p);', 'double unmap'],
    ['void *p = NULL; vm_unmap_ram(p, 1);', 'vm_unmap_ram(p, 1): the pointer is NULL, as after a map that failed.'],
    [
      `${MAP} void *q = p; vm_unmap_ram(p, 16); ${MAP.replace('*p', '*r')} if (q == r) q = r;`,
      'q == r: stale pointer; its mapping was unmapped in line 1.',
    ],
    [`${MAP} vm_unmap_ram(p, 16); if ((unsigned long)p) p = NULL;`, '(unsigned long)p: stale pointer;'],
  ])('%s', (body, message) => {
    expect(ends(body)).toContain(message)
    expect(ends(body, { machine: NARROW })).toContain(message)
  })

  it('for a failed map that is unmapped all the same', () => {
    const recorder = new Recorder()
    recorder.fails = () => true
    expect(ends(`${MAP} vm_unmap_ram(p, 16);`, { recorder })).toContain(
      'the pointer is NULL, as after a map that failed',
    )
  })

  it('for a function that gives no value, and for calls that nest too deep', () => {
    const some =
      'static int some(int n) { if (n > 5) return 1; }\nvoid scenario(void) { int i = some(9); i = some(i); }'
    expect(failure(some)).toBe('line 1, column 1: This function ends without returning its value.')
    const deep = 'static int deep(int n) { return deep(n + 1); }\nvoid scenario(void) { int i = deep(0); }'
    expect(failure(deep)).toContain('Calls of functions nest deeper than 1000; accepted are 1000.')
  })
})

describe('a pointer that is not good any more', () => {
  it('is known after any number of other mappings', () => {
    const text = `void scenario(void)
{
	void *old = vm_map_ram(pages, 1, -1, PAGE_KERNEL);
	int i;

	vm_unmap_ram(old, 1);
	for (i = 0; i < 100000; i++) {
		void *p = vm_map_ram(pages, 1, -1, PAGE_KERNEL);

		if (p)
			vm_unmap_ram(p, 1);
	}
	vm_unmap_ram(old, 1);
}`
    expect(failure(text)).toBe('line 13, column 2: vm_unmap_ram(old, 1): double unmap; its mapping was unmapped.')
  })

  it('is told from the many that are', () => {
    const text = `static void *held[5000];
void scenario(void)
{
	int i;

	for (i = 0; i < 5000; i++)
		held[i] = vm_map_ram(pages, 1 + i % 64, -1, PAGE_KERNEL);
	for (i = 0; i < 5000; i += 2)
		vm_unmap_ram(held[i], 1 + i % 64);
	for (i = 0; i < 5000; i++)
		(void)vm_map_ram(pages, 3, -1, PAGE_KERNEL);
	for (i = 1; i < 5000; i += 2)
		vm_unmap_ram(held[i], 1 + i % 64);
	vm_unmap_ram(held[42], 43);
}`
    expect(failure(text)).toContain('line 14, column 2: vm_unmap_ram(held[42], 43): double unmap')
  })
})
