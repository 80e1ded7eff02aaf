import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { MACHINE_PRESETS } from '../../shared/machine.ts'
import type { ScenarioPreview } from '../../shared/scenario-preview.ts'
import { installFakeLab } from '../testing/fake-lab.ts'
import { usePreviewStore } from './preview.ts'

let open: { source: string; resolve: (preview: ScenarioPreview) => void }[] = []

beforeEach(() => {
  vi.useFakeTimers()
  open = []
  installFakeLab({
    previewScenario: ({ source }) => new Promise((resolve) => open.push({ source, resolve })),
  })
  setActivePinia(createPinia())
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const ask = (ref: string, source: string): void => {
  const { machine } = MACHINE_PRESETS[0]!
  usePreviewStore().ask({ ref, request: { source, machine, parameters: {}, seed: 1 } })
}
const answer = async (index: number, operationsTotal: number): Promise<void> => {
  open[index]!.resolve({ requests: [], operationsTotal, ended: true })
  await vi.advanceTimersByTimeAsync(0)
}

it('is of the last text, after a pause, and never of one that was changed since', async () => {
  ask('x', 'a')
  ask('x', 'ab')
  await vi.advanceTimersByTimeAsync(1000)
  expect(open.map(({ source }) => source)).toEqual(['ab'])
  ask('y', 'abc')
  await vi.advanceTimersByTimeAsync(1000)
  await answer(0, 1)
  expect(usePreviewStore().answer).toBeUndefined()
  await answer(1, 2)
  expect(usePreviewStore().answer).toMatchObject({ ref: 'y', preview: { operationsTotal: 2 } })
  ask('y', 'abc')
  await vi.advanceTimersByTimeAsync(1000)
  expect(open).toHaveLength(2)
  usePreviewStore().refer('y', 'z')
  expect(usePreviewStore().answer?.ref).toBe('z')
})
