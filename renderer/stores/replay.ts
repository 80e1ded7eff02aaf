import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { RunRecord } from '../../shared/journal.ts'
import type {
  Lockstep,
  OpenedReplay,
  ReplayMoment,
  ReplayProgress,
  ReplayQuery,
  ReplaySearch,
} from '../../shared/replay.ts'
import { lab, reasonOf } from '../lab.ts'
import { sidesOf } from '../places/replay/side.ts'
import { DEFAULT_SPEED, nextSpeed } from '../places/replay/speeds.ts'

/** The runs that are replayed, the moment they are at, and what moves the playhead. */
export const useReplayStore = defineStore('replay', () => {
  const session = shallowRef<OpenedReplay>()
  /** The runs as recorded, for their series and names, in the order of the sides. */
  const runs = shallowRef<readonly RunRecord[]>([])
  const moments = shallowRef<readonly ReplayMoment[]>([])
  const lockstep = shallowRef<Lockstep>()
  /** Being read for the first time, or looked through. */
  const busy = ref<'opening' | 'searching'>()
  /** Of what takes its time; tells the id of a replay before it is open. */
  const progress = shallowRef<ReplayProgress>()
  const failure = ref<string>()
  /** Why the sides cannot be followed together. */
  const apart = ref<string>()
  const playing = ref(false)
  const speed = ref(DEFAULT_SPEED)

  const sides = computed(() => sidesOf(session.value, runs.value))
  const operations = computed(() => Math.max(0, ...(session.value?.runs.map((run) => run.operations) ?? [])))
  /** Where the playhead stands, which may be ahead of the moments that are shown. */
  const wanted = ref(0)
  const operation = computed(() => wanted.value)

  /** Rises whenever other runs are opened: answers for those before come too late. */
  let opening = 0

  async function open(runIds: readonly number[]): Promise<void> {
    opening += 1
    const mine = opening
    pause()
    const before = session.value
    session.value = undefined
    shown = -1
    moments.value = []
    lockstep.value = undefined
    comparing = undefined
    apart.value = undefined
    progress.value = undefined
    failure.value = undefined
    busy.value = 'opening'
    try {
      if (before !== undefined) await lab().closeReplay(before.replayId)
      const read = await Promise.all(runIds.map((id) => lab().openRun(id)))
      const records = read.filter((run) => run !== undefined)
      const outcome = await lab().openReplay(records.map(({ spec }) => spec))
      if (mine !== opening) {
        if (outcome.kind === 'done') await lab().closeReplay(outcome.value.replayId)
        return
      }
      if (outcome.kind === 'refused') failure.value = outcome.reason
      if (outcome.kind !== 'done') return
      runs.value = records
      session.value = outcome.value
      wanted.value = 0
      // At once: whoever asks for the divergence waits for it
      if (records.length > 1) comparing = compare(outcome.value.replayId)
      await show()
    } catch (error) {
      if (mine === opening) failure.value = reasonOf(error)
    } finally {
      if (mine === opening) busy.value = undefined
    }
  }

  const isOpen = (replayId: number): boolean => session.value?.replayId === replayId

  let comparing: Promise<void> | undefined

  /** Follows the sides together, while the playhead can be moved already. */
  async function compare(replayId: number): Promise<void> {
    const outcome = await lab().findDivergence(replayId)
    if (!isOpen(replayId)) return
    if (outcome.kind === 'done') lockstep.value = outcome.value
    if (outcome.kind === 'refused') apart.value = outcome.reason
  }

  async function cancel(): Promise<void> {
    const replayId = session.value?.replayId ?? progress.value?.replayId
    if (replayId !== undefined) await lab().cancelReplay(replayId)
  }

  function listen(): void {
    lab().on('replayProgress', (now) => {
      progress.value = now
    })
    // What a window before this one had open is of no use to anybody
    void lab().closeReplays()
  }

  let showing: Promise<void> | undefined
  /** The operation of the moments that are shown. */
  let shown = -1

  /** Brings the moments to where the playhead stands. One question at a time; those asked meanwhile come to one. */
  function show(): Promise<void> {
    showing ??= showWanted().finally(() => {
      showing = undefined
    })
    return showing
  }

  async function showWanted(): Promise<void> {
    while (session.value !== undefined && shown !== wanted.value) {
      const { replayId } = session.value
      const asked = wanted.value
      try {
        const outcome = await lab().moveReplay(replayId, { to: asked })
        if (!isOpen(replayId)) continue
        if (outcome.kind === 'refused') failure.value = outcome.reason
        if (outcome.kind !== 'done') return
        moments.value = outcome.value
        shown = asked
      } catch (error) {
        failure.value = reasonOf(error)
        return
      }
    }
  }

  /** The moments of an operation, without showing them. `show` afterwards: what is asked of the present moment means these. */
  async function peek(to: number): Promise<readonly ReplayMoment[] | undefined> {
    const { replayId } = session.value ?? {}
    if (replayId === undefined) return undefined
    shown = -1
    const outcome = await lab().moveReplay(replayId, { to })
    return outcome.kind === 'done' && isOpen(replayId) ? outcome.value : undefined
  }

  /** Moves the playhead; what lies outside the run is its beginning or end. */
  async function seek(to: number): Promise<void> {
    wanted.value = Math.min(operations.value, Math.max(0, Math.round(to)))
    await show()
  }

  function step(by: number): Promise<void> {
    pause()
    return seek(wanted.value + by)
  }

  /** Goes to the nearest moment that any side has. `ended` when the search was cancelled, which moving the playhead does, or refused. */
  async function find(query: ReplayQuery, direction: ReplaySearch['direction']): Promise<'found' | 'none' | 'ended'> {
    pause()
    if (session.value === undefined || busy.value !== undefined) return 'ended'
    busy.value = 'searching'
    failure.value = undefined
    progress.value = undefined
    try {
      const { replayId, runs: sides } = session.value
      // A move that is still on its way would end the search
      await show()
      const from = wanted.value
      const found: number[] = []
      for (const run of sides.keys()) {
        const outcome = await lab().findInReplay(replayId, { run, query, direction, from })
        if (outcome.kind === 'refused') failure.value = outcome.reason
        if (outcome.kind !== 'done' || wanted.value !== from) return 'ended'
        if (outcome.value.kind === 'found') found.push(outcome.value.operation)
      }
      if (found.length === 0) return 'none'
      await seek(direction === 'next' ? Math.min(...found) : Math.max(...found))
      return 'found'
    } catch (error) {
      failure.value = reasonOf(error)
      return 'ended'
    } finally {
      busy.value = undefined
    }
  }

  /** Goes to where the models first choose differently, as soon as that is known; answers false where they never do. */
  async function toDivergence(): Promise<boolean> {
    await comparing
    const at = lockstep.value?.first?.operation
    if (at === undefined) return false
    pause()
    await seek(at)
    return true
  }

  let timer: ReturnType<typeof setTimeout> | undefined

  function play(): void {
    if (session.value === undefined || playing.value) return
    if (wanted.value === operations.value) wanted.value = 0
    playing.value = true
    let lastMs = performance.now()
    let left = 0
    const tick = async (): Promise<void> => {
      const nowMs = performance.now()
      left += ((nowMs - lastMs) * speed.value) / 1000
      lastMs = nowMs
      const whole = Math.floor(left)
      left -= whole
      if (whole > 0) await seek(wanted.value + whole)
      if (wanted.value === operations.value) pause()
      if (playing.value) timer = setTimeout(() => void tick(), FRAME_MS)
    }
    timer = setTimeout(() => void tick(), FRAME_MS)
  }

  function pause(): void {
    playing.value = false
    clearTimeout(timer)
  }

  function toggle(): void {
    if (playing.value) pause()
    else play()
  }

  function changeSpeed(faster: boolean): void {
    speed.value = nextSpeed(speed.value, faster)
  }

  /** The sides the other way round. */
  async function swap(): Promise<void> {
    const at = wanted.value
    await open(runs.value.map(({ id }) => id).toReversed())
    await seek(at)
  }

  return {
    session,
    runs,
    sides,
    moments,
    lockstep,
    busy,
    progress,
    apart,
    failure,
    playing,
    speed,
    operations,
    operation,
    listen,
    open,
    cancel,
    seek,
    show,
    peek,
    step,
    find,
    toDivergence,
    toggle,
    pause,
    changeSpeed,
    swap,
  }
})

/** Moments are shown at most this often: a screen shows no more. */
const FRAME_MS = 16
