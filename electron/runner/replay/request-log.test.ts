import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CHUNK_OPERATIONS } from './request-codes.ts'
import { RequestLog } from './request-log.ts'
import { RequestReader } from './request-reader.ts'

type Asked = readonly [kind: RequestReader['kind'], argument: number, cpu: number]

function write(log: RequestLog, [kind, argument, cpu]: Asked): void {
  log.setCpu(cpu)
  if (kind === 'aliases') log.aliases()
  else log[kind](argument)
}

function readAll(log: RequestLog, from = 0): Asked[] {
  const reader = new RequestReader(log)
  reader.seek(from)
  const asked: Asked[] = []
  while (reader.next()) asked.push([reader.kind, reader.argument, reader.cpu])
  return asked
}

const number = fc.oneof(
  fc.integer({ min: 1, max: 130 }),
  fc
    .maxSafeInteger()
    .map(Math.abs)
    .map((value) => value + 1),
)
const asked: fc.Arbitrary<Asked> = fc.tuple(
  fc.constantFrom('map', 'unmap', 'unmap', 'vmap', 'vunmap', 'aliases'),
  number,
  fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 65_535 })),
)

describe('a log of requests', () => {
  it('reads what was written, from any operation on', () => {
    fc.assert(
      fc.property(fc.array(asked, { maxLength: 300 }), fc.nat(), (requests, place) => {
        const log = new RequestLog()
        const all = requests.map(([kind, argument, cpu]): Asked => [kind, kind === 'aliases' ? 0 : argument, cpu])
        for (const request of all) write(log, request)
        const from = place % (all.length + 1)
        expect(readAll(log, from)).toEqual(all.slice(from))
      }),
    )
  })

  it('goes over the ends of chunks with pairs and CPUs', () => {
    const log = new RequestLog()
    const at = (operation: number): Asked =>
      operation % 2 === 0 ? ['map', 1 + (operation % 64), 3] : ['unmap', 1, operation === CHUNK_OPERATIONS ? 4 : 3]
    // One operation first, so that a pair stands over the end of each chunk
    write(log, ['aliases', 0, 3])
    for (let operation = 0; operation < 3 * CHUNK_OPERATIONS; operation += 1) write(log, at(operation))
    for (const from of [0, 1, CHUNK_OPERATIONS, CHUNK_OPERATIONS + 1, 3 * CHUNK_OPERATIONS - 1]) {
      const reader = new RequestReader(log)
      reader.seek(from)
      expect(reader.next()).toBe(true)
      const expected = from === 0 ? ['aliases', 0, 3] : at(from - 1)
      expect([reader.kind, reader.argument, reader.cpu]).toEqual(expected)
    }
  })

  it('keeps equal chunks of two logs once', () => {
    const logs = [new RequestLog(), new RequestLog()] as const
    for (const log of logs) {
      for (let operation = 0; operation < 2 * CHUNK_OPERATIONS; operation += 1) {
        const isOther = log === logs[1] && operation === CHUNK_OPERATIONS
        write(log, ['map', isOther ? 2 : 1, 0])
      }
    }
    const before = readAll(logs[1])
    logs[1].shareWith(logs[0])
    expect(readAll(logs[1])).toEqual(before)
    expect(readAll(logs[0])).not.toEqual(before)
  })
})
