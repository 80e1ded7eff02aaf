/**
 * Notes are written in a part of Markdown: headings, lists, quotes, code and its blocks, **strong**, *emphasis*. `#12` stands
 * for a run, `[[Title]]` for an experiment and `[words](page.md#heading)` for a page of the guide. Read into plain data; whoever shows it makes elements of it, never HTML.
 */

export type Inline =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  | { readonly kind: 'strong' | 'emphasis'; readonly parts: readonly Inline[] }
  | { readonly kind: 'link'; readonly target: NoteLink; readonly text: string }

export type NoteLink =
  | { readonly kind: 'run'; readonly runId: number }
  | { readonly kind: 'experiment'; readonly title: string }
  /** A page of the guide, or the page at hand where `page` is empty, and a heading of it. */
  | { readonly kind: 'page'; readonly page: string; readonly anchor: string }

export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly parts: readonly Inline[] }
  | { readonly kind: 'paragraph' | 'quote'; readonly parts: readonly Inline[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'rule' }

const FENCE = /^\s*```/
const HEADING = /^(#{1,3})\s+(\S.*)$/
const BULLET = /^\s*[-*+]\s+(.*)$/
const NUMBERED = /^\s*\d{1,9}[.)]\s+(.*)$/
const QUOTE = /^\s*>\s?(.*)$/
const RULE = /^\s*([-*_])(\s*\1){2,}\s*$/

/** The blocks of a note, in order. Any text is a note. */
export function readMarkdown(text: string): readonly Block[] {
  const lines = text.split(/\r?\n/)
  const blocks: Block[] = []
  let at = 0
  /** Takes the lines from here on that match; answers with what each holds. */
  const take = (pattern: RegExp): string[] => {
    const taken: string[] = []
    for (let match; (match = pattern.exec(lines[at] ?? '')) !== null && at < lines.length; at += 1)
      taken.push(match[1] ?? '')
    return taken
  }
  while (at < lines.length) {
    const line = lines[at] ?? ''
    const heading = HEADING.exec(line)
    if (line.trim() === '') at += 1
    else if (FENCE.test(line)) {
      const end = lines.findIndex((other, index) => index > at && FENCE.test(other))
      const last = end < 0 ? lines.length : end
      blocks.push({ kind: 'code', text: lines.slice(at + 1, last).join('\n') })
      at = last + 1
    } else if (heading !== null) {
      const [, marks = '', words = ''] = heading
      blocks.push({ kind: 'heading', level: marks.length as 1 | 2 | 3, parts: readInline(words) })
      at += 1
    } else if (RULE.test(line)) {
      blocks.push({ kind: 'rule' })
      at += 1
    } else if (BULLET.test(line)) blocks.push({ kind: 'list', ordered: false, items: take(BULLET).map(readInline) })
    else if (NUMBERED.test(line)) blocks.push({ kind: 'list', ordered: true, items: take(NUMBERED).map(readInline) })
    else if (QUOTE.test(line)) blocks.push({ kind: 'quote', parts: readInline(take(QUOTE).join('\n')) })
    else blocks.push({ kind: 'paragraph', parts: readInline(paragraphAt()) })
  }
  return blocks

  function paragraphAt(): string {
    const first = at
    const ends = [FENCE, HEADING, RULE, BULLET, NUMBERED, QUOTE]
    do at += 1
    while (at < lines.length && lines[at]?.trim() !== '' && !ends.some((pattern) => pattern.test(lines[at] ?? '')))
    return lines.slice(first, at).join('\n')
  }
}

/** Code first: nothing is read within it. A mark opens where no white space follows it and closes where none is before it. */
const INLINE =
  /`([^`\n]+)`|\*\*(?=\S)((?:(?!\*\*)[^])+?)(?<=\S)\*\*|\*(?=[^\s*])([^*]+?)(?<=[^\s*])\*|(?<![\p{L}\p{N}_&#])#([1-9]\d{0,14})(?![\p{L}\p{N}_])|\[\[([^[\]\n]+)\]\]|\[([^[\]\n]+)\]\((?=[^)])(?:([a-z0-9-]+)\.md)?(?:#([a-z0-9-]+))?\)/gu

/** A note in which runs have other numbers; numbers that are not in the map stay. */
export function withRunNumbers(text: string, runIds: ReadonlyMap<number, number>): string {
  return text.replace(INLINE, (...match: readonly unknown[]) => {
    const [whole, , strong, emphasis, run] = match as readonly (string | undefined)[]
    if (run !== undefined) return `#${runIds.get(Number(run)) ?? run}`
    if (strong !== undefined) return `**${withRunNumbers(strong, runIds)}**`
    return emphasis === undefined ? (whole ?? '') : `*${withRunNumbers(emphasis, runIds)}*`
  })
}

function readInline(text: string): readonly Inline[] {
  const parts: Inline[] = []
  let end = 0
  for (const match of text.matchAll(INLINE)) {
    if (match.index > end) parts.push({ kind: 'text', text: text.slice(end, match.index) })
    end = match.index + match[0].length
    const [whole, code, strong, emphasis, run, title, words, page = '', anchor = ''] = match
    if (code !== undefined) parts.push({ kind: 'code', text: code })
    else if (strong !== undefined) parts.push({ kind: 'strong', parts: readInline(strong) })
    else if (emphasis !== undefined) parts.push({ kind: 'emphasis', parts: readInline(emphasis) })
    else if (run !== undefined) parts.push({ kind: 'link', target: { kind: 'run', runId: Number(run) }, text: whole })
    else if (title !== undefined) {
      parts.push({ kind: 'link', target: { kind: 'experiment', title: title.trim() }, text: title.trim() })
    } else if (words !== undefined) {
      parts.push({ kind: 'link', target: { kind: 'page', page, anchor }, text: words })
    }
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) })
  return parts
}

/** What a note refers to. */
export function linksOf(text: string): readonly NoteLink[] {
  const inlines = (parts: readonly Inline[]): readonly NoteLink[] =>
    parts.flatMap((part) => {
      if (part.kind === 'link') return [part.target]
      return part.kind === 'strong' || part.kind === 'emphasis' ? inlines(part.parts) : []
    })
  return readMarkdown(text).flatMap((block) => {
    switch (block.kind) {
      case 'list':
        return block.items.flatMap(inlines)
      case 'heading':
      case 'paragraph':
      case 'quote':
        return inlines(block.parts)
      case 'code':
      case 'rule':
        return []
    }
  })
}

/** The words without their marks. */
export function plainText(parts: readonly Inline[]): string {
  return parts.map((part) => ('parts' in part ? plainText(part.parts) : part.text)).join('')
}

/** What a heading is gone to by: its words in small letters, joined by hyphens. */
export function anchorOf(parts: readonly Inline[]): string {
  return plainText(parts)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
}
