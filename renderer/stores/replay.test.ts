import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Outcome } from '../../shared/contract.ts'
import type { RunRecord } from '../../shared/journal.ts'
import { MACHINE_PRESETS } from '../../shared/machine.ts'
import type { Lockstep, OpenedReplay, ReplayMoment, ReplaySearch } from '../../shared/replay.ts'
import type { RunSpec } from '../../shared/run.ts'
import { installFakeLab, type FakeLab } from '../testing/fake-lab.ts'
import { useReplayStore } from './replay.ts'

const machine = MACHINE_PRESETS[0]!.machine
const none = new Uint32Array(1)
const events = { operationsPerBucket: 1000, counts: { allocated: none, freed: none, flushed: none, failed: none } }
const opened = (replayId: number, runs: readonly RunSpec[], operations = 1000): OpenedReplay => ({
  replayId,
  runs: runs.map(({ modelId }) => ({ modelId, operations, problem: undefined, result: undefined, events })),
})
const moment = (operation: number): ReplayMoment =>
  ({ state: { operation }, last: undefined }) as unknown as ReplayMoment

let lab: FakeLab
let seeks: number[]
let closed: number[]
let sessions: number
let searched: ReplaySearch[]
/** Lets held answers go on. */
let release: () => void

beforeEach(() => {
  seeks = []
  closed = []
  sessions = 0
  searched = []
  lab = installFakeLab({
    openRun: (id) => Promise.resolve({ id, spec: { modelId: `m${id}`, machine } } as RunRecord),
    openReplay: (runs) => {
      sessions += 1
      return Promise.resolve({ kind: 'done', value: opened(sessions, runs) })
    },
    closeReplay: (id) => Promise.resolve(void closed.push(id)),
    moveReplay: (_, move) => {
      const operation = 'to' in move ? move.to : 0
      seeks.push(operation)
      return Promise.resolve({ kind: 'done', value: [moment(operation)] })
    },
    findDivergence: () => Promise.resolve({ kind: 'done', value: { first: { operation: 255 } } as Lockstep }),
    findInReplay: (_, search) => {
      searched.push(search)
      if (search.query.kind === 'block') return Promise.resolve({ kind: 'done', value: { kind: 'none' } })
      return Promise.resolve({ kind: 'done', value: { kind: 'found', operation: 640 - search.run } })
    },
  })
  setActivePinia(createPinia())
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('opening runs', () => {
  it('begins before the first operation, and compares two of them', async () => {
    const replay = useReplayStore()
    await replay.open([41, 42])
    expect(replay.runs.map(({ id }) => id)).toEqual([41, 42])
    expect(replay.operations).toBe(1000)
    expect([replay.operation, seeks]).toEqual([0, [0]])
    expect(await replay.toDivergence()).toBe(true)
    expect(replay.operation).toBe(255)
    expect(replay.busy).toBeUndefined()
  })

  it('closes those opened before, also when that took longer', async () => {
    const replay = useReplayStore()
    await replay.open([1])
    lab.methods.openReplay = (runs) =>
      new Promise<Outcome<OpenedReplay>>((resolve) => {
        release = () => resolve({ kind: 'done', value: opened(77, runs) })
      })
    const late = replay.open([2])
    await vi.waitFor(() => expect(release).toBeDefined())
    const first = release
    lab.methods.openReplay = (runs) => Promise.resolve({ kind: 'done', value: opened(78, runs) })
    await replay.open([3])
    first()
    await late
    expect(replay.session?.replayId).toBe(78)
    expect(closed).toEqual([1, 77])
  })

  it('says why it was refused', async () => {
    const replay = useReplayStore()
    lab.methods.openReplay = () => Promise.resolve({ kind: 'refused', reason: 'Run 2 was never finished.' })
    await replay.open([2])
    expect(replay.session).toBeUndefined()
    expect(replay.failure).toBe('Run 2 was never finished.')
  })
})

describe('the playhead', () => {
  it('stays within the run', async () => {
    const replay = useReplayStore()
    await replay.open([1])
    await replay.step(-5)
    expect(replay.operation).toBe(0)
    await replay.seek(5000)
    expect(replay.operation).toBe(1000)
    expect(seeks).toEqual([0, 1000])
  })

  it('asks for the place where it is now, not for all that it passed', async () => {
    const replay = useReplayStore()
    await replay.open([1])
    seeks.length = 0
    await Promise.all([10, 20, 30, 40].map((operation) => replay.seek(operation)))
    expect(seeks).toEqual([10, 40])
    expect(replay.moments[0]?.state.operation).toBe(40)
  })

  it('moves by itself while it plays, and stops at the end', async () => {
    vi.useFakeTimers()
    const replay = useReplayStore()
    await replay.open([1])
    replay.speed = 100
    replay.toggle()
    await vi.advanceTimersByTimeAsync(1000)
    expect(replay.operation).toBeGreaterThan(80)
    expect(replay.operation).toBeLessThanOrEqual(100)
    replay.toggle()
    const at = replay.operation
    await vi.advanceTimersByTimeAsync(1000)
    expect(replay.operation).toBe(at)
    replay.speed = 100_000
    replay.toggle()
    await vi.advanceTimersByTimeAsync(1000)
    expect([replay.operation, replay.playing]).toEqual([1000, false])
  })
})

describe('a search', () => {
  it('goes to the nearest moment of any side, from where the playhead stands', async () => {
    const replay = useReplayStore()
    await replay.open([1, 2])
    await replay.seek(100)
    const query = { kind: 'condition', text: 'cpu == 1' } as const
    expect(await replay.find(query, 'next')).toBe('found')
    expect(searched).toEqual([0, 1].map((run) => ({ run, query, direction: 'next', from: 100 })))
    expect(replay.operation).toBe(639)
    expect(await replay.find(query, 'previous')).toBe('found')
    expect(replay.operation).toBe(640)
  })

  it('stays where it is when there is nothing, or when it is refused', async () => {
    const replay = useReplayStore()
    await replay.open([1])
    expect(await replay.find({ kind: 'block', block: 3 }, 'next')).toBe('none')
    expect(replay.failure).toBeUndefined()
    lab.methods.findInReplay = () => Promise.resolve({ kind: 'refused', reason: 'column 3: expected a number' })
    expect(await replay.find({ kind: 'condition', text: 'a' }, 'next')).toBe('ended')
    expect(replay.failure).toBe('column 3: expected a number')
    expect(replay.operation).toBe(0)
  })

  it('does not take back a move that was made meanwhile', async () => {
    const replay = useReplayStore()
    await replay.open([1, 2])
    lab.methods.findInReplay = async (_, search) => {
      searched.push(search)
      await replay.seek(300)
      return { kind: 'done', value: { kind: 'found', operation: 640 } }
    }
    expect(await replay.find({ kind: 'event', event: 'any' }, 'next')).toBe('ended')
    expect([replay.operation, searched.length, replay.busy]).toEqual([300, 1, undefined])
  })
})
