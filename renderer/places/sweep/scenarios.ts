import type { Catalog } from '../../../shared/contract.ts'
import type { RunSpec } from '../../../shared/run.ts'
import { scenarioKey } from './sweep-setup.ts'

/** The scenarios that the Bench is set to, each once, as they are called there. */
export function scenariosOf(
  planned: readonly RunSpec[],
  catalog: Pick<Catalog, 'scenarios'>,
): readonly { readonly key: string; readonly title: string }[] {
  const titles = new Map(
    planned.map((run) => {
      const ready = catalog.scenarios.find(({ id }) => id === run.scenarioId)
      return [scenarioKey(run), run.program?.title ?? ready?.title ?? run.scenarioId]
    }),
  )
  return [...titles].map(([key, title]) => ({ key, title }))
}
