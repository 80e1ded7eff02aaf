import { describe, expect, it } from 'vitest'
import { COUNT_NAMES } from '../../shared/counts.ts'
import { SERIES_NAMES } from '../../shared/run.ts'
import { SWEEP_FIGURES } from '../../shared/sweep-columns.ts'
import { findPage } from '../guide/pages.ts'
import { METRICS } from '../places/compare/metrics.ts'
import { findTerm, TERMS } from './glossary.ts'

describe('the glossary', () => {
  it('explains every counter, series and figure', () => {
    const named = [
      ...COUNT_NAMES,
      ...SWEEP_FIGURES,
      ...METRICS.map(({ id }) => id),
      ...SERIES_NAMES.map((name) => `series-${name}`),
    ]
    expect(named.filter((name) => findTerm(name) === undefined)).toEqual([])
    expect(findTerm('toString')).toBeUndefined()
  })

  it('says each in one sentence and leads to a heading of the guide', () => {
    const wrong = Object.entries(TERMS).filter(([, { help, page, anchor }]) => {
      const isSentence = /^[A-Z0-9].*\.$/.test(help)
      return !isSentence || !findPage(page)?.sections.some((section) => section.anchor === anchor)
    })
    expect(wrong.map(([id]) => id)).toEqual([])
  })
})
