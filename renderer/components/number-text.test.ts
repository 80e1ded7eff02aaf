import { createApp, effectScope, nextTick, ref } from 'vue'
import { describe, expect, it } from 'vitest'
import { typedNumber, useNumberText } from './number-text.ts'

const range = { min: -9, max: 100_000 }

describe('a typed number', () => {
  it.each([
    ['1000', 1000],
    ['1,000', 1000],
    ['100 000', 100_000],
    ['-9', -9],
    ['\u22129', -9],
  ])('%s', (text, number) => {
    expect(typedNumber(text, range)).toBe(number)
  })

  it.each(['', '-', '1.5', '1e3', 'ten', '-10', '100,001'])('"%s" is none, or out of range', (text) => {
    expect(typedNumber(text, range)).toBeUndefined()
  })
})

describe('the text of a number field', () => {
  async function field(initial: number) {
    const value = ref(initial)
    const parts = createApp({}).runWithContext(() => effectScope().run(() => useNumberText(value, () => range))!)
    await nextTick()
    return { value, ...parts }
  }

  it('changes the number as far as it is one, and stays as it is typed until the field is left', async () => {
    const { value, text, enter, leave } = await field(5)
    enter()
    text.value = '2000'
    await nextTick()
    expect([value.value, text.value]).toEqual([2000, '2000'])
    text.value = '200000'
    await nextTick()
    expect([value.value, text.value]).toEqual([2000, '200000'])
    text.value = '3000'
    leave()
    await nextTick()
    expect([value.value, text.value]).toEqual([3000, '3,000'])
  })

  it('follows the number, and steps within its range', async () => {
    const { value, text, step } = await field(-8)
    value.value = 99_999
    await nextTick()
    expect(text.value).toBe('99,999')
    step(5)
    expect(text.value).toBe('100,000')
  })
})
