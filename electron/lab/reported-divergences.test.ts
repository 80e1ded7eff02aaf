import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { patch2015Runs } from '../../shared/published.ts'
import type { ReportFormat, ReportSection } from '../../shared/report.ts'
import type { RunSpec } from '../../shared/run.ts'
import { Lab } from '../lab.ts'

let folder = ''
let lab: Lab
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vmap-lab-reported-'))
  lab = new Lab({ journalPath: join(folder, 'journal.sqlite') })
})
afterEach(async () => {
  await lab.close()
  rmSync(folder, { recursive: true })
})

const [before, after] = patch2015Runs() as [RunSpec, RunSpec]
const exhaust = (iters: number): RunSpec[] => [before, after].map((spec) => ({ ...spec, parameters: { iters } }))

async function reportOn(
  runs: readonly RunSpec[],
  format: ReportFormat,
  sections: readonly ReportSection[] = ['divergence'],
): Promise<string> {
  const { runIds, finished } = await lab.startExperiment({ title: 'x', question: '', runs })
  await finished
  return lab.report({ runIds, sections }, format)
}

interface Written {
  readonly workloads: readonly { readonly first_divergence?: { readonly map?: number; readonly sentences: string[] } }[]
}
const found = (json: string) => (JSON.parse(json) as Written).workloads.map((workload) => workload.first_divergence)

describe('the first divergence in a report', () => {
  it('is found, explained and drawn in every format', async () => {
    const text = await reportOn(exhaust(20), 'text')
    expect(text).toContain('First divergence: map 128, operation 255')
    expect(text).toContain('HEAD |x---------|xxxxxxxxx-| TAIL')
    expect(text.split('\n').every((line) => line.length <= 72)).toBe(true)
    const html = await lab.report({ runIds: [1, 2], sections: ['divergence'] }, 'html')
    expect(html).toContain('HEAD |xxxxxxxxx-|x---------| TAIL')
    expect(found(await lab.report({ runIds: [1, 2], sections: ['divergence'] }, 'json'))).toMatchObject([
      { operation: 255, map: 128, free_lists_before: [{ heading: 'v4.0, CPU 0, before: 2 blocks listed' }, {}] },
    ])
  })

  it('is said not to be there where models never differ', async () => {
    const [sentence] = found(await reportOn(exhaust(1), 'json'))[0]?.sentences ?? []
    expect(sentence).toBe('v4.0, v4.1 choose the same for every map of 252 operations.')
  })

  it('needs two models, and the section', async () => {
    expect(found(await reportOn(exhaust(20).slice(0, 1), 'json'))).toEqual([undefined])
    expect(await reportOn(exhaust(20), 'json', ['counts'])).not.toContain('first_divergence')
  })

  it('of long runs is left to Replay, which is said', async () => {
    expect(found(await reportOn(exhaust(4000), 'json'))[0]?.sentences).toEqual([
      'Runs of 1,008,000 operations are not followed together in a report, which takes up to 1,000,000; "lab diverge" and Replay follow them.',
    ])
  })
})
