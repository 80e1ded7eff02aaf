import type { LabEvents, Outcome } from '../shared/contract.ts'
import { JournalError } from './journal/index.ts'
import { LabError, type Lab } from './lab.ts'

/** Changes of the journal that other parts of the window have to hear of. */
export class JournalChanges {
  readonly #lab: Lab
  readonly #tell: (name: 'journalChanged', payload: LabEvents['journalChanged']) => void

  constructor(lab: Lab, tell: (name: 'journalChanged', payload: LabEvents['journalChanged']) => void) {
    this.#lab = lab
    this.#tell = tell
  }

  made(change: () => void): Promise<void> {
    change()
    this.#told()
    return Promise.resolve()
  }

  async unlessRefused<Value>(change: () => Value | Promise<Value>): Promise<Outcome<Value>> {
    const outcome = await unlessRefused(change)
    if (outcome.kind === 'done') this.#told()
    return outcome
  }

  /** By work that may have changed it, whether it came to its end or not. */
  async worked<Value>(work: () => Promise<Outcome<Value>>): Promise<Outcome<Value>> {
    const outcome = await answerUnlessRefused(work)
    this.#told()
    return outcome
  }

  #told(): void {
    this.#tell('journalChanged', this.#lab.journal.totals())
  }
}

export async function unlessRefused<Value>(work: () => Value | Promise<Value>): Promise<Outcome<Value>> {
  try {
    return { kind: 'done', value: await work() }
  } catch (error) {
    return refusal(error)
  }
}

export async function answerUnlessRefused<Value>(ask: () => Promise<Outcome<Value>>): Promise<Outcome<Value>> {
  try {
    return await ask()
  } catch (error) {
    return refusal(error)
  }
}

/** What was ended on the way is declined. */
export async function unlessAborted<Value>(
  signal: AbortSignal,
  work: () => Promise<Outcome<Value>>,
): Promise<Outcome<Value>> {
  try {
    return await work()
  } catch (error) {
    if (signal.aborted) return { kind: 'declined' }
    throw error
  }
}

/** What the user can put right becomes an answer; anything else is a defect. */
export function refusal(error: unknown): Outcome<never> {
  if (error instanceof LabError || error instanceof JournalError) return { kind: 'refused', reason: error.message }
  throw error
}
