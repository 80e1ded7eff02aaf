import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseQuery } from './parse.ts'
import type { QueryNode } from './query.ts'

/** The tree with every pair of parentheses that it stands for. */
function shape(node: QueryNode): string {
  switch (node.kind) {
    case 'words':
      return node.isBeginning ? `${node.text}…` : node.text
    case 'comparison': {
      const { value } = node
      const written =
        value.kind === 'time'
          ? `${new Date(value.time.fromMs).toDateString()}..${new Date(value.time.toMs).toDateString()}`
          : value.kind === 'yes-no'
            ? String(value.yes)
            : value.kind === 'number'
              ? String(value.number)
              : value.text
      return `${node.field.name}${node.comparison}${written}`
    }
    case 'not':
      return `!${shape(node.part)}`
    case 'and':
    case 'or':
      return `(${node.parts.map(shape).join(node.kind === 'and' ? ' & ' : ' | ')})`
  }
}

function read(query: string): string {
  const parsed = parseQuery(query)
  if (!parsed.ok) throw new Error(parsed.problem.message)
  return parsed.node === undefined ? '' : shape(parsed.node)
}

function problem(query: string): string {
  const parsed = parseQuery(query)
  if (parsed.ok) throw new Error(`"${query}" has no problem`)
  const { from, to, message } = parsed.problem
  return `[${query.slice(from, to)}] ${message}`
}

describe('a query', () => {
  it.each([
    ['', ''],
    ['   ', ''],
    ['tail', 'tail…'],
    ['tail seven', '(tail & seven…)'],
    ['tail OR seven pages', '(tail | (seven & pages…))'],
    ['(tail OR seven) pages', '((tail | seven) & pages…)'],
    ['a AND b AND c', '(a & b & c…)'],
    ['NOT tail', '!tail…'],
    ['-tail -tag:mm', '(!tail & !tag:mm)'],
    ['NOT (a OR b) c', '(!(a | b) & c…)'],
    ['"two words" x*', '(two words & x*…)'],
    ['"say ""hi"""', 'say "hi"'],
    ['and or not', '(and & or & not…)'],
    ['model:v4.0', 'model:v4.0'],
    ['MODEL=v4.0 Seed>=10', '(model=v4.0 & seed>=10)'],
    ['seed > 1,000', 'seed>1000'],
    ['param.iters<=-2.5', 'iters<=-2.5'],
    ['param.Iters:1', 'Iters:1'],
    ['maps>=1 failed!=0 left<3', '(vm_map_ram>=1 & vm_map_ram_failed!=0 & listed_blocks<3)'],
    ['live_blocks>5 alloc_vmap_area=993', '(live_blocks>5 & alloc_vmap_area=993)'],
    ['star:yes archived:no', '(starred:true & archived:false)'],
    ['created:2026-11', 'created:Sun Nov 01 2026..Tue Dec 01 2026'],
    ['created>=2026-11-23', 'created>=Mon Nov 23 2026..Tue Nov 24 2026'],
    ['tag:"mm list" x', '(tag:mm list & x…)'],
    ['title:a=b', 'title:a=b'],
    ['vm_map_ram(pages, i++', '(vm_map_ram(pages, & i++…)'],
    ['(xfs_buf_map(bp) OR x)', '(xfs_buf_map(bp) | x)'],
    ['p->next', 'p->next…'],
  ])('%s is read as %s', (query, expected) => {
    expect(read(query)).toBe(expected)
  })

  it.each([
    ['tail OR', '[OR] A condition is missing after OR. Write one, or put "OR" in quotes.'],
    ['OR tail', '[OR] A condition is missing before OR. Write one, or put "OR" in quotes.'],
    ['a AND OR b', '[AND] A condition is missing after AND. Write one, or put "AND" in quotes.'],
    ['NOT', '[NOT] A condition is missing after NOT. Write one, or put "NOT" in quotes.'],
    ['(tail', '[(] This parenthesis is not closed. Add ).'],
    ['(', '[(] This parenthesis is not closed. Add a condition and ).'],
    ['tail)', '[)] This parenthesis closes none. Take it out, or add ( before.'],
    [')', '[)] This parenthesis closes none. Take it out, or add ( before.'],
    ['a ()', '[()] These parentheses are empty. Put a condition in them, or take them out.'],
    ['"tail', '["tail] This quote is not closed. Add " at the end of the words.'],
    ['< 5', '[<] < needs a field before it, such as seed<1. Put it in quotes to search for it.'],
    [
      'modell:v4',
      '[modell] There is no field "modell". Is model meant? A parameter is written param.modell. To search for the words, put them in quotes.',
    ],
    ['model:', '[:] A value is missing after model:. Write it here.'],
    ['tag:(a OR b)', '[(a] Parentheses group whole conditions, as in (tag:a OR tag:b).'],
    ['model<v4', '[v4] model has no order. Use : for a part of it, = for all of it, or !=.'],
    ['note=x', '[x] note is searched by words. Write note:word or note:"two words".'],
    ['seed:many', '[many] "many" is no number. Write digits, such as 1000 or 1,000.'],
    ['star:maybe', '[maybe] starred is yes or no. Write starred:yes or starred:no.'],
    [
      'status:done',
      '[done] There is no status "done". Write one of running, finished, cancelled, interrupted, failed.',
    ],
    [
      'created:2026-02-31',
      '[2026-02-31] "2026-02-31" is no date. Write a year, month or day, such as 2026, 2026-11 or 2026-11-23.',
    ],
  ])('%s is refused: %s', (query, expected) => {
    expect(problem(query)).toBe(expected)
  })

  it('names its limits', () => {
    expect(problem('x'.repeat(501))).toContain('QUERY_LENGTH_MAX')
    expect(problem('('.repeat(51))).toContain('QUERY_DEPTH_MAX')
    expect(problem(`${'-'.repeat(200)}x`)).toContain('QUERY_DEPTH_MAX')
  })

  it('of any text has a tree or a problem within it, and never throws', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '(',
        ')',
        '"',
        'OR ',
        'AND ',
        'NOT ',
        '-',
        ' ',
        ':',
        '>=',
        'seed',
        'tag',
        'model',
        '1',
        'created:2026',
      ),
      fc.string({ unit: 'binary', maxLength: 6 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const query = pieces.join('')
        const parsed = parseQuery(query)
        if (parsed.ok) return
        const { from, to, message } = parsed.problem
        expect(message).toMatch(/\.$/)
        expect(from).toBeGreaterThanOrEqual(0)
        expect(to).toBeLessThanOrEqual(query.length)
        expect(to).toBeGreaterThan(from)
      }),
      { numRuns: 2000 },
    )
  })
})
