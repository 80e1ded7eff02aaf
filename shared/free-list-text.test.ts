import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blockText, freeListText } from './free-list-text.ts'
import type { FreeListSummary, ListedBlock } from './run.ts'

const SLOTS = 1024

function listOf(freeSlots: readonly number[]): FreeListSummary {
  const blocks = freeSlots.map((free, index): ListedBlock => [index, free, SLOTS - free])
  const whole = blocks.length <= 64
  return {
    cpu: 0,
    length: blocks.length,
    head: whole ? blocks : blocks.slice(0, 32),
    tail: whole ? [] : blocks.slice(-32),
    freeSlotsMax: freeSlots,
  }
}

describe('the text form of a free list', () => {
  it('draws the lists of the 2015 patch', () => {
    expect(freeListText(listOf([302, 8]), SLOTS)).toBe('HEAD |xxxxxxx---|xxxxxxxxx-| TAIL')
  })

  it('leaves out the middle of a long list', () => {
    expect(freeListText(listOf(Array<number>(1000).fill(8)), SLOTS)).toBe(
      'HEAD |xxxxxxxxx-|xxxxxxxxx-|xxxxxxxxx-| ... |xxxxxxxxx-|xxxxxxxxx-| TAIL',
    )
  })

  it('fits into a mail of 72 columns, whatever the length of the list', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: SLOTS }), { maxLength: 200 }), (free) => {
        expect(freeListText(listOf(free), SLOTS).length).toBeLessThanOrEqual(72)
      }),
    )
  })

  it('shows no block of an empty list', () => {
    expect(freeListText(listOf([]), SLOTS)).toBe('HEAD | TAIL')
  })
})

describe('a block in ten characters', () => {
  it('shows the share that was handed out', () => {
    const texts = [1024, 1023, 722, 512, 1, 0].map((free) => blockText(free, SLOTS))
    expect(texts).toEqual(['----------', 'x---------', 'xxx-------', 'xxxxx-----', 'xxxxxxxxx-', 'xxxxxxxxxx'])
  })

  it('never hides a free slot or a used one', () => {
    const block = fc
      .integer({ min: 2, max: 2048 })
      .chain((slots) => fc.tuple(fc.constant(slots), fc.integer({ min: 0, max: slots })))
    fc.assert(
      fc.property(block, ([slots, free]) => {
        const text = blockText(free, slots)
        expect(text).toMatch(/^x*-*$/)
        expect(text).toHaveLength(10)
        expect(text.includes('-')).toBe(free > 0)
        expect(text.includes('x')).toBe(free < slots)
      }),
    )
  })
})
