import { patch2015Runs } from '../shared/published.ts'
import type { LabBridge } from '../shared/contract.ts'
import { PROGRAM_ID, type RunSpec } from '../shared/run.ts'
import { expect, test } from './fixture.ts'

declare const window: { readonly lab: LabBridge }

const SOURCE = `void scenario(void)
{
	for (int i = 0; i < 1000; i++) {
		void *p = vm_map_ram(pages, 1 + i % 64, -1, PAGE_KERNEL);

		vm_unmap_ram(p, 1 + i % 64);
	}
}
`

test('replays answer through the contract, from the built worker', async ({ lab }) => {
  const runs = patch2015Runs().slice(0, 2)
  const answers = await lab.page.evaluate(async (specs: readonly RunSpec[]) => {
    const opened = await window.lab.openReplay(specs)
    if (opened.kind !== 'done') return opened
    const { replayId } = opened.value
    const followed = await window.lab.findDivergence(replayId)
    if (followed.kind !== 'done') return followed
    const { operation = 0 } = followed.value.first ?? {}
    const moved = await window.lab.moveReplay(replayId, { to: operation })
    const space = await window.lab.replayOccupation(replayId, { run: 0, fromPage: 0, pages: 2048, cells: 2 })
    const query = { kind: 'condition', text: 'live_blocks > 900 &&' } as const
    const found = await window.lab.findInReplay(replayId, { run: 0, query, direction: 'next', from: operation })
    await window.lab.closeReplay(replayId)
    const closed = await window.lab.moveReplay(replayId, { by: 1 })
    const blocks = space.kind === 'done' ? [...space.value.block] : []
    return { first: followed.value.first?.map, moved, blocks, found, closed }
  }, runs)
  expect(answers).toMatchObject({
    ...{ first: 128, blocks: [1024, 1024] },
    moved: { kind: 'done', value: [{ last: { served: { block: 1 } } }, { last: { served: { block: 0 } } }] },
    closed: { kind: 'refused', reason: 'Replay 1 is not open.' },
  })
  expect(JSON.stringify(answers)).toContain('The condition, column 21: a number, a name or')
})

test('a replay of a C text knows the lines', async ({ lab }) => {
  const [run] = patch2015Runs()
  const spec = { ...run!, scenarioId: PROGRAM_ID, program: { title: 'lines', source: SOURCE }, parameters: {} }
  const lines = await lab.page.evaluate(async (one: RunSpec) => {
    const opened = await window.lab.openReplay([one])
    if (opened.kind !== 'done') return opened
    const at = async (to: number): Promise<number | undefined> => {
      const moved = await window.lab.moveReplay(opened.value.replayId, { to })
      return moved.kind === 'done' ? moved.value[0]?.last?.line : undefined
    }
    const told = [await at(2), await at(1999)]
    await window.lab.closeReplays()
    return told
  }, spec)
  expect(lines).toEqual([6, 4])
})
