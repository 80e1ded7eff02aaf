import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MACHINE_PRESETS } from '../../shared/machine.ts'
import { FAILED, type RequestSink } from '../../shared/requests.ts'
import { Allocator } from '../allocator/allocator.ts'
import { KERNEL_MODELS } from '../allocator/models.ts'
import { bytesOf } from './bytes.ts'
import { TraceLengthError, TraceRecorder } from './trace-recorder.ts'
import { TraceSource } from './trace.ts'

// So small that maps fail
const machine = { ...MACHINE_PRESETS.find(({ id }) => id === 'i386-8')!.machine, vmallocPages: 512 }

interface Step {
  readonly kind: 'map' | 'vmap' | 'unmap' | 'aliases' | 'cpu'
  readonly number: number
}

const steps = fc.array(
  fc.record({ kind: fc.constantFrom('map', 'map', 'map', 'vmap', 'unmap', 'aliases', 'cpu'), number: fc.nat(80) }),
  { minLength: 1, maxLength: 200 },
)

/** Makes requests of steps; which mapping an unmap gives back depends on what was mapped. */
function issue(list: readonly Step[], sink: RequestSink): void {
  const live: { readonly startPage: number; readonly pages: number; readonly isArea: boolean }[] = []
  for (const { kind, number } of list) {
    if (kind === 'map' || kind === 'vmap') {
      const pages = 1 + number
      const startPage = kind === 'map' ? sink.mapRam(pages) : sink.vmap(pages)
      if (startPage !== FAILED) live.push({ startPage, pages, isArea: kind === 'vmap' })
    } else if (kind === 'unmap') {
      const [mapping] = live.splice(number % Math.max(1, live.length), 1)
      if (mapping?.isArea === true) sink.vunmap(mapping.startPage)
      else if (mapping !== undefined) sink.unmapRam(mapping.startPage, mapping.pages)
    } else if (kind === 'aliases') sink.unmapAliases()
    else sink.setCpu(number % machine.nrCpus)
  }
}

/** What can be seen of an allocator. */
function stateOf(allocator: Allocator): object {
  const lists = Array.from({ length: machine.nrCpus }, (_, cpu) => [...allocator.freeList(cpu)])
  return { counts: allocator.counts, lists }
}

describe('a recorded trace', () => {
  it('replays to the same, call by call, under every kernel model', () => {
    let failed = 0
    fc.assert(
      fc.property(steps, fc.constantFrom(...KERNEL_MODELS), (list, model) => {
        const first = new Allocator(machine, model)
        let text = ''
        const recorder = new TraceRecorder(first, Infinity, (part) => (text += part))
        const answers: number[] = []
        issue(list, {
          setCpu: (cpu) => recorder.setCpu(cpu),
          mapRam: (pages) => answers[answers.push(recorder.mapRam(pages)) - 1]!,
          unmapRam: (startPage, pages) => recorder.unmapRam(startPage, pages),
          vmap: (pages) => answers[answers.push(recorder.vmap(pages)) - 1]!,
          vunmap: (startPage) => recorder.vunmap(startPage),
          unmapAliases: () => recorder.unmapAliases(),
        })
        recorder.end()
        failed += recorder.failedMaps
        expect(text.split('\n')).toHaveLength(recorder.requests + 1)
        const second = new Allocator(machine, model)
        const replayed: number[] = []
        new TraceSource(
          () => bytesOf(text),
          machine.nrCpus,
          (startPage) => replayed.push(startPage),
        ).issue(second)
        expect(replayed).toEqual(answers)
        expect(stateOf(second)).toEqual(stateOf(first))
      }),
      { numRuns: 300 },
    )
    expect(failed).toBeGreaterThan(0)
  })

  it('is handed on in whole lines, however long it is, up to its limit', () => {
    const parts: string[] = []
    const recorder = new TraceRecorder(new Allocator(machine, KERNEL_MODELS[0]!), 700_000, (part) => parts.push(part))
    const endless = (): void => {
      for (let cpu = 0; ; cpu = 1 - cpu) recorder.setCpu(cpu)
    }
    expect(endless).toThrow(TraceLengthError)
    recorder.end()
    expect(parts.length).toBeGreaterThan(2)
    expect(parts.every((part) => part.endsWith('\n'))).toBe(true)
    expect(parts.join('').length).toBe(700_000 * 'c 0\n'.length)
  })
})
