import { describe, expect, it } from 'vitest'
import { Allocator } from '../../allocator/allocator.ts'
import { findKernelModel } from '../../allocator/models.ts'
import { MACHINE_PRESETS } from '../../../shared/machine.ts'
import { PATCH_2015_WORKLOADS } from '../library/patch-2015.ts'
import { withDefaults } from '../presets.ts'
import { compileScenario } from './compile-scenario.ts'
import { calls, check, fixed, Recorder, report } from './testing/scenario.fixture.ts'

const MACHINE = MACHINE_PRESETS.find(({ id }) => id === 'x86_64-1cpu')!.machine

/** alloc_vmap_area and free_vmap_block under a kernel model. */
function blocks(text: string, modelId: string, seed = 2424): readonly [number, number] {
  const allocator = new Allocator(MACHINE, findKernelModel(modelId)!)
  compileScenario(text, { machine: MACHINE, parameters: {}, seed, clock: () => 0 }).issue(allocator)
  return [allocator.counts.alloc_vmap_area, allocator.counts.free_vmap_block]
}

// The workloads in the form in which the cover letter of the patch shows them, mixed indentation included
const FIRST = `  while (iters) {

		/* Map/unmap big chunk */
		vaddr = vm_map_ram(pages, 16, -1, PAGE_KERNEL);
        vm_unmap_ram(vaddr, 16);

		/* Map/unmap small chunks.
		 *
		 * -1 for hole, which should be left at the end of each block
		 * to keep it partially used, with some free space available */
		for (i = 0; i < (VMAP_BBMAP_BITS - 16) / 8 - 1; i++) {
			vaddr = vm_map_ram(pages, 8, -1, PAGE_KERNEL);
            vm_unmap_ram(vaddr, 8);
        }
  }
`
const SECOND = `  while (iters) {

		/* Randomly take number from a range [1..32/64] */
		nr = rand(1, VMAP_MAX_ALLOC);
		vaddr = vm_map_ram(pages, nr, -1, PAGE_KERNEL);
		vm_unmap_ram(vaddr, nr);
  }
`
// One closing brace is missing, in the letter as well
const THIRD = `  while (iters) {

		/* Populate free list with blocks with remaining space */
		for (order = 0; order <= ilog2(VMAP_MAX_ALLOC); order++) {
			nr = VMAP_BBMAP_BITS / (1 << order);

			/* Leave a hole */
			nr -= 1;

			for (i = 0; i < nr; i++) {
				vaddr = vm_map_ram(pages, (1 << order), -1, PAGE_KERNEL);
				vm_unmap_ram(vaddr, (1 << order));
		}

		/* Completely occupy blocks from a free list */
		for (order = 0; order <= ilog2(VMAP_MAX_ALLOC); order++) {
			vaddr = vm_map_ram(pages, (1 << order), -1, PAGE_KERNEL);
			vm_unmap_ram(vaddr, (1 << order));
		}
  }
`

describe('the workloads as the patch shows them', () => {
  it('are marked where something is missing', () => {
    expect(report(FIRST)).toEqual([
      '1:10 warning: iters is not declared and never set, so it is a parameter: 1000, from 1 to 1000000.',
      '4:3 error: vaddr is not declared.',
      '11:8 error: i is not declared.',
    ])
    expect(report(THIRD)).toEqual([
      '10:29 error: This { is not closed; going by the indentation, its } is missing before line 13.',
    ])
  })

  it('give the published counts once every fix is applied', () => {
    for (const text of [FIRST, SECOND, THIRD]) expect(check(fixed(text)).diagnostics).toEqual([])
    expect(fixed(FIRST)).toContain('while (iters--) {')
    expect([blocks(fixed(FIRST), 'v4.0'), blocks(fixed(FIRST), 'v4.1')]).toEqual([
      [1000, 0],
      [993, 992],
    ])
    const tenThousand = fixed(SECOND).replace('= 1000;', '= 10000;')
    expect([blocks(tenThousand, 'v4.0'), blocks(tenThousand, 'v4.1')]).toEqual([
      [420, 37],
      [414, 412],
    ])
    expect([blocks(fixed(THIRD), 'v4.0'), blocks(fixed(THIRD), 'v4.1')]).toEqual([
      [7001, 6993],
      [7000, 7000],
    ])
  })
})

describe('the function of the patch’s first commit', () => {
  it('runs once it has an entry', () => {
    const text = `static void exhaust_virtual_space(struct page *pages[16], int iters)
{
	while (iters--) {
		int i;
		void *vaddr;

		/* Map/unmap big chunk */
		vaddr = vm_map_ram(pages, 16, -1, PAGE_KERNEL);
		vm_unmap_ram(vaddr, 16);

		for (i = 0; i < (VMAP_BBMAP_BITS - 16) / 8 - 1; i++) {
			vaddr = vm_map_ram(pages, 8, -1, PAGE_KERNEL);
			vm_unmap_ram(vaddr, 8);
		}
	}
}
`
    expect([blocks(fixed(text), 'v4.0'), blocks(fixed(text), 'v4.1')]).toEqual([
      [1000, 0],
      [993, 992],
    ])
  })
})

describe('the ready scenarios', () => {
  it.each(Object.values(PATCH_2015_WORKLOADS))('$info.id issues in C, call by call, what its loops do', (preset) => {
    const { info } = preset
    const parameters = withDefaults(info, { iters: info.id === 'random' ? 500 : 2 })
    for (const { machine } of MACHINE_PRESETS) {
      const options = { machine, parameters, seed: 2424 }
      const loops = preset.stream(machine, parameters, 2424)
      expect(compileScenario(info.source, { ...options, clock: () => 0 }).operationsTotal).toBe(loops.operationsTotal)
      const recorder = new Recorder()
      loops.issue(recorder)
      expect(recorder.calls).toHaveLength(loops.operationsTotal!)
      expect(calls(info.source, options)).toEqual(recorder.calls)
    }
  })

  it.each(Object.values(PATCH_2015_WORKLOADS))('$info.id has the same counts in C and as loops', (preset) => {
    const { info } = preset
    const parameters = withDefaults(info, {})
    for (const modelId of ['v4.0', 'v4.1', 'v6.12']) {
      const [compiled, looped] = [0, 1].map(() => new Allocator(MACHINE, findKernelModel(modelId)!))
      compileScenario(info.source, { machine: MACHINE, parameters, seed: 2424, clock: () => 0 }).issue(compiled!)
      preset.stream(MACHINE, parameters, 2424).issue(looped!)
      expect(compiled!.counts).toEqual(looped!.counts)
    }
  })
})
