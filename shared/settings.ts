import type { KeyChanges } from './command-catalog.ts'
import { DEFAULT_BUDGETS, type ScenarioBudgets } from './scenario-budgets.ts'

export interface Settings {
  readonly theme: 'system' | 'light' | 'dark'
  readonly density: 'compact' | 'comfortable'
  /** Single letters such as `M` and `K` act outside text fields. */
  readonly singleKeys: boolean
  readonly welcomeSeen: boolean
  /** Shortcuts that differ from the catalogue's; empty for none. */
  readonly keys: KeyChanges
  /** What the run of a program may use up; a run keeps those it was started with. */
  readonly budgets: ScenarioBudgets
}

export const DEFAULT_SETTINGS: Settings = {
  theme: 'system',
  density: 'compact',
  singleKeys: true,
  welcomeSeen: false,
  keys: {},
  budgets: DEFAULT_BUDGETS,
}
