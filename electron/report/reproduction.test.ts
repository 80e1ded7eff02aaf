import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { patch2015Runs } from '../../shared/published.ts'
import { commandOf, MachineFiles } from './reproduction.ts'
import { recordOf } from './report.fixture.ts'

const [SPEC] = patch2015Runs()

describe('commands', () => {
  test('are complete', () => {
    expect(commandOf(SPEC!, new MachineFiles([]))).toBe(
      'npm run -s lab -- run exhaust --model v4.0 --machine x86_64 --seed 2424 --param iters=1000',
    )
  })

  test.skipIf(process.platform === 'win32')('hand every word to a shell as one word', () => {
    const modelId = `v'1 $(echo out) ; "x" \`y\``
    const spec = { ...SPEC!, modelId }
    const words = commandOf(spec, new MachineFiles([recordOf(1, spec)])).replace('npm run', 'printf "%s\\n"')
    const printed = execFileSync('sh', ['-c', words], { encoding: 'utf8' }).split('\n')
    expect(printed).toContain(modelId)
  })
})
