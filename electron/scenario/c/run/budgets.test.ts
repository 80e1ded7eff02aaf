import { describe, expect, it } from 'vitest'
import { DEFAULT_BUDGETS } from '../../../../shared/scenario-budgets.ts'
import { compileScenario } from '../compile-scenario.ts'
import { failure, Recorder, run, WIDE } from '../testing/scenario.fixture.ts'

const PAIRS = `void scenario(void)
{
	for (;;) {
		void *p = vm_map_ram(pages, 1, -1, PAGE_KERNEL);

		vm_unmap_ram(p, 1);
	}
}`
const LEAK = 'void scenario(void) { for (;;) (void)vm_map_ram(pages, 1, -1, PAGE_KERNEL); }'

/** Programs that never call the allocator and never end. */
const ENDLESS = [
  'void scenario(void) { for (;;) ; }',
  'void scenario(void) { int i = 0; while (1) { i++; if (i > 5) continue; } }',
  'void scenario(void) { do ; while (1); }',
  'static void a(int n);\nstatic void b(int n) { if (n > 0) { a(n - 1); a(n - 1); } }\nstatic void a(int n) { if (n > 0) { b(n - 1); b(n - 1); } }\nvoid scenario(void) { a(900); }',
  `static void f0(void) { }\n${Array.from({ length: 60 }, (_, i) => `static void f${i + 1}(void) { f${i}(); f${i}(); }`).join('\n')}\nvoid scenario(void) { f60(); }`,
  'static void spin(void) { for (;;) yield(); }\nvoid scenario(void) { task(spin, 0); task(spin, 1); }',
  'void scenario(void) { unsigned long w = 1; for (;;) w = w * w + 1; }',
]

describe('a budget', () => {
  it('of operations ends the run at that number, and says how to go on', () => {
    const recorder = new Recorder()
    const budgets = { ...DEFAULT_BUDGETS, operations: 1001 }
    expect(failure(PAIRS, { budgets, recorder })).toBe(
      'line 6, column 3: The run has made 1001 operations, which is the budget for operations. To raise it: --max-operations on the command line, the budgets under Settings in the window.',
    )
    expect(recorder.calls).toHaveLength(1001)
  })

  it('of live mappings ends the run when one more is made', () => {
    const budgets = { ...DEFAULT_BUDGETS, liveMappings: 600 }
    expect(failure(LEAK, { budgets })).toContain(
      '600 mappings live at the same time, which is the budget for live mappings.',
    )
    const enough = LEAK.replace('for (;;)', 'for (int i = 0; i < 600; i++)')
    expect(run(enough, { budgets }).calls).toHaveLength(600)
  })

  it('of time ends the run', () => {
    let nowMs = 0
    const clock = (): number => (nowMs += 10)
    const budgets = { ...DEFAULT_BUDGETS, wallMs: 500 }
    for (const text of ENDLESS)
      expect(failure(text, { budgets, clock })).toContain('The run has taken 0.5 s, which is the budget for time.')
  })
})

class Cancelled extends Error {}

/** The longest that a run went on without asking whether it was cancelled, in milliseconds. */
function longestSilenceMs(text: string): number {
  const startedMs = performance.now()
  let askedMs = startedMs
  let longestMs = 0
  const source = compileScenario(text, {
    machine: WIDE,
    parameters: {},
    seed: 1,
    clock: () => performance.now(),
    checkpoint: () => {
      const nowMs = performance.now()
      longestMs = Math.max(longestMs, nowMs - askedMs)
      askedMs = nowMs
      if (nowMs - startedMs > 100) throw new Cancelled()
    },
  })
  expect(() => source.issue(new Recorder())).toThrow(Cancelled)
  return longestMs
}

describe('a run that never calls the allocator', () => {
  it.each(ENDLESS)('can be cancelled within 50 ms: %s', (text) => {
    // Other work on the machine may interrupt a try, and not all of them
    expect(Math.min(longestSilenceMs(text), longestSilenceMs(text), longestSilenceMs(text))).toBeLessThan(50)
  })
})

describe('what the sink throws', () => {
  it('is passed on as it is', () => {
    class Stopped extends Error {}
    const recorder = new Recorder()
    recorder.fails = (call) => {
      if (call === 5) throw new Stopped()
      return false
    }
    expect(() => run(PAIRS, { recorder })).toThrow(Stopped)
  })
})
