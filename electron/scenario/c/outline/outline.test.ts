import { describe, expect, it } from 'vitest'
import type { OutlineNode } from '../../../../shared/scenario-check.ts'
import { SCENARIO_PRESETS } from '../../presets.ts'
import { compileScenario } from '../compile-scenario.ts'
import { EVERYTHING } from '../testing/corpus.fixture.ts'
import { check, run, WIDE } from '../testing/scenario.fixture.ts'

/** One line for each node: `times × label: maps/unmaps/slots`. */
function lines(nodes: readonly OutlineNode[], indent = ''): string[] {
  return nodes.flatMap(({ kind, label, times = '?', counts: { maps = '?', unmaps = '?', slots = '?' }, children }) => [
    `${indent}${kind} ${times} × ${label}: ${maps}/${unmaps}/${slots}`,
    ...lines(children, `${indent}  `),
  ])
}

function total(text: string, parameters = {}): number | undefined {
  return compileScenario(text, { machine: WIDE, parameters, seed: 1, clock: () => 0 }).operationsTotal
}

const sources = Object.fromEntries(SCENARIO_PRESETS.map(({ info }) => [info.id, info.source]))

describe('the outline', () => {
  it('of a program without errors has loops, calls, maps and unmaps with their counts', () => {
    expect(lines(check(sources['exhaust']!).outline)).toEqual([
      'function 1 × scenario: 126000/126000/1016000',
      '  loop 1000 × for (i = 0; i < iters; i++): 126/126/1016',
      '    call 1 × pair(16): 1/1/16',
      '    loop 125 × for (j = 1; j < (VMAP_BBMAP_BITS - 16) …: 1/1/8',
      '      call 1 × pair(8): 1/1/8',
      'function 1 × pair: 1/1/?',
      '  map 1 × vm_map_ram(pages, n, -1, PAGE_KERNEL): 1/0/?',
      '  unmap 1 × vm_unmap_ram(p, n): 0/1/0',
    ])
    expect(lines(check(sources['orders']!).outline).slice(0, 3)).toEqual([
      'function 1 × scenario: 2032000/2032000/7168000',
      '  loop 1000 × for (i = 0; i < iters; i++): 2032/2032/7168',
      '    loop 7 × for (order = 0; order <= ilog2(VMAP_MAX…: ?/?/?',
    ])
  })

  it('says what stays open until the run', () => {
    expect(lines(check(sources['random']!).outline)).toEqual([
      'function 1 × scenario: 10000/10000/?',
      '  loop 10000 × for (i = 0; i < iters; i++): 1/1/?',
      '    map 1 × vm_map_ram(pages, n, -1, PAGE_KERNEL): 1/0/?',
      '    unmap 1 × vm_unmap_ram(p, n): 0/1/0',
    ])
  })

  it('has branches, tasks and the other calls, and places in the text', () => {
    const text = `static void worker(int n)
{
	while (n--)
		vm_unmap_aliases();
}
void scenario(void)
{
	if (rand(0, 1))
		task(worker, 3, 5);
	set_cpu(2);
}
`
    const { outline } = check(text)
    expect(lines(outline)).toEqual([
      'function 1 × scenario: 0/0/0',
      '  branch ? × if (rand(0, 1)): ?/?/?',
      '    task 1 × task(worker, 3, 5): 0/0/0',
      '  cpu 1 × set_cpu(2): 0/0/0',
      'task 1 × worker: ?/?/?',
      '  loop 5 × while (n--): 0/0/0',
      '    aliases 1 × vm_unmap_aliases(): 0/0/0',
    ])
    expect(outline[1]!.children[0]!.at).toMatchObject({ line: 3, column: 2, endLine: 4 })
    expect(check(`${text}int`).outline).toEqual([])
  })

  it('is made in milliseconds, however many loops there are', () => {
    const nested = Array.from(
      { length: 40 },
      (_, index) => `for (int i${index} = 0; i${index} < 1000; i${index}++)`,
    ).join(' ')
    const text = `void scenario(void) { ${nested} { int n = rand(1, 2); if (n) vm_unmap_aliases(); } }`
    const startedMs = performance.now()
    check(text)
    expect(performance.now() - startedMs).toBeLessThan(1000)
  })
})

describe('the operations of a run are known beforehand', () => {
  it.each([
    ['for (int i = 0; i < 10; i++) vm_unmap_aliases();', 10],
    ['for (int i = 10; i > 0; i -= 3) vm_unmap_aliases();', 4],
    ['for (unsigned int i = 0; i <= 6; i += 2) vm_unmap_aliases();', 4],
    ['for (long i = 5; i != 0; i--) vm_unmap_aliases();', 5],
    ['for (int i = 0; 100000000 > i; ++i) vm_unmap_aliases();', 100_000_000],
    ['int n = 7; while (n--) vm_unmap_aliases();', 7],
    ['int n = 7; while (n-- > 2) vm_unmap_aliases();', 5],
    ['int n = 7; while (n) { vm_unmap_aliases(); n--; }', 7],
    ['int n = 7; while (n) { n--; if (n == 3) continue; vm_unmap_aliases(); }', 6],
    ['int n = 1; do vm_unmap_aliases(); while (++n < 5);', 4],
    ['for (int n = 64; n; n >>= 1) vm_unmap_aliases();', 7],
    ['for (int i = 0; i < 9; i++) if (i % 2) vm_unmap_aliases();', 4],
    ['for (int i = 0; i < 9; i++) { if (i == 4) break; vm_unmap_aliases(); }', 4],
    ['if (rand(0, 1)) vm_unmap_aliases(); else vm_unmap_aliases();', 1],
    ['switch (rand(0, 2)) { case 0: vm_unmap_aliases(); break; default: vm_unmap_aliases(); }', 1],
    ['switch (2) { case 2: vm_unmap_aliases(); case 3: vm_unmap_aliases(); break; default: ; }', 2],
    ['void *p = vm_map_ram(pages, rand(1, 64), -1, PAGE_KERNEL); if (!p) return; vm_unmap_ram(p, 1);', 2],
    ['vunmap(NULL); void *p = vmap(pages, 1, VM_MAP, PAGE_KERNEL); vunmap(p);', 2],
    ['int i = 0; (void)(i || (vm_unmap_aliases(), 1)); (void)(i && (vm_unmap_aliases(), 1));', 1],
  ])('%s', (body, operations) => {
    expect(total(`void scenario(void) { ${body} }`)).toBe(operations)
  })

  it.each([
    'if (rand(0, 1)) vm_unmap_aliases();',
    'for (int i = 0; i < rand(1, 9); i++) vm_unmap_aliases();',
    'for (;;) { vm_unmap_aliases(); if (rand(0, 1)) break; }',
    'for (int i = 0; i < 9; i++) { if (rand(0, 1)) continue; vm_unmap_aliases(); }',
    'int a[2] = { 3 }; for (int i = 0; i < a[0]; i++) vm_unmap_aliases();',
    'for (int i = 1; i > 0; i++) vm_unmap_aliases();',
    'unsigned int u = -1; for (unsigned int i = 0; i <= u; i++) vm_unmap_aliases();',
    'for (int i = 0; i < 100000; i++) if (i % 3) vm_unmap_aliases();',
  ])('or not: %s', (body) => {
    expect(total(`void scenario(void) { ${body} }`)).toBeUndefined()
  })

  it('with the parameters of the run', () => {
    expect(total(sources['exhaust']!)).toBe(252_000)
    expect(total(sources['exhaust']!, { iters: 10_000_000 })).toBe(2_520_000_000)
    expect(total(sources['orders']!, { iters: 7 })).toBe(2032 * 2 * 7)
  })

  it('with tasks, unless one waits for another', () => {
    const worker = 'static void worker(int n) { while (n--) vm_unmap_aliases(); }'
    expect(total(`${worker}\nvoid scenario(void) { task(worker, 0, 3); task(worker, 1, 4); }`)).toBe(7)
    const waiting =
      'static int turn;\nstatic void worker(int n) { while (turn != n) yield(); vm_unmap_aliases(); turn++; }'
    expect(total(`${waiting}\nvoid scenario(void) { task(worker, 0, 1); task(worker, 1, 0); }`)).toBeUndefined()
    expect(run(`${waiting}\nvoid scenario(void) { task(worker, 0, 1); task(worker, 1, 0); }`).calls).toContain(
      'aliases',
    )
    expect(total(EVERYTHING)).toBeUndefined()
  })
})
