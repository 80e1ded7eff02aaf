import { describe, expect, test } from 'vitest'
import type { RunRecord } from '../../shared/journal.ts'
import { patch2015Runs } from '../../shared/published.ts'
import { REPORT_SECTIONS, type ReportFormat, type ReportSection } from '../../shared/report.ts'
import { PROGRAM_ID, type RunSpec } from '../../shared/run.ts'
import { execute } from '../runner/execute.ts'
import { loadGrammar } from '../scenario/c/syntax/parse.ts'
import { buildReport, writeReport } from './index.ts'
import { inputOf, recordOf } from './report.fixture.ts'

await loadGrammar()

const [SPEC] = patch2015Runs() as [RunSpec]
const SOURCE = `static int bursts = 3; /* 1..9: bursts */

void scenario(void)
{
	/* <b>16</b> pages */
	for (int i = 0; i < bursts; i++)
		vm_unmap_ram(vm_map_ram(pages, 16, -1), 16);
}
`

function made(id: number, title: string, source = SOURCE, modelId = 'v4.0'): RunRecord {
  const program = { title, source }
  const spec = { ...SPEC, scenarioId: PROGRAM_ID, program, parameters: { bursts: 4 }, modelId }
  const execution = execute(spec, { cancelled: () => false, onProgress: () => undefined, clock: () => 0 })
  if (execution.kind !== 'finished') throw new Error('not finished')
  return recordOf(id, spec, execution.result, { source })
}

function written(
  format: ReportFormat,
  runs: readonly RunRecord[],
  sections: readonly ReportSection[] = REPORT_SECTIONS,
) {
  return writeReport(buildReport(inputOf(runs, { sections })), format)
}

describe('a report on programs in C', () => {
  const runs = [made(1, 'Burst of Müller'), made(2, 'Burst of Müller', SOURCE, 'v4.1')]

  test('names them by their titles, has their text once, and commands that read it from a file', () => {
    const text = written('text', runs)
    expect(text).toContain('Burst of Müller (bursts 4, seed 2424)\n')
    expect(text).toContain('\nburst-of-muller.c:\n\nstatic int bursts = 3;')
    expect(text.split('static int bursts')).toHaveLength(2)
    expect(text.replaceAll(/\s+/g, ' ')).toContain('Save each scenario in C of this report under its file name first.')
    expect(text.replaceAll(/[\\\s]+/g, ' ')).toContain('lab -- run burst-of-muller.c --model v4.1 --machine x86_64')
  })

  test('has the texts with the commands when the section of sources was not chosen', () => {
    const text = written('text', runs, ['reproduce'])
    expect(text).toContain('\nburst-of-muller.c:\n  static int bursts = 3;')
    const html = written('html', runs, ['reproduce'])
    expect(html).toContain('<h3>burst-of-muller.c</h3>')
    expect(html).toContain('/* &lt;b&gt;16&lt;/b&gt; pages */')
  })

  test('holds all of it as data', () => {
    const report = JSON.parse(written('json', runs)) as { workloads: object[]; reproduce: object }
    expect(report.workloads).toMatchObject([
      { scenario: 'program', program: 'Burst of Müller', source: SOURCE, source_file: 'burst-of-muller.c' },
    ])
    expect(report.reproduce).toMatchObject({ scenario_files: [] })
    const alone = JSON.parse(written('json', runs, ['reproduce'])) as { reproduce: object }
    expect(alone.reproduce).toMatchObject({ scenario_files: [{ name: 'burst-of-muller.c', text: SOURCE }] })
  })

  test('tells programs of one title apart by their texts', () => {
    const other = made(3, 'burst of müller', SOURCE.replaceAll('16', '8'))
    const text = written('text', [runs[0]!, other])
    expect(text).toContain('burst-of-muller-2.c:')
    expect(text).toContain('Burst of Müller (bursts 4, seed 2424)')
    expect(text).toContain('burst of müller (bursts 4, seed 2424)')
  })
})
