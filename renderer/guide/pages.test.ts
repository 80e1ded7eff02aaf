import { describe, expect, it } from 'vitest'
import { SCOPES, type Scope } from '../../shared/command-catalog.ts'
import { linksOf } from '../../shared/note/markdown.ts'
import { findPage, GUIDE_PAGES, pageOfPlace, searchGuide } from './pages.ts'

describe('the guide', () => {
  it('has a page for each place, each with a title', () => {
    for (const place of Object.keys(SCOPES) as Scope[]) expect(findPage(pageOfPlace(place))).toBeDefined()
    expect(GUIDE_PAGES.map(({ title }) => title).slice(0, 2)).toEqual(['How vm_map_ram works', 'The patch of 2015'])
    expect(GUIDE_PAGES.every(({ text }) => !text.startsWith('# '))).toBe(true)
  })

  it('has no link that leads nowhere', () => {
    const links = GUIDE_PAGES.flatMap(({ id, text }) => linksOf(text).map((link) => ({ from: id, link })))
    const pages = links.flatMap(({ from, link }) => (link.kind === 'page' ? [{ from, ...link }] : []))
    expect(pages.length).toBeGreaterThan(5)
    const wrong = pages.filter(({ from, page, anchor }) => {
      const found = findPage(page === '' ? from : page)
      return !found?.sections.some((section) => section.anchor === anchor)
    })
    expect(wrong).toEqual([])
  })

  it('is searched by all words, titles first', () => {
    expect(searchGuide('')).toEqual([])
    expect(searchGuide('lazy')[0]?.section.title).toBe('Lazy free')
    expect(searchGuide('TLB drained')[0]?.page.id).toBe('allocator')
    expect(searchGuide('wilcoxon holm').map(({ section }) => section.anchor)).toEqual(['statistics'])
    expect(searchGuide('no such words')).toEqual([])
  })
})
