import { describe, expect, it } from 'vitest'
import { freeName, NAME_LENGTH_MAX } from './names.ts'

const free = (name: string, taken: readonly string[]): string => freeName(name, taken, NAME_LENGTH_MAX)

describe('a free name', () => {
  it('is the wanted one, or the first numbered one that nobody has', () => {
    expect(free('burst', [])).toBe('burst')
    expect(free('burst', ['Burst', 'burst 2', 'burst 4'])).toBe('burst 3')
  })

  it('is never too long', () => {
    const long = 'x'.repeat(NAME_LENGTH_MAX + 20)
    const first = free(long, [])
    expect(first).toHaveLength(NAME_LENGTH_MAX)
    expect(free(long, [first])).toBe(`${'x'.repeat(NAME_LENGTH_MAX - 2)} 2`)
  })
})
