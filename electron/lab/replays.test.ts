import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { patch2015Runs } from '../../shared/published.ts'
import type { ReplayProgress } from '../../shared/replay.ts'
import { PROGRAM_ID, type RunSpec } from '../../shared/run.ts'
import { DEFAULT_BUDGETS } from '../../shared/scenario-budgets.ts'
import { checkScenario } from '../scenario/c/check-scenario.ts'
import { loadGrammar } from '../scenario/c/syntax/parse.ts'
import { Replays } from './replays.ts'

await loadGrammar()

const [before, after] = patch2015Runs() as [RunSpec, RunSpec]
const BOTH = [before, after]
/** Whoever opens replays. */
const WINDOW = 1
/** Some seconds of work. */
const LONG = [{ ...before, parameters: { iters: 10_000_000 } }]

let replays: Replays
let told: ReplayProgress[]
let onTold: () => void
beforeEach(() => {
  told = []
  onTold = () => undefined
  replays = new Replays({
    workerUrl: new URL('../runner/replay/replay-worker.ts', import.meta.url),
    budgets: () => DEFAULT_BUDGETS,
    check: (source, machine) => Promise.resolve(checkScenario(source, machine)),
    onProgress: (progress) => {
      told.push(progress)
      onTold()
    },
  })
})
afterEach(() => replays.closeAll())

async function opened(specs: readonly RunSpec[]): Promise<number> {
  const answer = await replays.open(specs, WINDOW)
  if (answer.kind !== 'done') throw new Error(`not opened: ${answer.kind}`)
  return answer.value.replayId
}

function progressOnce(): Promise<void> {
  return new Promise((resolve) => (onTold = resolve))
}

describe('a replay on its thread', () => {
  it('shows any moment of both runs, under one playhead', async () => {
    const answer = await replays.open(BOTH, WINDOW)
    expect(answer).toMatchObject({
      kind: 'done',
      value: {
        replayId: 1,
        runs: [
          { modelId: 'v4.0', operations: 252_000, problem: undefined, result: { liveBlocksMax: 1000 } },
          { modelId: 'v4.1', operations: 252_000, problem: undefined, result: { liveBlocksMax: 2 } },
        ],
      },
    })
    const there = await replays.ask(1, 'move', { to: 255 })
    expect(there).toMatchObject({
      kind: 'done',
      value: [
        { last: { operation: 255, served: { block: 1, slot: 16 } } },
        { last: { served: { block: 0, slot: 1016 } } },
      ],
    })
    await replays.ask(1, 'move', { by: -300 })
    expect(await replays.ask(1, 'move', { by: 255 })).toEqual(there)
    const part = { left: 0, right: 1, onlyDifferent: true, from: 1, count: 10 }
    expect(await replays.ask(1, 'compared-blocks', part)).toMatchObject({
      value: { different: 2, rows: [{ ordinal: 2, sides: [{ freeSlots: 1000 }, { freeSlots: 1008 }] }] },
    })
    expect(await replays.ask(1, 'block', { run: 0, index: 1 })).toMatchObject({
      value: { freeSlots: 1000, ordinal: 2, allocatedBy: 253, mappings: [{ slot: 16, pages: 8, mappedBy: 255 }] },
    })
    const space = await replays.ask(1, 'occupation', { run: 0, fromPage: 0, pages: 4096, cells: 4 })
    expect(space).toMatchObject({ value: { pagesPerCell: 1024, block: Float64Array.of(1024, 1024, 0, 0) } })
  })

  it('finds operations and the first divergence', async () => {
    const id = await opened(BOTH)
    const search = { run: 0, query: { kind: 'condition', text: 'live_blocks == 500' }, from: 0 } as const
    expect(await replays.ask(id, 'find', { ...search, direction: 'next' })).toEqual({
      kind: 'done',
      value: { kind: 'found', operation: 499 * 252 + 1 },
    })
    expect(await replays.ask(id, 'find', { ...search, direction: 'previous' })).toEqual({
      kind: 'done',
      value: { kind: 'none' },
    })
    expect(await replays.ask(id, 'diverge', {})).toMatchObject({ kind: 'done', value: { first: { map: 128 } } })
  })

  it('of one window are closed without those of another', async () => {
    const mine = await opened(BOTH)
    const theirs = await replays.open([before], 2)
    if (theirs.kind !== 'done') throw new Error(theirs.kind)
    await replays.closeAll(WINDOW)
    await expect(replays.ask(mine, 'diverge', {})).rejects.toThrow(`Replay ${mine} is not open.`)
    expect(await replays.ask(theirs.value.replayId, 'move', { by: 3 })).toMatchObject({ kind: 'done' })
  })

  it('opens programs, and says how a run ended', async () => {
    const source = 'void scenario(void)\n{\n\tvm_unmap_ram(0, 1);\n}\n'
    const run = { ...before, parameters: {}, scenarioId: PROGRAM_ID, program: { title: 'x', source } }
    const answer = await replays.open([run], WINDOW)
    expect(answer).toMatchObject({ kind: 'done', value: { runs: [{ operations: 0, result: undefined }] } })
    expect(JSON.stringify(answer)).toContain('The run ended after operation 0: line 3, column 2: ')
  })

  it('is refused with a reason, and goes on', async () => {
    const id = await opened([before])
    const refused = async (reason: string, answer: Promise<unknown>): Promise<void> => {
      expect(await answer).toEqual({ kind: 'refused', reason: expect.stringContaining(reason) as string })
    }
    await refused('There is no run 3 in this replay; it has 1', replays.ask(id, 'block', { run: 3, index: 1 }))
    await refused('A divergence needs at least two models.', replays.ask(id, 'diverge', {}))
    const search = { run: 0, query: { kind: 'condition', text: 'cpu =' }, from: 0, direction: 'next' } as const
    await refused('The condition, column 5: "=" is no part of a condition', replays.ask(id, 'find', search))
    await refused('accepted are 1 to 8192', replays.ask(id, 'occupation', { run: 0, fromPage: 0, pages: 1, cells: 0 }))
    expect(await replays.ask(id, 'move', { to: 1 })).toMatchObject({ kind: 'done' })
  })
})

describe('a move', () => {
  /** Operations that take seconds to look through, and to follow. */
  const LONGER = BOTH.map((spec) => ({ ...spec, parameters: { iters: 5000 } }))
  const NEVER = { run: 0, query: { kind: 'condition', text: 'live_blocks > 1000000' }, from: 0 } as const

  it.each(['next', 'previous'] as const)('ends a search for the %s moment, which says so', async (direction) => {
    const id = await opened(LONGER)
    const progress = progressOnce()
    const search = replays.ask(id, 'find', { ...NEVER, from: direction === 'next' ? 0 : 1_260_000, direction })
    await progress
    expect(await replays.ask(id, 'move', { to: 255 })).toMatchObject({ kind: 'done' })
    expect(await search).toEqual({ kind: 'declined' })
  })

  it('is answered while the runs are followed together, which goes on', async () => {
    const id = await opened(LONGER)
    const answered: string[] = []
    const progress = progressOnce()
    const followed = replays.ask(id, 'diverge', {}).finally(() => answered.push('diverge'))
    await progress
    expect(await replays.ask(id, 'move', { to: 600_000 })).toMatchObject({
      value: [{ last: { operation: 600_000 } }, { last: { operation: 600_000 } }],
    })
    answered.push('move')
    expect(await followed).toMatchObject({ kind: 'done', value: { first: { map: 128 }, operations: 1_260_000 } })
    expect(answered).toEqual(['move', 'diverge'])
  })
})

describe('open replays', () => {
  it('tell how far the first pass is, and it can be cancelled', async () => {
    const progress = progressOnce()
    const opening = replays.open(LONG, WINDOW)
    await progress
    expect(told[0]).toMatchObject({ replayId: 1, work: 'open', run: 0, operationsTotal: 2_520_000_000 })
    replays.cancel(1)
    expect(await opening).toEqual({ kind: 'declined' })
    await expect(replays.ask(1, 'move', { to: 0 })).rejects.toThrow('Replay 1 is not open.')
  })

  it('can be closed while they work', async () => {
    const progress = progressOnce()
    const opening = expect(replays.open(LONG, WINDOW)).rejects.toThrow('Replay 1 was closed.')
    await progress
    await replays.close(1)
    await opening
  })

  it('are so many at most, of so many runs', async () => {
    const short = [{ ...before, parameters: { iters: 1 } }]
    for (let open = 0; open < 4; open += 1) await opened(short)
    await expect(replays.open(short, WINDOW)).rejects.toThrow(
      '4 replays are open, the most at the same time. Close one of them.',
    )
    await replays.close(2)
    expect(await opened(short)).toBe(5)
    await expect(replays.open(Array<RunSpec>(9).fill(before), WINDOW)).rejects.toThrow(
      '9 runs are too many for one replay; it shows at most 8.',
    )
  })

  it('are refused as runs are', async () => {
    await expect(replays.open([], WINDOW)).rejects.toThrow('There is nothing to run')
    await expect(replays.open([{ ...before, modelId: 'v9.9' }], WINDOW)).rejects.toThrow(
      'There is no kernel model "v9.9"',
    )
    expect(await opened([{ ...before, parameters: { iters: 1 } }])).toBe(3)
  })
})
