import { describe, expect, it } from 'vitest'
import { REFERENCE_RELEASES } from './index.ts'
import { PAGE_SIZE } from './machine.ts'
import { VmapNode, createNodes } from './vmap-node.ts'

const area = (start: number, pages: number) => ({ start, end: start + pages })
const machine = { vmallocStartPage: 0xffffc90000000, vmallocPages: 4096, bbmapBits: 128 }

describe('pools of a node', () => {
  it('hold areas of up to 256 pages, and give the one that came last to a request of exactly its size', () => {
    const node = new VmapNode('none-below-four')
    expect(node.addToPool(area(1000, 256))).toBe(true)
    expect(node.addToPool(area(2000, 256))).toBe(true)
    expect(node.addToPool(area(3000, 257))).toBe(false)
    expect(node.takeFromPool(255, 1)).toBeUndefined()
    expect(node.takeFromPool(256, 1)).toBe(2000)
    expect(node.takeFromPool(256, PAGE_SIZE)).toBe(1000)
    expect(node.takeFromPool(256, 1)).toBeUndefined()
  })

  it('look at the front only, which goes to the end when it is not aligned', () => {
    const node = new VmapNode('none-below-four')
    for (const start of [256, 384, 200]) node.addToPool(area(start, 128))
    expect(node.takeFromPool(128, 128 * PAGE_SIZE)).toBeUndefined()
    expect(node.takeFromPool(128, 128 * PAGE_SIZE)).toBe(384)
    expect(node.takeFromPool(128, 1)).toBe(256)
    expect(node.takeFromPool(128, 1)).toBe(200)
  })

  it('decay by a quarter from the front; neighbours of different sizes come out as one', () => {
    const node = new VmapNode('none-below-four')
    for (let index = 9; index >= 1; index -= 1) node.addToPool(area(index * 10, 10))
    for (let index = 9; index >= 1; index -= 1) node.addToPool(area(25 + index * 5, 5))
    expect(node.decayPools(false)).toEqual([area(10, 30)])
    expect(node.takeFromPool(10, 1)).toBe(30)
    expect(node.takeFromPool(5, 1)).toBe(40)
  })

  it('of fewer than four areas decay whole in 6.12, not at all in 6.19, and whole after a failure', () => {
    for (const [decay, taken] of [
      ['all-below-four', [area(10, 3)]],
      ['none-below-four', []],
    ] as const) {
      const node = new VmapNode(decay)
      for (let index = 0; index < 3; index += 1) node.addToPool(area(10 + index, 1))
      expect(node.decayPools(false)).toEqual(taken)
      node.addToPool(area(20, 1))
      expect(node.decayPools(true)).toContainEqual(area(20, 1))
      expect(node.decayPools(true)).toEqual([])
    }
  })

  it('are as many as CPUs, 128 at most; one on 32 bits', () => {
    const nodes = (wordBits: 32 | 64, nrCpus: number): number =>
      createNodes({ ...machine, wordBits, nrCpus }, REFERENCE_RELEASES['v6.12']).length
    expect([nodes(64, 1), nodes(64, 6), nodes(64, 500), nodes(32, 6)]).toEqual([1, 6, 128, 1])
    expect(createNodes({ ...machine, wordBits: 64, nrCpus: 6 }, REFERENCE_RELEASES['v6.8'])).toHaveLength(1)
  })
})
