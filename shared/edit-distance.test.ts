import { describe, expect, it } from 'vitest'
import { editDistance } from './edit-distance.ts'

describe('the distance of two texts', () => {
  it.each([
    ['', '', 0],
    ['abc', 'abc', 0],
    ['', 'abc', 3],
    ['abc', 'abd', 1],
    ['abc', 'ab', 1],
    ['abc', 'xabc', 1],
    ['cuont', 'count', 1],
    ['ab', 'ba', 1],
    ['kitten', 'sitting', 3],
    ['😀a', '😁a', 1],
  ])('of %j and %j is %i, both ways', (left, right, distance) => {
    expect(editDistance(left, right)).toBe(distance)
    expect(editDistance(right, left)).toBe(distance)
  })
})
