import { describe, expect, it } from 'vitest'
import { Allocator } from '../allocator/allocator.ts'
import { findKernelModel } from '../allocator/models.ts'
import { DEFAULT_MACHINE_ID, MACHINE_PRESETS } from '../../shared/machine.ts'
import { DEFAULT_SEED } from '../../shared/scenario.ts'
import { bytesOf } from './bytes.ts'
import { SCENARIO_PRESETS } from './presets.ts'
import { TraceSource } from './trace.ts'
import { EndlessSpace, TraceWriter } from './trace-writer.ts'

const MACHINE = MACHINE_PRESETS.find(({ id }) => id === DEFAULT_MACHINE_ID)!.machine

function written(
  issue: (writer: TraceWriter) => void,
  target = new EndlessSpace() as EndlessSpace | Allocator,
): string {
  let text = ''
  const writer = new TraceWriter(target, (part) => (text += part))
  issue(writer)
  writer.end()
  return text
}

describe('a trace that is written', () => {
  it('has a line for each request, and a number for each map', () => {
    const text = written((sink) => {
      const block = sink.mapRam(16)
      sink.setCpu(2)
      const area = sink.vmap(3)
      const other = sink.mapRam(8)
      sink.unmapRam(block, 16)
      sink.vunmap(area)
      sink.unmapAliases()
      sink.unmapRam(other, 8)
    })
    expect(text).toBe('m 1 16\nc 2\nv 2 3\nm 3 8\nu 1\nf 2\na\nu 3\n')
  })

  it('has failed maps, whose numbers nothing unmaps', () => {
    const allocator = new Allocator({ ...MACHINE, vmallocPages: 2048 }, findKernelModel('v4.1')!)
    const text = written((sink) => {
      expect(sink.mapRam(5000)).toBe(-1)
      sink.unmapRam(sink.mapRam(1), 1)
    }, allocator)
    expect(text).toBe('m 1 5000\nm 2 1\nu 2\n')
    expect(() => written((sink) => sink.unmapRam(7, 1))).toThrow('No map of this trace starts at page 7.')
  })

  it.each(SCENARIO_PRESETS)('replays $info.id with the same result', (preset) => {
    const parameters = { iters: 20 }
    const model = findKernelModel('v4.1')!
    const [recorded, replayed] = [new Allocator(MACHINE, model), new Allocator(MACHINE, model)]
    const text = written((sink) => preset.stream(MACHINE, parameters, DEFAULT_SEED).issue(sink), recorded)
    new TraceSource(() => bytesOf(text), MACHINE.nrCpus).issue(replayed)
    expect(replayed.counts).toEqual(recorded.counts)
    expect(recorded.counts.vm_map_ram).toBeGreaterThan(0)
    expect(written((sink) => preset.stream(MACHINE, parameters, DEFAULT_SEED).issue(sink))).toBe(text)
  })
})
