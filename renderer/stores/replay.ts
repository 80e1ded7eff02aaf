import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { RunRecord } from '../../shared/journal.ts'
import type { Lockstep } from '../../shared/replay.ts'
import type { ReplayMoments, ReplaySearch, ReplaySession } from '../../shared/replay-session.ts'
import { lab, reasonOf } from '../lab.ts'
import { DEFAULT_SPEED, nextSpeed } from '../places/replay/speeds.ts'

/** The runs that are replayed, the moment they are at, and what moves the playhead. */
export const useReplayStore = defineStore('replay', () => {
  const session = shallowRef<ReplaySession>()
  /** The runs as recorded, for their series and names, in the order of the sides. */
  const runs = shallowRef<readonly RunRecord[]>([])
  const moments = shallowRef<ReplayMoments>([])
  const lockstep = shallowRef<Lockstep>()
  /** Being read for the first time, or looked through. */
  const busy = ref<'opening' | 'searching'>()
  const failure = ref<string>()
  const playing = ref(false)
  const speed = ref(DEFAULT_SPEED)

  const operations = computed(() => Math.max(0, ...(session.value?.sides.map((side) => side.operations) ?? [])))
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
    failure.value = undefined
    busy.value = 'opening'
    try {
      if (before !== undefined) await lab().closeReplay(before.id)
      const records = await Promise.all(runIds.map((id) => lab().openRun(id)))
      const outcome = await lab().openReplay(runIds)
      if (mine !== opening) {
        if (outcome.kind === 'done') await lab().closeReplay(outcome.value.id)
        return
      }
      if (outcome.kind === 'refused') failure.value = outcome.reason
      if (outcome.kind !== 'done') return
      runs.value = records.filter((run) => run !== undefined)
      session.value = outcome.value
      wanted.value = 0
      await show()
      if (outcome.value.sides.length > 1) lockstep.value = await lab().replayLockstep(outcome.value.id)
    } catch (error) {
      if (mine === opening) failure.value = reasonOf(error)
    } finally {
      if (mine === opening) busy.value = undefined
    }
  }

  async function cancel(): Promise<void> {
    await lab().cancelReplay()
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
      const { id } = session.value
      const asked = wanted.value
      try {
        const found = await lab().seekReplay(id, asked)
        if (session.value?.id !== id) continue
        moments.value = found
        shown = asked
      } catch (error) {
        failure.value = reasonOf(error)
        return
      }
    }
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

  /** Goes to the next moment of a kind; answers false when there is none. */
  async function find(search: Omit<ReplaySearch, 'from'>): Promise<boolean> {
    pause()
    if (session.value === undefined || busy.value !== undefined) return false
    busy.value = 'searching'
    failure.value = undefined
    try {
      const outcome = await lab().findInReplay(session.value.id, { ...search, from: wanted.value })
      if (outcome.kind === 'refused') failure.value = outcome.reason
      if (outcome.kind !== 'done' || outcome.value === undefined) return false
      await seek(outcome.value)
      return true
    } catch (error) {
      failure.value = reasonOf(error)
      return false
    } finally {
      busy.value = undefined
    }
  }

  /** Goes to where the models first choose differently; answers false where they never do. */
  async function toDivergence(): Promise<boolean> {
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
    moments,
    lockstep,
    busy,
    failure,
    playing,
    speed,
    operations,
    operation,
    open,
    cancel,
    seek,
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
