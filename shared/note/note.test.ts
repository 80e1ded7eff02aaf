import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lineChanges } from './line-changes.ts'
import { anchorOf, linksOf, plainText, readMarkdown, type Inline, type NoteLink } from './markdown.ts'

function target(link: NoteLink): string {
  if (link.kind === 'page') return `${link.page}#${link.anchor}`
  return link.kind === 'run' ? String(link.runId) : link.title
}

function inline(parts: readonly Inline[]): string {
  return parts
    .map((part) => {
      switch (part.kind) {
        case 'link':
          return `<${target(part.target)}>`
        case 'text':
          return part.text
        case 'code':
          return `{${part.text}}`
        case 'strong':
        case 'emphasis':
          return `${part.kind}(${inline(part.parts)})`
      }
    })
    .join('')
}

function shape(text: string): string[] {
  return readMarkdown(text).map((block) => {
    switch (block.kind) {
      case 'heading':
        return `h${block.level} ${inline(block.parts)}`
      case 'list':
        return `${block.ordered ? 'ol' : 'ul'} ${block.items.map(inline).join('|')}`
      case 'paragraph':
      case 'quote':
        return `${block.kind} ${inline(block.parts)}`
      case 'code':
        return `code ${block.text}`
      case 'rule':
        return 'rule'
    }
  })
}

describe('a link to the guide', () => {
  it('names a page, a heading, or both, and nothing else is one', () => {
    const [block] = readMarkdown('See [the list](allocator.md#free-lists), [counts](counts.md), [below](#limits).')
    expect(block?.kind === 'paragraph' && inline(block.parts)).toBe('See <allocator#free-lists>, <counts#>, <#limits>.')
    for (const text of ['[x]()', '[x](https://example.org)', '[x](../etc.md)', '[x] (a.md)']) {
      expect(linksOf(text)).toEqual([])
    }
  })

  it('leads to the words of a heading, without their marks', () => {
    const [block] = readMarkdown('## The **four** `functions`, again!')
    const parts = block?.kind === 'heading' ? block.parts : []
    expect(plainText(parts)).toBe('The four functions, again!')
    expect(anchorOf(parts)).toBe('the-four-functions-again')
  })
})

describe('a note', () => {
  it('is read block by block', () => {
    const text = [
      '# Findings',
      'Seed 2424 gives',
      'all counts.',
      '- one',
      '* **two**',
      '1. first',
      '2) second',
      '> said *so*',
      '---',
      '```c',
      'vm_map_ram(#1);',
      '```',
      'end',
    ].join('\n')
    expect(shape(text)).toEqual([
      'h1 Findings',
      'paragraph Seed 2424 gives\nall counts.',
      'ul one|strong(two)',
      'ol first|second',
      'quote said emphasis(so)',
      'rule',
      'code vm_map_ram(#1);',
      'paragraph end',
    ])
  })

  it.each([
    ['see #12, not #0 or a#3 or #4x', 'paragraph see <12>, not #0 or a#3 or #4x'],
    ['[[The 2015 patch]] and `[[code]]`', 'paragraph <The 2015 patch> and {[[code]]}'],
    ['**#7 is *it***', 'paragraph strong(<7> is *it)*'],
    ['2 * 3 * 4', 'paragraph 2 * 3 * 4'],
    ['#12', 'paragraph <12>'],
    ['<b>no</b> &amp;', 'paragraph <b>no</b> &amp;'],
    ['```\nopen', 'code open'],
  ])('%s', (text, expected) => {
    expect(shape(text)).toEqual([expected])
  })

  it('refers to runs and experiments', () => {
    expect(linksOf('# About #1\n- [[A b]]\n\n**see #2** `#3`')).toEqual([
      { kind: 'run', runId: 1 },
      { kind: 'experiment', title: 'A b' },
      { kind: 'run', runId: 2 },
    ])
  })

  it('may be any text, and is read in time', () => {
    const piece = fc.constantFrom('*', '**', '`', '#', '[[', ']]', '\n', '- ', '> ', '```', '1. ', 'a ', ' ')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 200 }), (pieces) => {
        readMarkdown(pieces.join(''))
      }),
    )
    for (const bit of ['**a', '*a ', '[[', '`', '> ', '#']) {
      const startedMs = performance.now()
      readMarkdown(bit.repeat(100_000 / bit.length))
      expect(performance.now() - startedMs, bit).toBeLessThan(2000)
    }
  })
})

describe('changes of lines', () => {
  it('keep what is the same', () => {
    expect(lineChanges('a\nb\nc\nd', 'a\nc\nx\nd').map(({ kind, text }) => `${kind[0] ?? ''}${text}`)).toEqual([
      'sa',
      'rb',
      'sc',
      'ax',
      'sd',
    ])
  })

  it('lead from one text to the other', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 }).map((lines) => lines.join('\n'))
    fc.assert(
      fc.property(text, text, (before, after) => {
        const changes = lineChanges(before, after)
        const without = (kind: string): string =>
          changes
            .filter((change) => change.kind !== kind)
            .map((change) => change.text)
            .join('\n')
        expect(without('added')).toBe(before)
        expect(without('removed')).toBe(after)
      }),
    )
  })
})
