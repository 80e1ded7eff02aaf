import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LiveMappings } from './live-mappings.ts'

function entries(live: LiveMappings): Map<number, readonly [number, number]> {
  const found = new Map<number, readonly [number, number]>()
  live.each((operation, startPage, pages) => found.set(operation, [startPage, pages]))
  return found
}

describe('the live mappings of a replay', () => {
  it('are those of a map, whatever comes and goes, and after a copy', () => {
    // Numbers beyond 32 bits, and many that share their low bits
    const step = fc.constantFrom(1, 1, 1, 64, 2 ** 20, 2 ** 33)
    const action = fc.tuple(fc.boolean(), step, fc.nat())
    fc.assert(
      fc.property(fc.array(action, { maxLength: 400 }), (actions) => {
        let live = new LiveMappings()
        const model = new Map<number, readonly [number, number]>()
        let operation = 0
        for (const [adds, by, pick] of actions) {
          operation += by
          const keys = [...model.keys()]
          const taken = keys[pick % Math.max(1, keys.length)]
          if (adds || taken === undefined) {
            live.add(operation, pick, by)
            model.set(operation, [pick, by])
          } else {
            expect(live.take(taken)).toBe(true)
            expect([live.startPage, live.pages]).toEqual(model.get(taken))
            model.delete(taken)
          }
          expect(live.take(operation + 1)).toBe(false)
          if (pick % 7 === 0) {
            const copy = new LiveMappings()
            copy.state = structuredClone(live.state)
            live = copy
          }
        }
        expect(live.size).toBe(model.size)
        expect(entries(live)).toEqual(model)
      }),
    )
  })

  it('leave a copy as it is', () => {
    const live = new LiveMappings()
    for (let operation = 1; operation <= 100; operation += 1) live.add(operation, operation, 1)
    const state = live.state
    const other = new LiveMappings()
    other.state = state
    for (let operation = 1; operation <= 100; operation += 1) expect(live.take(operation)).toBe(true)
    expect(other.size).toBe(100)
    expect(other.take(50)).toBe(true)
  })
})
