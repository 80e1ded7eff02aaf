import type { KeyChanges } from './command-catalog.ts'
import type { DigitGrouping } from './format.ts'
import type { ModelColorChoices } from './model-colors.ts'
import { DEFAULT_BUDGETS, type ScenarioBudgets } from './scenario-budgets.ts'

export interface Settings {
  readonly theme: 'system' | 'light' | 'dark'
  readonly density: 'compact' | 'comfortable'
  /** Single letters such as `M` and `K` act outside text fields. */
  readonly singleKeys: boolean
  readonly welcomeSeen: boolean
  /** Shortcuts that differ from the catalogue's; empty for none. */
  readonly keys: KeyChanges
  /** What stands between groups of three digits in the window; what is written to files always has commas. */
  readonly digitGrouping: DigitGrouping
  /** Colours that differ from the lab's own: by model, positions in `MODEL_COLORS`. */
  readonly modelColors: ModelColorChoices
  /** Most threads that make runs; 0 for as many as there are processors. */
  readonly threads: number
  /** What the run of a program may use up; a run keeps those it was started with. */
  readonly budgets: ScenarioBudgets
}

export const DEFAULT_SETTINGS: Settings = {
  theme: 'system',
  density: 'compact',
  singleKeys: true,
  welcomeSeen: false,
  keys: {},
  digitGrouping: 'comma',
  modelColors: {},
  threads: 0,
  budgets: DEFAULT_BUDGETS,
}

/** More threads than any machine of these years has processors. */
export const THREADS_MAX = 256
