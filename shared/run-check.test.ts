import { describe, expect, it } from 'vitest'
import { COUNT_NAMES, type Counts } from './counts.ts'
import { verdictOfCheck } from './run-check.ts'

const counts = Object.fromEntries(COUNT_NAMES.map((name) => [name, 1000])) as Counts
const run = { counts, digest: 'aa', blocksListed: 3, labVersion: '1.0.0' }
const check = (outcome: object, labVersion = '1.0.0') =>
  verdictOfCheck(run, {
    runId: 1,
    checkedAtMs: 0,
    labVersion,
    outcome: { kind: 'finished', counts, digest: 'aa', blocksListed: 3, ...outcome },
  })

describe('a run that was made again', () => {
  it('is reproduced when digest and counters are the same', () => {
    expect(check({})).toEqual({ kind: 'reproduced', sentence: 'Reproduced: same digest.', differences: [] })
    expect(check({}, '1.1.0').sentence).toBe('Reproduced: same digest, Lab 1.0.0 and 1.1.0.')
  })

  it('says counter by counter what is different', () => {
    expect(check({ digest: 'bb', blocksListed: 4, counts: { ...counts, alloc_vmap_area: 1001 } }, '2.0.0')).toEqual({
      kind: 'different',
      sentence: 'Different: another digest and other counters, Lab 1.0.0 and 2.0.0.',
      differences: [
        { label: 'Digest', recorded: 'aa', now: 'bb' },
        { label: 'alloc_vmap_area', recorded: '1,000', now: '1,001' },
        { label: 'Blocks left listed', recorded: '3', now: '4' },
      ],
    })
    expect(check({ digest: 'bb' }).sentence).toBe('Different: another digest, the same counters.')
    expect(check({ blocksListed: 1 }).kind).toBe('different')
  })

  it('or why it could not be', () => {
    expect(
      verdictOfCheck(run, {
        runId: 1,
        checkedAtMs: 0,
        labVersion: '',
        outcome: { kind: 'failed', reason: 'No file.' },
      }),
    ).toEqual({ kind: 'failed', sentence: 'Not made again: No file.', differences: [] })
  })
})
