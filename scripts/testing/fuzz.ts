import { randomInt } from 'node:crypto'
import { runCommand } from '../provide/command.ts'
import type { CommandResult } from '../provide/command.ts'
import { settle } from './tally.ts'
import type { Tally } from './tally.ts'

const SECONDS = 60
/** Starting takes a moment, and a trace once begun is played to its end. */
const TIMEOUT_MS = (SECONDS + 60) * 1000
const SEEDS = 2 ** 31

/** The fuzzer says in its last line what it has played, and only when it found no difference. */
export const fuzzTally = ({ code, stdout }: CommandResult): Tally => {
  const played = /^(.+ traces .+ operations): no difference$/m.exec(stdout)?.[1]
  return settle({ passed: played === undefined ? 0 : 1, failed: 0, scope: played ?? 'the fuzzer' }, code)
}

/** The allocator against the reference for a minute, each time on other machines, models and traces. */
export const fuzz = async (): Promise<Tally> => {
  const seed = String(randomInt(SEEDS))
  const args = ['--seconds', String(SECONDS), '--seed', seed]
  console.log(`To repeat: npm run fuzz -- ${args.join(' ')}`)
  const result = await runCommand(process.execPath, ['scripts/fuzz.ts', ...args], { timeoutMs: TIMEOUT_MS })
  process.stdout.write(result.stderr + result.stdout)
  return fuzzTally(result)
}
