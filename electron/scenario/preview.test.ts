import { describe, expect, it } from 'vitest'
import { DEFAULT_MACHINE_ID, MACHINE_PRESETS } from '../../shared/machine.ts'
import { PREVIEW_REQUESTS_MAX, type ScenarioPreview } from '../../shared/scenario-preview.ts'
import { loadGrammar } from './c/syntax/parse.ts'
import { PREVIEW_MS_MAX, previewScenario } from './preview.ts'
import { findScenario } from './presets.ts'

await loadGrammar()

const { machine } = MACHINE_PRESETS.find(({ id }) => id === DEFAULT_MACHINE_ID)!

/** A preview on a clock that moves by a millisecond with every look. */
function preview(source: string, parameters = {}): ScenarioPreview {
  let nowMs = 0
  return previewScenario({ source, machine, parameters, seed: 1 }, () => (nowMs += 1))
}

describe('a preview', () => {
  it('has every request of a short scenario, with what is live after it and where it is made', () => {
    const source = `void scenario(void)
{
	void *p = vm_map_ram(pages, 16, -1, PAGE_KERNEL);
	void *q;

	set_cpu(3);
	q = vmap(pages, 5, VM_MAP, PAGE_KERNEL);
	vm_unmap_ram(p, 16);
	vm_unmap_aliases();
	vunmap(q);
}`
    expect(preview(source)).toEqual({
      requests: [
        { kind: 'map', pages: 16, cpu: 0, livePages: 16 },
        { kind: 'vmap', pages: 5, cpu: 3, livePages: 21 },
        { kind: 'unmap', pages: 16, cpu: 3, livePages: 5 },
        { kind: 'aliases', pages: 0, cpu: 3, livePages: 5 },
        { kind: 'vunmap', pages: 5, cpu: 3, livePages: 0 },
      ],
      operationsTotal: 5,
      ended: true,
    })
  })

  it('has the first requests of a long one, and what it makes in all with its parameters', () => {
    const { source } = findScenario('exhaust')!.info
    const long = preview(source, { iters: 7000 })
    expect(long.requests).toHaveLength(PREVIEW_REQUESTS_MAX)
    expect(long).toMatchObject({ operationsTotal: 1_764_000, ended: false })
    expect(long.problem).toBeUndefined()
    expect(preview(source, { iters: 1 })).toMatchObject({ operationsTotal: 252, ended: true })
  })

  it('knows that a scenario ended with the last request that is shown', () => {
    const source = (calls: number): string =>
      `void scenario(void) { for (int i = 0; i < ${calls}; i++) vm_unmap_aliases(); }`
    expect(preview(source(PREVIEW_REQUESTS_MAX)).ended).toBe(true)
    expect(preview(source(PREVIEW_REQUESTS_MAX + 1)).ended).toBe(false)
  })

  it('names the error in a text, and the one that ends a run', () => {
    expect(preview('void scenario(void)\n{\n\tvm_map_ram(;\n}')).toMatchObject({ requests: [], ended: false })
    expect(preview('void scenario(void)\n{\n\tvm_map_ram(;\n}').problem).toMatch(/^line 3, column \d+: /)
    const twice = preview(`void scenario(void)
{
	void *p = vm_map_ram(pages, 1, -1, PAGE_KERNEL);

	vm_unmap_ram(p, 1);
	vm_unmap_ram(p, 1);
}`)
    expect(twice.requests).toHaveLength(2)
    expect(twice.problem).toMatch(/^line 6, column 2: .*double unmap/)
  })

  it('ends a text that computes without end', () => {
    const endless = preview('void scenario(void) { vm_unmap_aliases(); for (;;) ; }')
    expect(endless).toMatchObject({ requests: [{ kind: 'aliases' }], ended: false })
    expect(endless.problem).toContain(`after ${PREVIEW_MS_MAX} ms the scenario had made 1 of the 1000 requests`)
  })
})
