/** The part of a lab that keeps scenarios, for tests: as the journal does, in memory. */
import type { LabApi, Outcome } from '../../shared/contract.ts'
import type { SavedScenario, ScenarioVersion } from '../../shared/saved-scenario.ts'

type Methods = Pick<
  LabApi,
  | 'listScenarios'
  | 'saveScenario'
  | 'scenarioVersions'
  | 'renameScenario'
  | 'duplicateScenario'
  | 'deleteScenario'
  | 'importScenario'
  | 'exportScenario'
>

export interface ScenarioJournal {
  readonly methods: Methods
  /** As another process would. */
  save(name: string, source: string, id?: number): SavedScenario
  remove(id: number): void
  /** What the next call that can be refused answers. */
  refuse(reason: string): void
}

export function scenarioJournal(): ScenarioJournal {
  const saved = new Map<number, { name: string; versions: ScenarioVersion[] }>()
  let lastId = 0
  let refusal: string | undefined

  function asSaved(id: number): SavedScenario {
    const { name = '', versions = [] } = saved.get(id) ?? {}
    return { id, name, source: versions[0]?.source ?? '', updatedAtMs: 0, versions: versions.length }
  }

  function save(name: string, source: string, id = (lastId += 1)): SavedScenario {
    const versions = saved.get(id)?.versions ?? []
    saved.set(id, { name, versions: [{ version: versions.length + 1, source, savedAtMs: 0 }, ...versions] })
    return asSaved(id)
  }

  function answer<Value>(value: () => Value): Promise<Outcome<Value>> {
    const reason = refusal
    refusal = undefined
    return Promise.resolve(reason === undefined ? { kind: 'done', value: value() } : { kind: 'refused', reason })
  }

  return {
    save,
    remove: (id) => void saved.delete(id),
    refuse: (reason) => {
      refusal = reason
    },
    methods: {
      listScenarios: () => Promise.resolve([...saved.keys()].map(asSaved)),
      saveScenario: ({ id, name, source }) => answer(() => save(name, source, id)),
      scenarioVersions: (id) => Promise.resolve(saved.get(id)?.versions ?? []),
      renameScenario: (id, name) =>
        answer(() => {
          saved.set(id, { name, versions: saved.get(id)?.versions ?? [] })
          return asSaved(id)
        }),
      duplicateScenario: (id) => answer(() => save(`${asSaved(id).name} 2`, asSaved(id).source)),
      deleteScenario: (id) => Promise.resolve(void saved.delete(id)),
      importScenario: () => answer(() => save('imported', 'int a;\r\nint b;\r\n')),
      exportScenario: (id) => answer(() => `/home/${asSaved(id).name}.c`),
    },
  }
}
