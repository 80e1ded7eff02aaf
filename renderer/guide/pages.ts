import type { Scope } from '../../shared/command-catalog.ts'
import { anchorOf, plainText, readMarkdown, type Block, type Inline } from '../../shared/note/markdown.ts'

/** A heading of a page and the text under it. */
export interface GuideSection {
  readonly title: string
  /** Empty for the page's own heading. */
  readonly anchor: string
  readonly text: string
}

export interface GuidePage {
  /** Its file's name without `.md`. */
  readonly id: string
  readonly title: string
  /** Markdown below the title. */
  readonly text: string
  readonly sections: readonly GuideSection[]
}

/** In the order of the contents. */
const ORDER = [
  ...['allocator', 'patch-2015', 'models', 'counts', 'scenarios'],
  ...['bench', 'replay', 'compare', 'sweep', 'journal', 'reports'],
]

const FILES: Readonly<Record<string, string>> = import.meta.glob('../../docs/guide/*.md', {
  query: '?raw',
  import: 'default',
  eager: true,
})

export const GUIDE_PAGES: readonly GuidePage[] = Object.entries(FILES)
  .map(([path, text]) => readPage(path.replace(/^.*\/|\.md$/g, ''), text))
  .sort((left, right) => ORDER.indexOf(left.id) - ORDER.indexOf(right.id))

/** The page about a place. */
export function pageOfPlace(place: Scope): string {
  return place === 'window' ? 'allocator' : place
}

export function findPage(id: string): GuidePage | undefined {
  return GUIDE_PAGES.find((page) => page.id === id)
}

function readPage(id: string, text: string): GuidePage {
  const blocks = readMarkdown(text)
  const first = blocks[0]
  const title = first?.kind === 'heading' ? plainText(first.parts) : id
  return { id, title, text: text.replace(/^# .*\n+/, ''), sections: sectionsOf(title, blocks.slice(1)) }
}

function sectionsOf(title: string, blocks: readonly Block[]): readonly GuideSection[] {
  const sections: { title: string; anchor: string; text: string }[] = [{ title, anchor: '', text: '' }]
  for (const block of blocks) {
    if (block.kind === 'heading')
      sections.push({ title: plainText(block.parts), anchor: anchorOf(block.parts), text: '' })
    else (sections.at(-1) as { text: string }).text += ` ${textOf(block)}`
  }
  return sections
}

function textOf(block: Block): string {
  const words = (parts: readonly Inline[]): string => plainText(parts)
  switch (block.kind) {
    case 'list':
      return block.items.map(words).join(' ')
    case 'code':
      return block.text
    case 'rule':
      return ''
    case 'heading':
    case 'paragraph':
    case 'quote':
      return words(block.parts)
  }
}

/** A section that has all the words, and where. */
export interface GuideMatch {
  readonly page: GuidePage
  readonly section: GuideSection
}

/** Sections with all the words, those that have them in the title first. */
export function searchGuide(text: string): readonly GuideMatch[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  if (words.length === 0) return []
  const has = (where: string): boolean => words.every((word) => where.toLowerCase().includes(word))
  const all = GUIDE_PAGES.flatMap((page) => page.sections.map((section) => ({ page, section })))
  const inTitle = all.filter(({ section }) => has(section.title))
  const inText = all.filter(({ section }) => !has(section.title) && has(`${section.title} ${section.text}`))
  return [...inTitle, ...inText]
}
