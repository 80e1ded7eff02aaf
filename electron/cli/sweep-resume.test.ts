import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { runCount } from '../../shared/sweep.ts'
import { Lab } from '../lab.ts'
import { lab, useFolder } from './cli.fixture.ts'

const { path } = useFolder()
const ARGS = ['sweep', 'random', '--models', 'v4.0,v4.1', '--seeds', '1500']

it('a sweep whose process is killed is resumed and ends as if it had never been', async () => {
  const journal = path('journal.sqlite')
  const entry = fileURLToPath(new URL('../cli.ts', import.meta.url))
  const child = spawn(process.execPath, [entry, ...ARGS, '--journal', journal], { stdio: 'ignore' })
  const exited = once(child, 'exit')
  await recorded(journal)
  child.kill('SIGKILL')
  await exited
  const resumed = await lab(['sweep', '--resume', '1', '--json', '--journal', journal])
  expect(resumed.exit).toBe(0)
  const whole = await lab([...ARGS, '--json', '--journal', path('other.sqlite')])
  expect(resumed.out).toBe(whole.out)
  const digests = [journal, path('other.sqlite')].map(digestsOf)
  expect(await digests[0]).toEqual(await digests[1])
}, 60_000)

/** Waits until some runs, and not all, are in the journal. */
async function recorded(journalPath: string): Promise<void> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 20))
    const opened = new Lab({ journalPath })
    const [sweep] = opened.journal.sweeps.list()
    await opened.close()
    if (sweep === undefined || sweep.runsDone === 0) continue
    expect(sweep.runsDone).toBeLessThan(sweep.runs)
    return
  }
}

async function digestsOf(journalPath: string): Promise<Float64Array> {
  const opened = new Lab({ journalPath })
  const count = runCount(opened.sweeps.open(1).definition)
  const digests = opened.sweeps.column(1, 'digest_low', { first: 0, count })
  await opened.close()
  return digests
}
