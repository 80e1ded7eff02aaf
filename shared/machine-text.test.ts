import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatAddress, formatExactSize, parseAddress, parseSize } from './machine-text.ts'

describe('an address', () => {
  it.each([
    ['0xf8000000', 0xf8000],
    ['0XF800_0000', 0xf8000],
    ['  0xf0800000 ', 0xf0800],
    ['f8000000', 0xf8000],
    ['ffffc90000000000', Number(0xffffc90000000n)],
    ['0xffffc90000000000', Number(0xffffc90000000n)],
    ['0x0', 0],
  ])('%s', (text, pages) => {
    expect(parseAddress(text)).toEqual({ pages })
  })

  it.each([
    ['', 'hexadecimal'],
    ['here', 'hexadecimal'],
    ['4034920448', 'hexadecimal'],
    ['0x', 'hexadecimal'],
    ['-0x1000', 'hexadecimal'],
    ['0x10000000000000000', 'hexadecimal'],
    ['0xf8000001', 'as 0xf8000000 does'],
  ])('is not %j', (text, problem) => {
    expect(parseAddress(text)).toEqual({ problem: expect.stringContaining(problem) as string })
  })

  it('of any page is read as it is written', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 52 - 1 }), (page) => {
        expect(parseAddress(formatAddress(page))).toEqual({ pages: page })
      }),
    )
  })
})

describe('a size', () => {
  it.each([
    ['128 MiB', 32_768],
    ['128MB', 32_768],
    ['128m', 32_768],
    ['1.5 GiB', 393_216],
    ['1,024 KiB', 256],
    ['32 TiB', 2 ** 33],
    ['32,768 pages', 32_768],
    ['1 page', 1],
    ['0x8000000', 32_768],
    ['0 KiB', 0],
  ])('%s', (text, pages) => {
    expect(parseSize(text)).toEqual({ pages })
  })

  it.each([
    ['', 'a number and its unit'],
    ['128', 'a number and its unit'],
    ['128 MiBs', 'a number and its unit'],
    ['-1 MiB', 'a number and its unit'],
    ['many', 'a number and its unit'],
    ['5 KiB', 'whole number of pages'],
    ['1.5 pages', 'whole number of pages'],
    ['0x8000001', 'whole number of pages'],
    ['0xfffffffffffff001', 'whole number of pages'],
  ])('is not %j', (text, problem) => {
    expect(parseSize(text)).toEqual({ problem: expect.stringContaining(problem) as string })
  })

  it.each([
    [2 ** 33, '32 TiB'],
    [1, '4 KiB'],
    [33_285_898_240, '130,023,040 MiB'],
    [256, '1 MiB'],
    [2 ** 52, '16 EiB'],
  ])('of %i pages is %s', (pages, text) => {
    expect(formatExactSize(pages)).toBe(text)
  })

  it('of any number of pages is read as it is written', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 48 }), (pages) => {
        expect(parseSize(formatExactSize(pages))).toEqual({ pages })
      }),
    )
  })
})
