import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { patch2015Runs } from '../../shared/published.ts'
import type { RunRecord } from '../../shared/journal.ts'
import { commandOf, MachineFiles, type ReproductionFiles } from './reproduction.ts'
import { ScenarioFiles } from './scenario-files.ts'
import { recordOf } from './report.fixture.ts'

const [SPEC] = patch2015Runs()

function filesOf(...runs: readonly RunRecord[]): ReproductionFiles {
  return { machines: new MachineFiles(runs), scenarios: new ScenarioFiles(runs) }
}

describe('commands', () => {
  test('are complete', () => {
    expect(commandOf(SPEC!, filesOf())).toBe(
      'npm run -s lab -- run exhaust --model v4.0 --machine x86_64 --seed 2424 --param iters=1000',
    )
  })

  test.skipIf(process.platform === 'win32')('hand every word to a shell as one word', () => {
    const modelId = `v'1 $(echo out) ; "x" \`y\``
    const spec = { ...SPEC!, modelId }
    const words = commandOf(spec, filesOf(recordOf(1, spec))).replace('npm run', 'printf "%s\\n"')
    const printed = execFileSync('sh', ['-c', words], { encoding: 'utf8' }).split('\n')
    expect(printed).toContain(modelId)
  })
})
