/** Addresses and sizes as people write them. Inside the lab both are page numbers. */
import { PAGE_SIZE_BYTES } from './machine.ts'

const PAGE_BYTES = BigInt(PAGE_SIZE_BYTES)
const UNITS = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'] as const

/** What was read, or why it could not be: one clause that says what is accepted. */
export type Parsed = { readonly pages: number } | { readonly problem: string }

/** Address of a page, `offsetBytes` away from its first byte: "0xffffc90000000000". */
export function formatAddress(page: number, offsetBytes = 0n): string {
  return `0x${(BigInt(page) * PAGE_BYTES + offsetBytes).toString(16)}`
}

/** A size without rounding, in the largest unit that leaves a whole number: "32 TiB", "130,023,040 KiB". */
export function formatExactSize(pages: number): string {
  let value = BigInt(pages) * (PAGE_BYTES / 1024n)
  let unit = 0
  while (value > 0n && value % 1024n === 0n && unit < UNITS.length - 1) {
    value /= 1024n
    unit += 1
  }
  return `${value.toLocaleString('en-US')} ${UNITS[unit] ?? ''}`
}

/**
 * The page of an address: hexadecimal as "0xffffc90000000000", or as kernels print it, "ffffc90000000000" (8 or 16 digits).
 * Underscores may group digits.
 */
export function parseAddress(text: string): Parsed {
  const [, marked, bare] =
    /^(?:0x([\da-f]{1,16})|([\da-f]{8}|[\da-f]{16}))$/i.exec(text.trim().replaceAll('_', '')) ?? []
  const digits = marked ?? bare
  if (digits === undefined) {
    return { problem: 'an address is written in hexadecimal, such as 0xf8000000 or 0xffffc90000000000' }
  }
  const address = BigInt(`0x${digits}`)
  if (address % PAGE_BYTES !== 0n) {
    const below = formatAddress(Number(address / PAGE_BYTES))
    return { problem: `an address begins a page of ${PAGE_SIZE_BYTES / 1024} KiB, as ${below} does` }
  }
  return { pages: Number(address / PAGE_BYTES) }
}

/** Powers of 1024 by the first letter of a unit; the kernel's own messages write MB for MiB. */
const POWERS: Readonly<Record<string, number>> = { k: 1, m: 2, g: 3, t: 4, p: 5, e: 6 }
const SIZE =
  /^(?:0x(?<bytes>[\da-f]{1,17})|(?<number>\d+(?:\.\d+)?)\s*(?:(?<unit>[kmgtpe])(?:i?b)?|(?<pages>pages?)))$/i

/**
 * A size in pages: "128 MiB", "1.5 GiB", "240M", "32,768 pages", or bytes in hexadecimal, "0x8000000". Units are powers
 * of 1024, written KiB, KB or K.
 */
export function parseSize(text: string): Parsed {
  const { bytes, number, unit, pages } = SIZE.exec(text.trim().replaceAll(/[,_]/g, ''))?.groups ?? {}
  if (pages !== undefined) return wholePages(Number(number))
  if (bytes !== undefined) return wholePagesOfBytes(BigInt(`0x${bytes}`))
  if (number !== undefined && unit !== undefined) {
    return wholePages((Number(number) * 1024 ** (POWERS[unit.toLowerCase()] ?? 0)) / PAGE_SIZE_BYTES)
  }
  return { problem: 'a size is a number and its unit, such as 128 MiB, 32 TiB or 32,768 pages' }
}

const NOT_WHOLE: Parsed = { problem: `a size is a whole number of pages of ${PAGE_SIZE_BYTES / 1024} KiB` }

function wholePages(pages: number): Parsed {
  return Number.isInteger(pages) ? { pages } : NOT_WHOLE
}

function wholePagesOfBytes(bytes: bigint): Parsed {
  return bytes % PAGE_BYTES === 0n ? { pages: Number(bytes / PAGE_BYTES) } : NOT_WHOLE
}
