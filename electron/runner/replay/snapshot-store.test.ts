import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SnapshotStore } from './snapshot-store.ts'

interface Value {
  readonly table: Int32Array
  readonly pages: Float64Array
  readonly more: readonly (readonly [number, Uint8Array] | undefined)[]
}

const PAGE_BYTES = 8192

/** A table that grew to `length` elements: the first ones are what they were. */
function grownTo(length: number): Value {
  return {
    table: Int32Array.from({ length }, (_, index) => index * 7),
    pages: Float64Array.of(length, -1, NaN, Infinity),
    more: [undefined, [length, Uint8Array.of(length & 255)]],
  }
}

function bytesLeftBy(values: readonly Value[], countMax: number): number {
  const store = new SnapshotStore<Value>(countMax)
  for (const [position, value] of values.entries()) store.add(position, value, position)
  return store.bytes
}

describe('a store of snapshots', () => {
  it('gives back what was added, as data of its own, from the nearest operation', () => {
    const lengths = fc.array(fc.integer({ min: 0, max: 9000 }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(lengths, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 250 }), (sizes, countMax, at) => {
        const store = new SnapshotStore<Value>(countMax)
        for (const [position, size] of sizes.entries()) store.add(position * 10, grownTo(size), position)
        const operation = store.at(at)
        expect(operation).toBeLessThanOrEqual(at)
        expect(operation % 10).toBe(0)
        expect(store.size).toBeLessThanOrEqual(countMax)
        const read = store.read(operation)
        expect(read).toEqual(grownTo(sizes[operation / 10]!))
        read.table.fill(-1)
        expect(store.read(operation)).toEqual(grownTo(sizes[operation / 10]!))
      }),
    )
  })

  it('keeps every one until there are too many, and then those that lie well apart', () => {
    const store = new SnapshotStore<Value>(8)
    for (let operation = 0; operation < 8; operation += 1) store.add(operation, grownTo(10), 10 * operation)
    expect([store.size, store.at(5)]).toEqual([8, 5])
    store.add(8, grownTo(10), 71)
    expect([store.size, store.at(7), store.at(8)]).toEqual([8, 6, 8])
    for (let operation = 9; operation < 1000; operation += 1) store.add(operation, grownTo(10), 10 * operation)
    const kept = [...new Set(Array.from({ length: 1000 }, (_, operation) => store.at(operation)))]
    expect([store.size, kept.length, kept[0]]).toEqual([8, 8, 0])
    const between = kept.slice(1).map((operation, position) => operation - (kept[position] ?? NaN))
    expect(Math.max(...between)).toBeLessThan(300)
  })

  it('keeps what did not change once', () => {
    const one = grownTo(100 * PAGE_BYTES)
    const alone = bytesLeftBy([one], 100)
    expect(bytesLeftBy([one, one, one, one], 100)).toBeLessThan(alone + 1000)
    const changed = { ...one, table: one.table.slice() }
    changed.table[12_345] = 0
    expect(bytesLeftBy([one, changed], 100) - alone).toBeGreaterThan(PAGE_BYTES)
    expect(bytesLeftBy([one, changed], 100) - alone).toBeLessThan(PAGE_BYTES + 1000)
  })

  it('keeps to its bytes, and always has the first', () => {
    const store = new SnapshotStore<Value>(1000, 400_000)
    for (let operation = 0; operation < 300; operation += 1) {
      // Nothing is shared
      store.add(operation, { ...grownTo(0), table: new Int32Array(10_000).fill(operation + 1) }, operation)
      expect(store.bytes).toBeLessThanOrEqual(400_000)
    }
    expect(store.size).toBeGreaterThan(3)
    expect(store.read(0).table[0]).toBe(1)
    // One that takes more than all may has room for itself and twice as much
    const large = { ...grownTo(0), table: new Int32Array(200_000) }
    store.add(1000, large, 1000)
    expect(store.at(5000)).toBe(1000)
    expect(store.bytes).toBeLessThanOrEqual(3 * 820_000)
    for (let operation = 1001; operation < 1010; operation += 1) {
      store.add(operation, { ...large, table: large.table.slice().fill(operation) }, operation)
      expect(store.bytes).toBeLessThanOrEqual(3 * 820_000)
    }
    expect([store.at(0), store.at(5000)]).toEqual([0, 1009])
  })

  it('counts what it keeps: nothing is left of snapshots that went', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 2, maxLength: 30 }), (sizes) => {
        // Thinned down to the first one, again and again
        const first = grownTo(1000)
        expect(bytesLeftBy([first, ...sizes.map(grownTo)], 1)).toBe(bytesLeftBy([first], 1))
      }),
    )
  })
})
