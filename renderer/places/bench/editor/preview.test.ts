import { describe, expect, it } from 'vitest'
import type { PreviewedRequest, ScenarioPreview } from '../../../../shared/scenario-preview.ts'
import { TEST_THEME } from '../../../charts/test-theme.ts'
import { previewOption } from './preview-option.ts'
import { previewSentence, previewTable, requestWords, shownWords } from './preview-words.ts'

/** Maps of these sizes, each unmapped at once. */
function pairs(...sizes: readonly number[]): readonly PreviewedRequest[] {
  return sizes.flatMap((pages) => [
    { kind: 'map', pages, cpu: 0, livePages: pages } as const,
    { kind: 'unmap', pages, cpu: 0, livePages: 0 } as const,
  ])
}
const preview = (requests: readonly PreviewedRequest[], operationsTotal?: number): ScenarioPreview => ({
  requests,
  operationsTotal,
  ended: operationsTotal === requests.length,
})

describe('the preview in words', () => {
  it('says how many, of which size, where, and the most that is mapped', () => {
    expect(previewSentence(preview(pairs(16, 8, 8), 252_000))).toBe(
      'The first 6 of 252,000 requests: 3 maps of 8 to 16 pages, 3 unmaps; at most 16 pages mapped at the same time.',
    )
    const flush: PreviewedRequest = { kind: 'aliases', pages: 0, cpu: 3, livePages: 0 }
    expect(previewSentence(preview([...pairs(1), flush], 3))).toBe(
      'All 3 requests: 1 map of 1 page, 1 unmap, 1 flush on 2 CPUs; at most 1 page mapped at the same time.',
    )
    expect(previewSentence(preview([]))).toBe('The scenario makes no request.')
    expect(shownWords(preview(pairs(1)))).toBe('first 2 requests')
  })

  it('says each request, and has all of them in its table', () => {
    const requests = pairs(16)
    expect(requestWords(requests[0]!, 0)).toEqual([
      'Request 1: vm_map_ram of 16 pages on CPU 0',
      '16 pages mapped after it',
    ])
    expect(previewTable(preview(requests)).rows).toEqual([
      [1, 'vm_map_ram', 16, 0, 16],
      [2, 'vm_unmap_ram', 16, 0, 0],
    ])
  })
})

describe('the picture', () => {
  const seriesOf = (requests: readonly PreviewedRequest[]): readonly (readonly number[])[] => {
    const { series } = previewOption(preview(requests), TEST_THEME)
    return [series].flat().map((one) => one?.data as number[])
  }

  it('shows every map and what is mapped after every request', () => {
    const [sizes, , , most] = seriesOf(pairs(16, 8))
    expect(sizes).toEqual([16, 0, 8, 0])
    expect(most).toEqual([16, 0, 8, 0])
  })

  it('shows the largest map and the range of what is mapped where requests share a step', () => {
    const requests = pairs(...Array.from({ length: 500 }, (_, index) => (index === 123 ? 64 : 8)))
    const [sizes, least, range, most] = seriesOf(requests)
    expect(sizes).toHaveLength(1000)
    expect(new Set(sizes)).toEqual(new Set([8, 64]))
    expect([sizes![246], sizes![245], sizes![250]]).toEqual([64, 64, 8])
    expect(new Set(least)).toEqual(new Set([0]))
    expect(range).toEqual(most)
    expect(Math.max(...most!)).toBe(64)
  })
})
