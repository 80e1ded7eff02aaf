import { describe, expect, it } from 'vitest'
import { calls, check, failure, report, run } from '../testing/scenario.fixture.ts'

const TWO = `static void worker(int first, int count)
{
	int i;

	for (i = 0; i < count; i++)
		(void)vm_map_ram(pages, first + i, -1, PAGE_KERNEL);
}

void scenario(void)
{
	task(worker, 1, 10, 3);
	task(worker, 2, 20, 2);
	(void)vm_map_ram(pages, 1, -1, PAGE_KERNEL);
}
`

describe('tasks', () => {
  it('run in turns of one call, in the order in which they were started, the entry first', () => {
    expect(calls(TWO)).toEqual([
      'map 1',
      'cpu 1',
      'map 10',
      'cpu 2',
      'map 20',
      'cpu 1',
      'map 11',
      'cpu 2',
      'map 21',
      'cpu 1',
      'map 12',
    ])
  })

  it('may be blocks, inside a function or outside, with variables of their own', () => {
    const blocks = (before: string, after: string): string => `static int made;
${before}
\tint cpu;
\ttask(mapper, 0) {
\t\tfor (made = 0; made < 2; made++)
\t\t\t(void)vm_map_ram(pages, 1 + made, -1, PAGE_KERNEL);
\t\tif (made) return;
\t\tvm_unmap_aliases();
\t}
\tfor (cpu = 1; cpu < 3; cpu++)
\t\ttask(waiter, cpu) {
\t\t\tint made_before = made;
\t\t\twhile (made == made_before) yield();
\t\t\t(void)vm_map_ram(pages, 10 * made, -1, PAGE_KERNEL);
\t\t}
${after}`
    const expected = ['map 1', 'map 2', 'cpu 1', 'map 20', 'cpu 2', 'map 20']
    expect(calls(blocks('void scenario(void)\n{', '}\n'))).toEqual(expected)
    expect(calls(blocks('', ''))).toEqual(expected)
    expect(check(blocks('', '')).outline.map(({ kind, label }) => `${kind} ${label}`)).toEqual([
      'function scenario',
      'task mapper',
      'task waiter',
    ])
  })

  it.each([
    ['int n = 1; task(a, 0) { set_cpu(n); }', 'n is a local variable, and a task block sees what stands outside'],
    ['int a[2]; task(t, 0) { a[0] = 1; }', 'a is a local variable, and a task block sees'],
    ['task(a) { }', 'A task block has a name and a CPU'],
    ['task(3, 0) { }', 'A task block has a name and a CPU'],
    ['task(scenario, 0) { }', 'scenario is a function: task(scenario, cpu); starts it.'],
    ['for (;;) { task(a, 0) { break; } }', 'break stands in a loop'],
    ['task(a, 0) { } else { }', 'This else has no if before it.'],
    ['task(a, 0) { return 1; }', 'a is void, so its return gives no value.'],
  ])('as blocks: %s', (body, message) => {
    expect(report(`void scenario(void)\n{\n${body}\n}\n`)).toEqual([expect.stringContaining(message)])
  })

  it('run in an order that the seed draws, and the same for the same seed', () => {
    const random = TWO.replace('void scenario(void)\n{\n', 'void scenario(void)\n{\n\ttask_order(RANDOM);\n')
    const orders = Array.from({ length: 8 }, (_, seed) => calls(random, { seed }).join())
    expect(new Set(orders).size).toBeGreaterThan(3)
    expect(calls(random, { seed: 3 }).join()).toBe(orders[3])
    const sizes = run(random, { seed: 5 }).sizes
    expect(sizes.toSorted()).toEqual(run(TWO).sizes.toSorted())
    expect(check(random).usesSeed).toBe(true)
    expect(check(TWO).usesSeed).toBe(false)
  })

  it('do not draw from the numbers of rand()', () => {
    const drawing = (order: string): string => `static void none(void) { vm_unmap_aliases(); vm_unmap_aliases(); }
void scenario(void)
{
	task_order(${order});
	task(none, 0);
	vm_unmap_aliases();
	(void)vm_map_ram(pages, rand(1, 1000000), -1, PAGE_KERNEL);
}`
    expect(run(drawing('RANDOM'), { seed: 9 }).sizes).toEqual(run(drawing('ROUND_ROBIN'), { seed: 9 }).sizes)
  })

  it('share what is outside functions: one maps, another unmaps', () => {
    const text = `static void *ring[4];
static int made, taken;

static void consumer(void)
{
	while (taken < 6) {
		if (taken == made) {
			yield();
			continue;
		}
		vm_unmap_ram(ring[taken % 4], 4);
		taken++;
	}
}

static void producer(void)
{
	while (made < 6) {
		ring[made % 4] = vm_map_ram(pages, 4, -1, PAGE_KERNEL);
		made++;
	}
}

void scenario(void)
{
	task(producer, 0);
	task(consumer, 1);
}`
    const recorded = calls(text)
    expect(recorded.filter((call) => call.startsWith('map'))).toHaveLength(6)
    expect(recorded.filter((call) => call.startsWith('unmap'))).toHaveLength(6)
    expect(recorded.indexOf('unmap 0 4')).toBeGreaterThan(recorded.indexOf('map 4'))
  })

  it('find the place of an assignment when its value is there', () => {
    const text = `static int next;
static void *slots[4];
static void taker(void) { slots[next++] = vm_map_ram(pages, 1, -1, PAGE_KERNEL); }
void scenario(void)
{
	int i;

	for (i = 0; i < 4; i++)
		task(taker, i);
	for (i = 0; i < 4; i++)
		yield();
	for (i = 0; i < 4; i++)
		vm_unmap_ram(slots[i], 1);
}`
    expect(calls(text).filter((call) => call.startsWith('unmap'))).toEqual(
      [0, 1, 2, 3].map((page) => `unmap ${page} 1`),
    )
  })

  it('can be moved, know their CPU, start others and call functions that end their turn', () => {
    const text = `static int helper(int n) { (void)vm_map_ram(pages, n + smp_processor_id(), -1, PAGE_KERNEL); return n + 1; }
static void child(void) { int n = helper(10) + helper(20); set_cpu(7); n = helper(n); }
static void parent(void) { task(child, 3); (void)helper(1); }
void scenario(void) { task(parent, 2); }`
    expect(calls(text)).toEqual(['cpu 2', 'map 3', 'cpu 3', 'map 13', 'map 23', 'cpu 7', 'map 39'])
  })

  it('need a function of the scenario and a CPU of the machine', () => {
    expect(failure('void scenario(void) { task(min, 0); }')).toContain('min is no function of this scenario')
    expect(failure('static void t(void) { }\nvoid scenario(void) { task(t); }')).toContain(
      'task takes a function and a CPU',
    )
    expect(failure('static void t(void) { }\nvoid scenario(void) { task(t, 0, 5); }')).toContain('t takes 0 arguments')
    expect(failure('static void t(void) { }\nvoid scenario(void) { task(t, 64); }')).toContain('there is no CPU 64')
    expect(failure('static void t(void) { yield(); }\nvoid scenario(void) { for (;;) task(t, 0); }')).toContain(
      '4096 tasks run at the same time',
    )
  })
})
