import type { Moment, MomentRequest } from '../../shared/moment.ts'
import { scenarioName } from '../../shared/run.ts'
import type { Journal } from '../journal/index.ts'
import { LabError } from './lab-error.ts'

/** A moment with all that it takes to make its runs again. @throws {LabError} for a run without a result. */
export function momentOf(journal: Pick<Journal, 'openRun'>, { runIds, operation, note }: MomentRequest): Moment {
  const runs = runIds.map((id) => {
    const run = journal.openRun(id)
    if (run?.digest === undefined) throw new LabError(`Run ${id} has no result, so no moment of it can be saved.`)
    return { spec: run.spec, digest: run.digest }
  })
  const [first] = runs
  return { title: first === undefined ? '' : scenarioName(first.spec), note, operation, runs }
}
