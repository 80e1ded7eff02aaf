import { beforeAll, describe, expect, test } from 'vitest'
import type { RunRecord } from '../../shared/journal.ts'
import { patch2015Runs } from '../../shared/published.ts'
import type { CustomModel } from '../../shared/policy.ts'
import type { ReportFormat } from '../../shared/report.ts'
import type { RunSpec } from '../../shared/run.ts'
import { execute } from '../runner/execute.ts'
import { buildReport, writeReport } from './index.ts'
import { inputOf, recordOf } from './report.fixture.ts'

const [SPEC] = patch2015Runs() as [RunSpec]
const MINE: CustomModel = { name: 'mine', base: 'v4.0', choices: { search: 'best-fit', lazyFactor: 0.5 } }
const NOTE = 'experimental (v4.0 with search best-fit, lazy limit × 0.5)'

function made(id: number, custom?: CustomModel, modelId = custom?.name ?? SPEC.modelId): RunRecord {
  const spec = { ...SPEC, parameters: { iters: 5 }, modelId, ...(custom && { custom }) }
  const execution = execute(spec, { cancelled: () => false, onProgress: () => undefined, clock: () => 0 })
  if (execution.kind !== 'finished') throw new Error('not finished')
  return recordOf(id, spec, execution.result)
}

let runs: readonly RunRecord[] = []

beforeAll(() => {
  runs = [made(1), made(2, MINE)]
})

const written = (format: ReportFormat, records = runs): string => writeReport(buildReport(inputOf(records)), format)

describe('a report on a custom model', () => {
  test('says what it is among the models and in the verdict, and marks it beside its figures', () => {
    const text = written('text').replaceAll(/\s+/g, ' ')
    expect(text).toContain(`Models: v4.0; mine, ${NOTE}`)
    expect(text).toContain(`mine is ${NOTE}.`)
    expect(text.split(NOTE)).toHaveLength(3)
    expect(text).toContain('mine, experimental Function')
    const html = written('html')
    expect(html).toContain(`v4.0; mine, ${NOTE}`)
    expect(html).toMatch(/mine <span class="faint">experimental<\/span>/)
  })

  test('holds all of it as data', () => {
    const { workloads } = JSON.parse(written('json')) as { workloads: { runs: object[] }[] }
    expect(workloads[0]?.runs[0]).not.toHaveProperty('custom_model')
    expect(workloads[0]?.runs[1]).toMatchObject({
      model: 'mine',
      custom_model: { name: 'mine', base: 'v4.0', search: 'best-fit', lazy_factor: 0.5 },
    })
  })

  test('gives a command that needs nothing saved', () => {
    expect(written('json')).toContain(
      'run exhaust --model v4.0 --search best-fit --lazy-factor 0.5 --machine x86_64 --seed 2424 --param iters=5',
    )
  })

  test('does not pass for the published experiment', () => {
    const others = patch2015Runs().map((spec, i) => recordOf(i + 1, { ...spec, custom: MINE }))
    expect(written('text', others)).not.toContain('lab -- reproduce')
  })

  test('tells models of one name apart', () => {
    const text = written('text', [made(1, MINE), made(2, { ...MINE, choices: { search: 'worst-fit' } })])
    expect(text).toContain('mine (run 1), experimental')
    expect(text).toContain('mine (run 2), experimental')
    expect(text.replaceAll(/\s+/g, ' ')).toContain('mine, experimental (v4.0 with search worst-fit)')
  })

  test('has the lines of a long verdict in every format', () => {
    const many = ['v2.6.28', 'v3.2', 'v4.0', 'v4.0+1', 'v4.1', 'v4.10', 'v5.2'].map((modelId, i) =>
      made(i + 1, undefined, modelId),
    )
    expect(written('text', many)).toContain('\n- v2.6.28, v3.2 and v4.0: 5\n- v4.0+1, v4.1, v4.10 and v5.2: 1\n')
    expect(written('html', many)).toContain('<li>v2.6.28, v3.2 and v4.0: 5</li>')
    const { verdict } = JSON.parse(written('json', many)) as { verdict: { lines: string[] } }
    expect(verdict.lines).toHaveLength(2)
  })

  test('lets nothing of a definition act on its reader', () => {
    const hostile = { name: '<b>&\u202e', base: '<script>', choices: { search: '<img>' } } as unknown as CustomModel
    const html = written('html', [recordOf(1, { ...SPEC, modelId: hostile.name, custom: hostile }, runs[0]!.result)])
    for (const tag of ['<b>&\u202e', '<script>', '<img>', '\u202e']) expect(html).not.toContain(tag)
    expect(html).toContain('&lt;script&gt;')
  })
})
