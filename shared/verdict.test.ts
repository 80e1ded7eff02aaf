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
      lines: [],
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
    expect(verdictOf([])).toEqual({ headline: 'No finished run yet.', detail: '', lines: [], tone: 'open' })
  })

  /** One run each under several models, with the given numbers of listed blocks. */
  const under = (listed: Readonly<Record<string, number>>): JudgedRun[] =>
    Object.entries(listed).map(([modelId, blocksListed]) => ({
      ...asPublished[0]!,
      spec: { ...asPublished[0]!.spec, modelId, parameters: { iters: 7 } },
      blocksListed,
    }))
  const mine = { name: 'mine', base: 'v4.0', choices: { search: 'best-fit' } } as const

  it('names models with equal results together', () => {
    expect(verdictOf(under({ 'v4.0': 7, 'v4.1': 1, 'v4.10': 1 }))).toMatchObject({
      headline: 'v4.0 leaves 7 blocks listed; v4.1 and v4.10 leave 1.',
      lines: [],
    })
    expect(verdictOf(under({ 'v4.1': 1, 'v4.10': 1 })).headline).toBe('v4.1 and v4.10 leave 1 block listed.')
  })

  it('of many models is a short sentence and a line for each result', () => {
    const many = under({ 'v3.2': 7, 'v4.0': 7, 'v4.1': 1, 'v4.10': 1, 'v5.2': 1, 'v6.1': 0, mine: 1 })
    many[6] = { ...many[6]!, spec: { ...many[6]!.spec, custom: mine } }
    expect(verdictOf(many)).toEqual({
      headline: '7 kernel models leave 0 to 7 blocks listed.',
      detail: 'There are no published figures for these runs.',
      lines: [
        'v3.2 and v4.0: 7',
        'v4.1, v4.10, v5.2 and mine: 1',
        'v6.1: 0',
        'mine: experimental (v4.0 with search best-fit)',
      ],
      tone: 'open',
    })
    const equal = Object.fromEntries(many.map(({ spec }) => [spec.modelId, 1]))
    expect(verdictOf(under(equal)).headline).toBe('7 kernel models leave 1 block listed.')
  })

  it('says once what is experimental', () => {
    const [release, custom] = under({ 'v4.0': 7, mine: 1 })
    const runs = [release!, { ...custom!, spec: { ...custom!.spec, custom: mine } }]
    expect(verdictOf(runs)).toMatchObject({
      headline: 'v4.0 leaves 7 blocks listed; mine leaves 1.',
      detail: 'There are no published figures for these runs. mine is experimental (v4.0 with search best-fit).',
    })
  })

  it('tells models of one name apart', () => {
    const definitions = [mine, { ...mine, choices: { search: 'worst-fit' } }] as const
    const runs = definitions.map((custom, position) => {
      const [run] = under({ mine: position })
      return { ...run!, spec: { ...run!.spec, custom } }
    })
    expect(verdictOf(runs).headline).toBe('mine leaves 0 blocks listed; mine leaves 1.')
  })
})
