import { describe, expect, it } from 'vitest'
import { COUNT_NAMES, type Counts } from './counts.ts'
import { patch2015Runs, publishedCounts, PUBLISHED_TABLES } from './published.ts'
import { verdictOf, type JudgedRun } from './verdict.ts'

const zero = Object.fromEntries(COUNT_NAMES.map((name) => [name, 0])) as Counts

/** The published experiment with the given numbers of listed blocks, all counts as published. */
function published(listed: readonly number[]): JudgedRun[] {
  return patch2015Runs().map((spec, position) => ({
    spec,
    status: 'finished',
    counts: { ...zero, ...publishedCounts(PUBLISHED_TABLES[position]!) },
    blocksListed: listed[position]!,
  }))
}

const asPublished = published([1000, 1, 383, 2, 8, 0])

describe('the verdict', () => {
  it('says that everything came out, and what is left listed', () => {
    expect(verdictOf(asPublished)).toEqual({
      headline: 'All 24 published counts come out exactly.',
      detail: 'v4.0 leaves 1,000, 383 and 8 blocks listed; v4.1 leaves 1, 2 and 0.',
      tone: 'match',
    })
  })

  it('counts what differs', () => {
    const [first, ...others] = asPublished
    const changed = { ...first!, counts: { ...first!.counts!, alloc_vmap_area: 999, free_vmap_block: 1 } }
    expect(verdictOf([changed, ...others])).toMatchObject({
      headline: '2 of 24 published counts differ.',
      tone: 'differ',
    })
  })

  it('names runs that did not finish', () => {
    const [first, second, ...others] = asPublished
    const verdict = verdictOf([
      { spec: first!.spec, status: 'cancelled' },
      { ...second!, status: 'running' },
      ...others,
    ])
    expect(verdict.headline).toBe('All 16 published counts come out exactly.')
    expect(verdict.detail).toContain('Not finished: 1 cancelled and 1 running.')
  })

  it('speaks of the blocks alone when there are no published figures', () => {
    const other = asPublished.slice(0, 1).map((run) => ({ ...run, spec: { ...run.spec, parameters: { iters: 7 } } }))
    expect(verdictOf(other)).toMatchObject({ headline: 'v4.0 leaves 1,000 blocks listed.', tone: 'open' })
  })

  it('does not hold another seed against the published figures', () => {
    const [, , random] = asPublished
    const other = {
      ...random!,
      spec: { ...random!.spec, seed: 7 },
      counts: { ...random!.counts!, alloc_vmap_area: 428 },
    }
    expect(verdictOf([other])).toMatchObject({ tone: 'open', headline: 'v4.0 leaves 383 blocks listed.' })
    expect(verdictOf([other]).detail).toContain('another one need not give them')
  })

  it('has nothing to say before the first run', () => {
    expect(verdictOf([])).toEqual({ headline: 'No finished run yet.', detail: '', tone: 'open' })
  })
})
