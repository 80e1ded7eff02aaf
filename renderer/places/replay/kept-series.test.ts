import { describe, expect, it } from 'vitest'
import { DEFAULT_SERIES, seriesOf } from './kept-series.ts'

describe('the series that are kept', () => {
  it('are those that were chosen', () => {
    expect(seriesOf({ first: 'purges', second: 'live_blocks' })).toEqual({ first: 'purges', second: 'live_blocks' })
    expect(seriesOf({ first: 'purges', second: 'none' })).toEqual({ first: 'purges', second: 'none' })
  })

  it('are the usual ones where nothing, or nothing that is known, was kept', () => {
    for (const stored of [undefined, null, 7, 'purges', [], {}]) expect(seriesOf(stored)).toEqual(DEFAULT_SERIES)
    expect(seriesOf({ first: 'none', second: 'constructor' })).toEqual(DEFAULT_SERIES)
    expect(seriesOf({ first: 'purges', second: 3 })).toEqual({ first: 'purges', second: DEFAULT_SERIES.second })
  })
})
