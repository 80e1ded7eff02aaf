import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { formatCount } from '../../shared/format.ts'
import type { PictureFormat } from '../../shared/picture-file.ts'
import type { ReplayMoment } from '../../shared/replay.ts'
import { scenarioName } from '../../shared/run.ts'
import { copyPngFile } from '../components/clipboard.ts'
import { lab } from '../lab.ts'
import { lanesOf } from '../places/replay/lanes.ts'
import { callOf } from '../places/replay/operation-words.ts'
import { animatedPng } from '../places/replay/picture/apng.ts'
import { fittedSpaces } from '../places/replay/picture/fitted-spaces.ts'
import { readPictureStyle, type PictureStyle } from '../places/replay/picture/picture-style.ts'
import { Raster } from '../places/replay/picture/raster.ts'
import { replayPicture } from '../places/replay/picture/replay-picture.ts'
import type { SpaceRange } from '../places/replay/space-range.ts'
import { useFailuresStore } from './failures.ts'
import { useReplayStore } from './replay.ts'
import { useToastsStore } from './toasts.ts'

/** Pixels of a PNG file to one of the picture: sharp in print, too. */
const STILL_SCALE = 2
const MOVING_SCALE = 1

/** Moments of a replay as pictures, copied or saved, and as animations. */
export const usePicturesStore = defineStore('pictures', () => {
  const failures = useFailuresStore()
  const replay = useReplayStore()
  const toasts = useToastsStore()

  /** Pictures of an animation that are made, of how many. */
  const progress = shallowRef<{ readonly done: number; readonly total: number }>()
  let isCancelled = false

  async function draw(
    moments: readonly ReplayMoment[],
    style: PictureStyle,
    from?: SpaceRange,
  ): Promise<ReturnType<typeof replayPicture> & { readonly range: SpaceRange }> {
    const { session, runs } = replay
    const lanes = lanesOf(replay.sides, moments)
    const [run] = runs
    const [moment] = moments
    if (session === undefined || run === undefined || moment === undefined)
      throw new Error('No runs are open in Replay.')
    const { range, spaces } = await fittedSpaces(session.replayId, lanes, from)
    const { operation } = moment.state
    const call = moment.last === undefined ? '' : `: ${callOf(moment.last, run.source)}`
    const content = {
      title: scenarioName(run.spec),
      about: `machine ${run.spec.machineId}`,
      operation: `Operation ${formatCount(operation)} of ${formatCount(replay.operations)}${call}`,
      lanes,
      spaces,
    }
    return { ...replayPicture(content, style), range }
  }

  async function png(): Promise<Uint8Array<ArrayBuffer>> {
    const style = readPictureStyle()
    const { svg, heightPx } = await draw(replay.moments, style)
    return new Raster(heightPx, STILL_SCALE, style.colors.surface).png(svg, heightPx)
  }

  async function copy(): Promise<void> {
    try {
      await copyPngFile(await png())
      toasts.show('Copied the picture as PNG')
    } catch (error) {
      failures.show(error)
    }
  }

  async function saveFile(format: PictureFormat, content: Uint8Array, at: string): Promise<void> {
    const [run] = replay.runs
    const about = `${run === undefined ? '' : scenarioName(run.spec)} ${at}`
    const saved = await lab().savePicture({ about, format, content })
    if (saved.kind === 'done') toasts.show(`Written to ${saved.value}`)
    if (saved.kind === 'refused') failures.show(new Error(saved.reason))
  }

  async function save(format: 'svg' | 'png'): Promise<void> {
    try {
      const at = `operation ${replay.operation}`
      if (format === 'png') {
        await saveFile('png', await png(), at)
        return
      }
      const { svg } = await draw(replay.moments, readPictureStyle())
      await saveFile('svg', new TextEncoder().encode(svg), at)
    } catch (error) {
      failures.show(error)
    }
  }

  /** Makes an animation of the moments after some operations and asks where to save it. True unless it was cancelled or failed. */
  async function animate(operations: readonly number[], perSecond: number): Promise<boolean> {
    isCancelled = false
    progress.value = { done: 0, total: operations.length }
    replay.pause()
    try {
      const frames = await framesOf(operations)
      if (frames === undefined) return false
      const span = `operations ${operations[0] ?? 0} to ${operations.at(-1) ?? 0}`
      await saveFile('apng', animatedPng(frames, 1000 / perSecond), span)
      return true
    } catch (error) {
      failures.show(error)
      return false
    } finally {
      progress.value = undefined
      await replay.show()
    }
  }

  async function framesOf(operations: readonly number[]): Promise<readonly Uint8Array[] | undefined> {
    const style = readPictureStyle()
    const pictures: ReturnType<typeof replayPicture>[] = []
    let range: SpaceRange | undefined
    // Drawn first, all of them: the highest says how high the animation is
    for (const operation of operations) {
      const moments = await replay.peek(operation)
      if (moments === undefined || isCancelled) return undefined
      const drawn = await draw(moments, style, range)
      range = drawn.range
      pictures.push(drawn)
      progress.value = { done: pictures.length / 2, total: operations.length }
    }
    const raster = new Raster(Math.max(...pictures.map(({ heightPx }) => heightPx)), MOVING_SCALE, style.colors.surface)
    const frames: Uint8Array[] = []
    for (const { svg, heightPx } of pictures) {
      if (isCancelled) return undefined
      frames.push(await raster.png(svg, heightPx))
      progress.value = { done: (pictures.length + frames.length) / 2, total: operations.length }
    }
    return frames
  }

  function cancel(): void {
    isCancelled = true
  }

  return { progress, copy, save, animate, cancel }
})
