import { beforeAll, describe, expect, test } from 'vitest'
import type { RunRecord } from '../../shared/journal.ts'
import { patch2015Runs } from '../../shared/published.ts'
import type { RunSpec } from '../../shared/run.ts'
import { execute } from '../runner/execute.ts'
import { roundAxis, roundTicks } from './html/scale.ts'
import { buildReport, writeReport, type ReportInput } from './index.ts'
import { inputOf, recordOf } from './report.fixture.ts'

function made(id: number, spec: RunSpec): RunRecord {
  const execution = execute(spec, { cancelled: () => false, onProgress: () => undefined, clock: () => 0 })
  if (execution.kind !== 'finished') throw new Error('not finished')
  return recordOf(id, spec, execution.result)
}

function htmlOf(input: ReportInput): string {
  return writeReport(buildReport(input), 'html')
}

/** Every start tag, without attributes. */
function tagsOf(html: string): Set<string> {
  return new Set([...html.matchAll(/<([a-z][a-z0-9]*)/gi)].map(([, name]) => name!.toLowerCase()))
}

const [SPEC] = patch2015Runs() as [RunSpec]
let published: RunRecord[] = []

beforeAll(() => {
  published = patch2015Runs().map((spec, index) => made(index + 1, spec))
})

describe('the document', () => {
  test('runs nothing, loads nothing and says so', () => {
    const html = htmlOf(inputOf(published))
    expect(html).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"`,
    )
    for (const tag of ['script', 'link', 'img', 'iframe', 'object', 'a', 'form', 'base']) {
      expect(tagsOf(html)).not.toContain(tag)
    }
    expect(html).not.toMatch(/https?:|\son[a-z]+=|src=|@import/)
    expect(html.match(/url\([^)]*\)/g)).toEqual(['url(#hatch)'])
  })

  test('has a language, one h1, headings without gaps, named pictures, unique ids, closed elements', () => {
    const html = htmlOf(inputOf(published))
    expect(html).toContain('<html lang="en">')
    const levels = [...html.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level))
    expect(levels.filter((level) => level === 1)).toHaveLength(1)
    levels.forEach((level, index) => expect(level).toBeLessThanOrEqual((levels[index - 1] ?? 0) + 1))
    const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const pictures = [...html.matchAll(/<svg[^>]*role="img"[^>]*aria-labelledby="([^"]+)"/g)].map(([, id]) => id!)
    // Three of bars, three of lines, five of free lists: v4.1 leaves nothing listed in one workload
    expect(pictures).toHaveLength(11)
    for (const id of pictures) expect(html).toContain(`<title id="${id}">`)
    for (const tag of ['svg', 'table', 'figure', 'section', 'div', 'p', 'pre', 'tr', 'span']) {
      const open = html.match(new RegExp(`<${tag}[ >]`, 'g')) ?? []
      expect([tag, html.split(`</${tag}>`).length - 1]).toEqual([tag, open.length])
    }
  })

  test('shows published beside simulated counts, and says no row where the table has none', () => {
    const html = htmlOf(inputOf(published)).replace(/\s+/g, ' ')
    expect(html).toContain('All 24 published counts come out exactly.')
    expect(html).toContain('<td class="published">no row</td>')
    expect(html).toContain('<td>2,032,000</td>')
    expect(html).not.toMatch(/undefined|NaN|\[object|Infinity/)
  })

  test('marks counts that differ from the published ones', () => {
    const runs = [made(1, { ...patch2015Runs()[2]!, seed: 1 })]
    expect(htmlOf(inputOf(runs))).toContain('≠ 420')
  })

  test('has coordinates that are numbers, and a size that can be mailed', () => {
    const html = htmlOf(inputOf(published))
    for (const [, path] of html.matchAll(/ d="([^"]*)"/g)) expect(path).toMatch(/^[MLHVZ\d\s.-]*$/)
    expect(html.length).toBeLessThan(300_000)
  })
})

describe('series', () => {
  test('identical ones share one line and are named together', () => {
    const runs = ['v4.0', 'v4.1', 'v4.0+1', 'v4.0+1+2'].map((modelId, index) => made(index + 1, { ...SPEC, modelId }))
    const report = buildReport(inputOf(runs))
    expect(report.workloads).toHaveLength(1)
    expect(report.workloads[0]!.liveBlocks.map(({ labels }) => labels)).toEqual([
      ['v4.0'],
      ['v4.1', 'v4.0+1', 'v4.0+1+2'],
    ])
    expect(htmlOf(inputOf(runs))).toContain('v4.1, v4.0+1 and v4.0+1+2 have identical series and share one line.')
  })

  test('two runs of one model are told apart by their numbers', () => {
    const report = buildReport(inputOf([made(4, SPEC), made(7, { ...SPEC, seed: 9 })]))
    expect(report.workloads.flatMap(({ runs }) => runs.map(({ label }) => label))).toEqual([
      'v4.0 (run 4)',
      'v4.0 (run 7)',
    ])
  })

  test('a workload that uses its seed is another one with another seed', () => {
    const spec = { ...SPEC, scenarioId: 'random', parameters: { iters: 50 } }
    const report = buildReport(inputOf([made(1, spec), made(2, { ...spec, seed: 9 })]))
    expect(report.workloads.map(({ heading }) => heading)).toEqual([
      'Random (iters 50, seed 2424)',
      'Random (iters 50, seed 9)',
    ])
  })
})

describe('hostile words', () => {
  const ATTACKS = [
    '</script><script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '--><b>out</b><!--',
    '</title></style></pre></code><svg onload=alert(1)>',
    ']]>{{constructor}}&lt;${1}`',
    '\u202egnp.exe\u2066\u0000\u001b[2J\ud800',
  ]

  test.each(ATTACKS)('%j stays text wherever a person can put it', (attack) => {
    const run = recordOf(
      1,
      { ...SPEC, modelId: attack, machineId: attack, scenarioId: attack, parameters: { [attack]: 1 } },
      published[0]!.result,
      {
        source: attack,
        labVersion: attack,
        digest: attack,
      },
    )
    const failed = recordOf(2, SPEC, undefined, { status: 'failed', failure: attack })
    const hostile = inputOf([run, failed], {
      title: attack,
      question: attack,
      tags: [attack],
      note: [{ text: attack, writtenAtMs: 0 }],
      requestTitle: attack,
    })
    const harmless = inputOf(
      [
        recordOf(
          1,
          { ...SPEC, modelId: 'm', machineId: 'm', scenarioId: 's', parameters: { p: 1 } },
          published[0]!.result,
        ),
        failed,
      ],
      {
        tags: ['t'],
        note: [{ text: 'n', writtenAtMs: 0 }],
      },
    )
    const html = htmlOf(hostile)
    expect(tagsOf(html)).toEqual(tagsOf(htmlOf(harmless)))
    expect(html.match(/<!--/g)).toBeNull()
    // Without attribute values and text, only what acts is left
    expect(
      html
        .replace(/"[^"]*"/g, '')
        .match(/<[^>]*>/g)
        ?.join(''),
    ).not.toMatch(/\son[a-z]+=|src=|alert/i)
    expect(html).not.toMatch(/[\u0000\u001b\u202e\u2066]|\p{Surrogate}/u)
    const styles = /<style>([^]*?)<\/style>/.exec(html)?.[1] ?? ''
    expect(styles).not.toMatch(/<|alert\(|onload=|url\((?!#hatch)/)
    expect(html.split('<style>')).toHaveLength(2)
  })
})

describe('unfinished runs', () => {
  test('show their status and no picture', () => {
    const html = htmlOf(inputOf([recordOf(3, SPEC)]))
    expect(html).toContain('<p class="status">Run 3 (v4.0) was cancelled: no counts.</p>')
    expect(html).not.toContain('role="img"')
    expect(html).not.toContain('Live blocks over operations')
  })

  test('no run at all is still a document', () => {
    expect(htmlOf({ ...inputOf([]), experiments: [] })).toContain('<h1 dir="auto">Vmap Lab report</h1>')
  })
})

describe('axes', () => {
  test('are round, start at 0 and have few ticks', () => {
    expect(roundTicks(252_000)).toEqual([0, 50_000, 100_000, 150_000, 200_000, 250_000])
    expect(roundAxis(383)).toEqual([0, 100, 200, 300, 400])
    expect(roundAxis(0)).toEqual([0, 1])
    for (const maximum of [1, 2, 3, 7, 9, 10, 99, 1000, 7001, 123_456_789]) {
      const ticks = roundAxis(maximum)
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(maximum)
      expect(ticks.length).toBeLessThanOrEqual(7)
      expect(ticks.every(Number.isInteger)).toBe(true)
    }
  })
})
