import { expect, it } from 'vitest'
import { placement } from './window-state.ts'

const left = { x: 0, y: 0, width: 1920, height: 1080 }
const right = { x: 1920, y: 0, width: 1280, height: 1024 }
const size = { width: 1200, height: 800 }
const state = { ...size, maximized: false }

it('has the default size at the first start', () => {
  expect(placement(undefined, [left])).toEqual({ width: 1440, height: 900 })
})

it('goes where it was', () => {
  expect(placement({ ...state, x: 2000, y: 10 }, [left, right])).toEqual({ ...size, x: 2000, y: 10 })
})

it('may stand partly outside, as it was left', () => {
  expect(placement({ ...state, x: -900, y: 300 }, [left])).toEqual({ ...size, x: -900, y: 300 })
})

it.each([
  ['on a display that is gone', { x: 2000, y: 10 }],
  ['almost wholly left of all displays', { x: -1190, y: 10 }],
  ['with its title bar above all displays', { x: 10, y: -40 }],
  ['with its title bar below all displays', { x: 10, y: 1070 }],
])('comes back with its size when it was %s', (_, place) => {
  expect(placement({ ...state, ...place }, [left])).toEqual(size)
})
