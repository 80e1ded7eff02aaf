import { describe, expect, it } from 'vitest'
import { LIVE, LiveMappings } from './live-mappings.ts'

describe('LiveMappings', () => {
  it('gives a mapping back once, and only as what it is', () => {
    const live = new LiveMappings()
    live.set(7, LIVE.map, 100, 4)
    expect(live.take(7, LIVE.area)).toBe(false)
    expect(live.take(7, LIVE.map)).toBe(true)
    expect(live).toMatchObject({ startPage: 100, pages: 4 })
    expect(live.take(7, LIVE.map)).toBe(false)
  })

  it('lets an id name the newest mapping, or nothing', () => {
    const live = new LiveMappings()
    live.set(7, LIVE.map, 100, 4)
    live.set(7, LIVE.area, 2 ** 33, 1)
    expect(live.take(7, LIVE.area)).toBe(true)
    expect(live.startPage).toBe(2 ** 33)
    live.set(7, LIVE.map, 1, 1)
    live.forget(7)
    live.forget(8)
    expect(live.take(7, LIVE.map)).toBe(false)
  })

  it('keeps many apart', () => {
    const live = new LiveMappings()
    const ids = Array.from({ length: 10_000 }, (_, i) => i * 900_000_000_001)
    for (const [page, id] of ids.entries()) live.set(id, LIVE.map, page, 1)
    for (const [page, id] of ids.entries()) {
      if (page % 3 === 0) expect(live.take(id, LIVE.map) && live.startPage === page).toBe(true)
    }
    for (const [page, id] of ids.entries()) if (page % 3 === 0) live.set(id + 1, LIVE.map, page + 1, 1)
    const right = ids.every((id, page) => (page % 3 === 0 ? live.take(id + 1, LIVE.map) : live.take(id, LIVE.map)))
    expect(right).toBe(true)
  })
})
