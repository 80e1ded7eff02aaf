import { describe, expect, it } from 'vitest'
import type { FreeListSummary, ListedBlock } from '../../shared/run.ts'
import { blockSentence, freeListName } from './text-form.ts'

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

describe('a block in words', () => {
  it('gives exact numbers, live slots being the rest', () => {
    expect(blockSentence([999, 8, 1016], SLOTS)).toBe('Block #999: 8 free, 1,016 dirty, 0 live of 1,024 slots')
    expect(blockSentence([1, 203, 789], SLOTS)).toBe('Block #1: 203 free, 789 dirty, 32 live of 1,024 slots')
  })

  it('names the list by CPU, model and length', () => {
    expect(freeListName(listOf([302]), SLOTS, 'v4.1')).toBe('Free list of CPU 0, v4.1, 1 block: HEAD |xxxxxxx---| TAIL')
    expect(freeListName(listOf([302]), SLOTS)).toBe('Free list of CPU 0, 1 block: HEAD |xxxxxxx---| TAIL')
  })
})
