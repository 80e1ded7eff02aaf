import { COUNT_LABELS, COUNT_NAMES } from './counts.ts'
import { formatCount } from './format.ts'
import type { RunCheck, RunSummary } from './journal.ts'

/** One figure that came out otherwise. */
export interface CheckDifference {
  readonly label: string
  readonly recorded: string
  readonly now: string
}

/** What a check says of its run. */
export interface CheckVerdict {
  readonly kind: 'reproduced' | 'different' | 'failed'
  readonly sentence: string
  /** Counter by counter; empty when reproduced. */
  readonly differences: readonly CheckDifference[]
}

/** Compares a finished run with what came out when it was made again. */
export function verdictOfCheck(
  run: Pick<RunSummary, 'counts' | 'digest' | 'blocksListed' | 'labVersion'>,
  { outcome, labVersion }: RunCheck,
): CheckVerdict {
  if (outcome.kind === 'failed')
    return { kind: 'failed', sentence: `Not made again: ${outcome.reason}`, differences: [] }
  const versions = run.labVersion === labVersion ? '' : `, Lab ${run.labVersion} and ${labVersion}`
  const differences: CheckDifference[] = []
  const compare = (label: string, recorded: number, now: number): void => {
    if (recorded !== now) differences.push({ label, recorded: formatCount(recorded), now: formatCount(now) })
  }
  if (run.counts !== undefined) {
    for (const name of COUNT_NAMES) compare(COUNT_LABELS[name].label, run.counts[name], outcome.counts[name])
  }
  compare('Blocks left listed', run.blocksListed ?? 0, outcome.blocksListed)
  const sameDigest = run.digest === outcome.digest
  if (sameDigest && differences.length === 0) {
    return { kind: 'reproduced', sentence: `Reproduced: same digest${versions}.`, differences }
  }
  const what = sameDigest
    ? 'the same digest, other counters'
    : differences.length === 0
      ? 'another digest, the same counters'
      : 'another digest and other counters'
  if (!sameDigest) differences.unshift({ label: 'Digest', recorded: run.digest ?? '', now: outcome.digest })
  return { kind: 'different', sentence: `Different: ${what}${versions}.`, differences }
}
