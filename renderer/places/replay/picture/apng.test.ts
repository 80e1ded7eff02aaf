import { deflateSync, inflateSync } from 'node:zlib'
import { crc32 } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { animatedPng, chunksOf } from './apng.ts'

function chunk(type: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type), data])
  const whole = Buffer.alloc(named.length + 8)
  whole.writeUInt32BE(data.length, 0)
  named.copy(whole, 4)
  whole.writeUInt32BE(crc32(named), named.length + 4)
  return whole
}

/** A PNG file of one colour, its picture in several chunks as encoders may have it. */
function picture(width: number, height: number, rgb: readonly number[], parts = 1): Uint8Array {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const row = [0, ...Array.from({ length: width }, () => rgb).flat()]
  const data = deflateSync(Buffer.from(Array.from({ length: height }, () => row).flat()))
  const cut = Math.ceil(data.length / parts)
  const pieces = Array.from({ length: parts }, (_, i) => chunk('IDAT', data.subarray(i * cut, (i + 1) * cut)))
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', header), ...pieces, chunk('IEND', Buffer.alloc(0))])
}

const RED = [255, 0, 0]
const BLUE = [0, 0, 255]

describe('an animated PNG', () => {
  const frames = [picture(3, 2, RED), picture(3, 2, BLUE, 3), picture(3, 2, RED, 2)]
  const file = Buffer.from(animatedPng(frames, 500))
  const chunks = chunksOf(file)

  it('announces its frames and numbers what belongs to them in order', () => {
    expect(chunks.map(({ type }) => type)).toEqual([
      ...['IHDR', 'acTL', 'fcTL', 'IDAT', 'fcTL', 'fdAT', 'fdAT', 'fdAT', 'fcTL', 'fdAT', 'fdAT', 'IEND'],
    ])
    const control = Buffer.from(chunks[1]!.data)
    expect([control.readUInt32BE(0), control.readUInt32BE(4)]).toEqual([3, 0])
    const numbered = chunks.filter(({ type }) => type === 'fcTL' || type === 'fdAT')
    expect(numbered.map(({ data }) => Buffer.from(data).readUInt32BE(0))).toEqual(numbered.map((_, i) => i))
  })

  it('shows each whole picture for the time that is asked for', () => {
    for (const { data } of chunks.filter(({ type }) => type === 'fcTL')) {
      const control = Buffer.from(data)
      expect([4, 8, 12, 16].map((at) => control.readUInt32BE(at))).toEqual([3, 2, 0, 0])
      expect(control.readUInt16BE(20) / control.readUInt16BE(22)).toBe(0.5)
    }
  })

  it('has right checksums everywhere', () => {
    let at = 8
    for (const { data } of chunks) {
      expect(file.readUInt32BE(at + 8 + data.length)).toBe(crc32(file.subarray(at + 4, at + 8 + data.length)))
      at += 12 + data.length
    }
    expect(at).toBe(file.length)
  })

  it('decodes to the pictures that went in', () => {
    const pictures: Buffer[][] = []
    for (const { type, data } of chunks) {
      if (type === 'fcTL') pictures.push([])
      if (type === 'IDAT') pictures.at(-1)?.push(Buffer.from(data))
      if (type === 'fdAT') pictures.at(-1)?.push(Buffer.from(data.subarray(4)))
    }
    const colors = pictures.map((parts) => [...inflateSync(Buffer.concat(parts)).subarray(1, 4)])
    expect(colors).toEqual([RED, BLUE, RED])
  })

  it('is refused for pictures of different sizes, for none, and for what is no PNG', () => {
    expect(() => animatedPng([picture(3, 2, RED), picture(2, 3, RED)], 100)).toThrow('Picture 1 of the animation')
    expect(() => animatedPng([], 100)).toThrow('at least one picture')
    expect(() => animatedPng([Uint8Array.of(1, 2, 3)], 100)).toThrow('no PNG file')
  })
})
