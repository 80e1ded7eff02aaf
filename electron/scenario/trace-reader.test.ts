import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ByteSource } from './bytes.ts'
import { LINE_BYTES_MAX } from './line-reader.ts'
import { parseTraceLine, type TraceRequest } from './trace-line.ts'
import { TraceReader } from './trace-reader.ts'

const NR_CPUS = 4

/** A text that arrives in pieces of the given sizes, over and over. */
function inPieces(text: string, sizes: readonly number[]): ByteSource {
  const bytes = new TextEncoder().encode(text)
  let position = 0
  let pieces = 0
  return {
    read(target, offset) {
      const size = Math.min(sizes[pieces++ % sizes.length] ?? 1, target.length - offset)
      const piece = bytes.subarray(position, position + size)
      target.set(piece, offset)
      position += piece.length
      return piece.length
    },
    close: () => undefined,
  }
}

interface Read {
  readonly requests: (TraceRequest & { readonly line: number })[]
  /** What was wrong with the first line that is no request. */
  problem?: string
}

function readAll(bytes: ByteSource): Read {
  const reader = new TraceReader(bytes, NR_CPUS)
  const read: Read = { requests: [] }
  try {
    while (reader.next()) {
      const { op, first, second, line } = reader
      read.requests.push({ op, first, second, line })
    }
  } catch (error) {
    read.problem = (error as Error).message
  }
  return read
}

/** The same line by line, by the parser that explains. */
function readSlowly(text: string): Read {
  const read: Read = { requests: [] }
  try {
    for (const [position, line] of text.split('\n').entries()) {
      const request = parseTraceLine(line, position + 1, NR_CPUS)
      if (request !== undefined) read.requests.push({ ...request, line: position + 1 })
    }
  } catch (error) {
    read.problem = (error as Error).message
  }
  return read
}

const number = fc.oneof(
  fc.nat(9).map(String),
  fc.maxSafeNat().map(String),
  fc.constantFrom(
    '4294967295',
    '4294967296',
    '9007199254740991',
    '9007199254740992',
    '00012',
    '3',
    '-1',
    '0x10',
    '1e3',
    '',
    'é',
  ),
)
const plainLine = fc.oneof(
  fc.tuple(fc.constantFrom('m', 'v'), fc.nat(99), fc.nat(99)).map((parts) => parts.join(' ')),
  fc.tuple(fc.constantFrom('u', 'f'), fc.nat(99)).map((parts) => parts.join(' ')),
  fc.nat(NR_CPUS - 1).map((cpu) => `c ${cpu}`),
  fc.constantFrom('a', '', '# a comment: é', 'a\r', 'u 3\r', '  m   1  4 ', '\t\t', 'm 1 2 '),
)
const anyLine = fc
  .tuple(
    fc.constantFrom('m', 'v', 'u', 'f', 'c', 'a', 'x', '#'),
    fc.array(number, { maxLength: 3 }),
    fc.constantFrom(' ', '  ', '\t'),
  )
  .map(([letter, numbers, space]) => [letter, ...numbers].join(space))
const texts = fc
  .tuple(
    fc.array(plainLine, { maxLength: 30 }),
    fc.array(anyLine, { maxLength: 2 }),
    fc.array(plainLine, { maxLength: 5 }),
  )
  .chain((parts) => fc.constantFrom('', '\n').map((end) => parts.flat().join('\n') + end))

describe('TraceReader', () => {
  it('reads what the parser that explains reads, and says what it says, however the bytes arrive', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(texts, sizes, (text, pieces) => {
        expect(readAll(inPieces(text, pieces))).toEqual(readSlowly(text))
      }),
      { numRuns: 2000 },
    )
  })

  it('walks through traces that are longer than its buffer', () => {
    const lines = Array.from({ length: 100_000 }, (_, id) => `m ${id} ${1 + (id % 64)}`)
    const { requests, problem } = readAll(inPieces(lines.join('\n'), [100_000, 7, 65_536]))
    expect(problem).toBeUndefined()
    expect(requests).toHaveLength(lines.length)
    expect(
      requests.every(({ first, second, line }, id) => first === id && second === 1 + (id % 64) && line === id + 1),
    ).toBe(true)
  })

  it('takes lines up to their limit, and names a longer one', () => {
    const longest = `#${' '.repeat(LINE_BYTES_MAX - 1)}`
    expect(readAll(inPieces(`${longest}\n${longest}\na`, [100_000])).requests).toMatchObject([{ line: 3 }])
    for (const end of ['\na', '']) {
      const { requests, problem } = readAll(inPieces(`a\n${longest} ${end}`, [100_000]))
      expect(requests).toHaveLength(1)
      expect(problem).toBe(`line 2: is longer than ${LINE_BYTES_MAX} bytes; a request has one letter and two numbers`)
    }
    const endless: ByteSource = {
      read: (target, offset) => target.fill(35, offset).length - offset,
      close: () => undefined,
    }
    expect(readAll(endless).problem).toMatch(/^line 1: is longer/)
  })
})
