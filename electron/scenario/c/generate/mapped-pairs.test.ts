import { describe, expect, it } from 'vitest'
import { DEFAULT_BUDGETS } from '../../../../shared/scenario-budgets.ts'
import { readProgram } from '../read-program.ts'
import { calls, failure, Recorder, WIDE } from '../testing/scenario.fixture.ts'
import { generateProgram } from './generate-program.ts'

function scenario(body: string): string {
  return `static int n = 4;\nvoid scenario(void)\n{\n${body}\n}\n`
}

function isFused(body: string): boolean {
  const { program, diagnostics } = readProgram(scenario(body), WIDE)
  if (program === undefined) throw new Error(diagnostics.sorted[0]?.message)
  return generateProgram(program, {}).code.includes('m.mapAndUnmap(')
}

const MAP = 'vm_map_ram(pages, n, -1, PAGE_KERNEL)'

describe('a map that is unmapped at once', () => {
  it.each([
    `void *p = ${MAP}; vm_unmap_ram(p, n);`,
    `void *p; p = ${MAP}; vm_unmap_ram(p, n); p = ${MAP}; vm_unmap_ram(p, n);`,
    `void *p = ${MAP}; vm_unmap_ram(p, n); p = NULL;`,
    `int k = 2; void *p; for (;;) { p = vm_map_ram(pages, 1 << k, -1); vm_unmap_ram(p, (1 << k)); break; }`,
    `void *p; switch (n) { case 4: p = ${MAP}; vm_unmap_ram(p, n); break; }`,
  ])('needs no place in the table: %s', (body) => {
    expect(isFused(body)).toBe(true)
    const recorded = calls(scenario(body))
    expect(recorded.length % 2).toBe(0)
    for (let index = 0; index < recorded.length; index += 2) {
      expect(recorded.slice(index, index + 2)).toEqual(['map 4', `unmap ${2 * index} 4`])
    }
  })

  it.each([
    `void *p = ${MAP}; vm_unmap_ram(p, n); if (p) n = 1;`,
    `void *p = ${MAP}; if (p) vm_unmap_ram(p, n);`,
    `void *p = ${MAP}; n = 3; vm_unmap_ram(p, 4);`,
    `void *p = ${MAP}; vm_unmap_ram(p, n + 0);`,
    `void *p = vm_map_ram(pages, rand(4, 4), -1); vm_unmap_ram(p, rand(4, 4));`,
    `void *p = vm_map_ram(pages, 4, n++, PAGE_KERNEL); vm_unmap_ram(p, 4);`,
    `void *p = vmap(pages, n, VM_MAP, PAGE_KERNEL); vunmap(p);`,
    `void *p = ${MAP}, *q = ${MAP}; vm_unmap_ram(q, n); vm_unmap_ram(p, n);`,
  ])('has one when somebody could tell: %s', (body) => {
    expect(isFused(body)).toBe(false)
    expect(calls(scenario(body)).length).toBeGreaterThan(1)
  })

  it('is watched like any other', () => {
    const body = `void *p = ${MAP};\nvm_unmap_ram(p, n);`
    const recorder = new Recorder()
    recorder.fails = () => true
    expect(failure(scenario(body), { recorder })).toContain('line 5, column 1: vm_unmap_ram(p, n): the pointer is NULL')
    const budgets = { ...DEFAULT_BUDGETS, operations: 3 }
    expect(failure(scenario(`void *p; for (;;) { p = ${MAP}; vm_unmap_ram(p, n); }`), { budgets })).toContain(
      'made 3 operations',
    )
    const held = `(void)${MAP};\n${body}`
    expect(failure(scenario(held), { budgets: { ...DEFAULT_BUDGETS, liveMappings: 1 } })).toContain(
      'line 5, column 11: 1 mappings live',
    )
    expect(failure(scenario(`${body}\nvm_unmap_ram(p, n);`))).toContain(
      'line 6, column 1: vm_unmap_ram(p, n): double unmap',
    )
  })

  it('is left apart where another task may come in between', () => {
    const text = `static void worker(void) { void *p = vm_map_ram(pages, 1, -1); vm_unmap_ram(p, 1); }
void scenario(void) { task(worker, 0); task(worker, 0); }`
    expect(calls(text)).toEqual(['map 1', 'map 1', 'unmap 0 1', 'unmap 1 1'])
  })
})
