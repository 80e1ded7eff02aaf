import type { RunRecord } from '../../shared/journal.ts'
import { TRACE_ID, type RunSpec } from '../../shared/run.ts'
import { cleanText } from './clean-text.ts'
import type { Reproduction } from './model.ts'

/** The C programs of some runs, each with the name of the file that the commands read it from. */
export class ScenarioFiles {
  /** By text. */
  readonly #names = new Map<string, string>()

  constructor(runs: readonly RunRecord[]) {
    for (const { spec } of runs) {
      if (spec.program !== undefined && spec.scenarioId !== TRACE_ID) this.#add(spec.program)
    }
  }

  get all(): Reproduction['scenarioFiles'] {
    return [...this.#names].map(([source, name]) => ({ name, text: cleanText(source) }))
  }

  /** What `lab run` takes: a ready scenario's id, or a file; of a trace its name, which the reader has or has not. */
  argument({ scenarioId, program }: RunSpec): string {
    if (scenarioId === TRACE_ID) return program?.title ?? scenarioId
    return this.#names.get(program?.source ?? '') ?? scenarioId
  }

  #add({ title, source }: NonNullable<RunSpec['program']>): void {
    if (this.#names.has(source)) return
    const words = title
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
    const name = words.replace(/^-+|-+$/g, '').slice(0, 60) || 'scenario'
    const taken = [...this.#names.values()]
    const free = (number: number): string => {
      const candidate = number === 1 ? `${name}.c` : `${name}-${number}.c`
      return taken.includes(candidate) ? free(number + 1) : candidate
    }
    this.#names.set(source, free(1))
  }
}
