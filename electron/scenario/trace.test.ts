import { describe, expect, it } from 'vitest'
import { loadGoldenCases } from '../allocator/golden/golden-cases.ts'
import { Allocator } from '../allocator/allocator.ts'
import { findKernelModel } from '../allocator/models.ts'
import type { RequestSink } from '../../shared/requests.ts'
import { bytesOf, type ByteSource } from './bytes.ts'
import { TraceSource } from './trace.ts'

/** Writes down the calls it gets and maps everything at page 100, or nowhere. */
class Recorder implements RequestSink {
  readonly calls: string[] = []
  fails = false

  setCpu(cpu: number): void {
    this.calls.push(`cpu ${cpu}`)
  }

  mapRam(pages: number): number {
    this.calls.push(`map ${pages}`)
    return this.fails ? -1 : 100
  }

  unmapRam(startPage: number, pages: number): void {
    this.calls.push(`unmap ${startPage} ${pages}`)
  }

  vmap(pages: number): number {
    this.calls.push(`vmap ${pages}`)
    return 200
  }

  vunmap(startPage: number): void {
    this.calls.push(`vunmap ${startPage}`)
  }

  unmapAliases(): void {
    this.calls.push('aliases')
  }
}

function play(text: string, recorder = new Recorder()): string[] {
  new TraceSource(() => bytesOf(text), 4).issue(recorder)
  return recorder.calls
}

describe('a trace', () => {
  it('is played line by line', () => {
    expect(play('c 2\nm 7 16\nv 8 3\na\nf 8\nu 7\n')).toEqual([
      'cpu 2',
      'map 16',
      'vmap 3',
      'aliases',
      'vunmap 200',
      'unmap 100 16',
    ])
  })

  it('passes over empty lines, comments, spaces and Windows line ends', () => {
    expect(play('# a comment\r\n\r\n  m   1  4 \r\nu 1')).toEqual(['map 4', 'unmap 100 4'])
  })

  it('ignores unknown ids, ids already unmapped and ids of the other kind', () => {
    expect(play('u 1\nm 1 4\nu 1\nu 1\nv 2 4\nu 2\nf 2\nm 3 1\nf 3')).toEqual([
      'map 4',
      'unmap 100 4',
      'vmap 4',
      'vunmap 200',
      'map 1',
    ])
  })

  it('ignores the unmap of a failed map', () => {
    const recorder = new Recorder()
    recorder.fails = true
    expect(play('m 1 4\nu 1', recorder)).toEqual(['map 4'])
  })

  it('lets an id that is mapped again name the new mapping', () => {
    expect(play('m 1 4\nm 1 8\nu 1\nu 1')).toEqual(['map 4', 'map 8', 'unmap 100 8'])
  })

  it.each([
    ['x 1', '"x" is no request; accepted are: c CPU, m ID COUNT'],
    ['constructor 1', '"constructor" is no request'],
    ['m 1', '"m 1" has 1 numbers; accepted is: m ID COUNT'],
    ['u 1 2', '"u 1 2" has 2 numbers; accepted is: u ID'],
    ['a 1', '"a 1" has 1 numbers; accepted is: a'],
    ['m one 2', '"one" is no whole number; accepted is: m ID COUNT'],
    ['m 1 -2', '"-2" is no whole number'],
    ['m 1 0x10', '"0x10" is no whole number'],
    ['m 99999999999999999 1', '"99999999999999999" is no whole number'],
    ['m 1 4294967296', '4294967296 pages is too many'],
    ['c 4', 'CPU 4 is not on this machine; accepted are 0 to 3'],
  ])('refuses "%s" and names its line', (line, problem) => {
    const recorder = new Recorder()
    expect(() => play(`m 1 1\n\n${line}\nm 2 2\n`, recorder)).toThrow(`line 3: ${problem}`)
    expect(recorder.calls).toEqual(['map 1'])
  })

  it('holds as many mappings as live at once', () => {
    const ids = Array.from({ length: 5000 }, (_, id) => id * 1_000_003)
    const lines = [...ids.map((id) => `m ${id} 1`), ...ids.map((id) => `u ${id}`)]
    expect(play(lines.join('\n'))).toHaveLength(10_000)
  })

  it('is read again by each issue, and given back even when it is left early', () => {
    let opened = 0
    let closed = 0
    const open = (): ByteSource => {
      opened += 1
      return { ...bytesOf('m 1 4\nu 1\nx'), close: () => (closed += 1) }
    }
    const source = new TraceSource(open, 1)
    const recorder = new Recorder()
    for (let time = 0; time < 2; time += 1) expect(() => source.issue(recorder)).toThrow('line 3')
    expect(recorder.calls).toEqual(['map 4', 'unmap 100 4', 'map 4', 'unmap 100 4'])
    expect([opened, closed]).toEqual([2, 2])
  })
})

const recorded = loadGoldenCases().filter((golden) => golden.lines !== undefined && golden.results['p3'] !== undefined)

describe('the golden traces, read as text', () => {
  it.each(recorded)('$name', ({ machine, lines, results }) => {
    const allocator = new Allocator(machine, findKernelModel('p3')!)
    const addr: number[] = []
    new TraceSource(
      () => bytesOf(lines!.join('\n')),
      machine.nrCpus,
      (page) => addr.push(page),
    ).issue(allocator)
    expect(allocator.counts).toEqual(results['p3']?.counts)
    if (results['p3']?.addr !== undefined) expect(addr).toEqual(results['p3'].addr)
  })

  it('are more than a handful', () => {
    expect(recorded.length).toBeGreaterThan(25)
  })
})
