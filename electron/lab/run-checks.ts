import type { RunCheck, RunRecord } from '../../shared/journal.ts'
import type { RunProgress } from '../../shared/run.ts'
import type { ScenarioBudgets } from '../../shared/scenario-budgets.ts'
import type { Journal } from '../journal/index.ts'
import { Runner } from '../runner/index.ts'
import { checkedRuns, type CheckScenario } from './checked-runs.ts'
import { LabError } from './lab-error.ts'

export interface RunChecksOptions {
  readonly journal: Journal
  readonly workerUrl: URL
  readonly checkScenario: CheckScenario
  readonly budgets: () => ScenarioBudgets
  readonly threads: () => number
  readonly onProgress?: (progress: RunProgress) => void
}

/** Makes recorded runs again, on threads of their own, and keeps what came out as a check with each of them. */
export class RunChecks {
  readonly #options: RunChecksOptions
  readonly #runner: Runner
  /** Under way or waiting. */
  readonly #runIds = new Set<number>()

  constructor(options: RunChecksOptions) {
    this.#options = options
    const { workerUrl, threads, onProgress } = options
    this.#runner = new Runner({ workerUrl, threads, ...(onProgress && { onProgress }) })
  }

  /**
   * Answers when all have ended, in the order of the runs; cancelled ones are left out. A run that can no longer be made is a
   * check too, with the reason. @throws {LabError} when one is not there, has no result, or is checked already; then none is.
   */
  async check(runIds: readonly number[]): Promise<readonly RunCheck[]> {
    const records = [...new Set(runIds)].map((runId) => this.#checkable(runId))
    for (const { id } of records) this.#runIds.add(id)
    const checks = await Promise.all(records.map((record) => this.#checkOne(record)))
    return checks.filter((check) => check !== undefined)
  }

  /** Ends all that is under way; what has ended stays. */
  cancel(): void {
    for (const runId of this.#runIds) this.#runner.cancel(runId)
  }

  close(): Promise<void> {
    return this.#runner.close()
  }

  #checkable(runId: number): RunRecord {
    const { journal } = this.#options
    const record = journal.openRun(runId)
    if (record === undefined) throw new LabError(`There is no run ${runId} in ${journal.path}.`)
    if (record.result === undefined) {
      throw new LabError(
        `Run ${runId} is ${record.status} and has no result to compare with. Open it on the Bench to run it anew.`,
      )
    }
    if (this.#runIds.has(runId)) throw new LabError(`Run ${runId} is being made again already. Wait for it or cancel.`)
    return record
  }

  async #checkOne(record: RunRecord): Promise<RunCheck | undefined> {
    const { journal, checkScenario, budgets } = this.#options
    try {
      const [run] = await checkedRuns([record.spec], checkScenario)
      const outcome = await this.#runner.run(record.id, run?.spec ?? record.spec, budgets())
      switch (outcome.kind) {
        case 'cancelled':
          return undefined
        case 'failed':
          return journal.recordCheck(record.id, { failure: outcome.reason })
        case 'finished':
          return journal.recordCheck(record.id, { result: outcome.result })
      }
    } catch (error) {
      // The model or the language has changed since
      if (error instanceof LabError) return journal.recordCheck(record.id, { failure: error.message })
      throw error
    } finally {
      this.#runIds.delete(record.id)
    }
  }
}
