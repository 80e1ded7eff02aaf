import { beforeAll, describe, expect, it } from 'vitest'
import { checkScenario } from '../../../../electron/scenario/c/check-scenario.ts'
import { loadGrammar } from '../../../../electron/scenario/c/syntax/parse.ts'
import { outlineRows, rowAt } from './outline-rows.ts'
import { outlineNote, totalWords } from './outline-words.ts'

const PATCH = `static int iters = 1000; /* 1..1000000: iterations */

static void pair(int n)
{
	vm_unmap_ram(vm_map_ram(pages, n, -1, PAGE_KERNEL), n);
}

void scenario(void)
{
	int i;

	while (iters--) {
		pair(16);
		for (i = 1; i < (VMAP_BBMAP_BITS - 16) / 8; i++)
			pair(8);
	}
}
`
const VARYING = `void scenario(void)
{
	while (rand(0, 9)) {
		void *p = vm_map_ram(pages, rand(1, 64), -1, PAGE_KERNEL);

		if (rand(0, 1))
			vm_unmap_ram(p, 1);
	}
	vm_unmap_aliases();
}
`

beforeAll(loadGrammar)

const outline = (text: string) => checkScenario(text).outline
const notes = (text: string): readonly string[] =>
  outlineRows(outline(text), new Set()).map(({ id, node }) => `${node.kind}: ${outlineNote(node, id === '0')}`)

describe('the outline', () => {
  it('says what is known before a run', () => {
    expect(notes(PATCH)).toEqual([
      'function: 126,000 maps in all, 1,016,000 slots',
      'loop: 1,000 times: 126 maps per iteration, 1,016 slots',
      'call: 1 map, 16 slots',
      'loop: 125 times: 1 map per iteration, 8 slots',
      'call: 1 map, 8 slots',
      'function: 1 map per call',
      'map: its size varies',
      'unmap: ',
    ])
  })

  it('says what is not known', () => {
    expect(notes(VARYING)).toEqual([
      'function: the number of maps varies',
      'loop: repeats vary: 1 map per iteration, unmaps vary',
      'map: its size varies',
      'branch: not in every run or pass',
      'unmap: ',
      'aliases: ',
    ])
    expect(totalWords(undefined, outline(VARYING))).toBe(
      'How many operations there are is known after the run: how often the loop in line 3 repeats depends on it.',
    )
    expect(totalWords(252_000, outline(PATCH))).toBe('252,000 operations in all.')
  })

  it('has rows with their place in the tree, without what is inside collapsed ones', () => {
    const rows = outlineRows(outline(PATCH), new Set(['0.0']))
    expect(
      rows.map(({ id, level, position, siblings, parentId }) => [id, level, position, siblings, parentId]),
    ).toEqual([
      ['0', 1, 1, 2, undefined],
      ['0.0', 2, 1, 1, '0'],
      ['1', 1, 2, 2, undefined],
      ['1.0', 2, 1, 2, '1'],
      ['1.1', 2, 2, 2, '1'],
    ])
  })

  it('follows the cursor into the innermost part', () => {
    const rows = outlineRows(outline(PATCH), new Set())
    const at = (words: string): string | undefined => rowAt(rows, PATCH.indexOf(words) + 1)?.node.label
    expect(at('pair(8)')).toBe('pair(8)')
    expect(at('while')).toBe('while (iters--)')
    expect(at('void scenario')).toBe('scenario')
    expect(at('static int iters')).toBeUndefined()
  })
})
