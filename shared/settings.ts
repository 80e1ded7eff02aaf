export interface Settings {
  readonly theme: 'system' | 'light' | 'dark'
  readonly density: 'compact' | 'comfortable'
  /** Single letters such as `M` and `K` act outside text fields. */
  readonly singleKeys: boolean
  readonly welcomeSeen: boolean
}

export const DEFAULT_SETTINGS: Settings = { theme: 'system', density: 'compact', singleKeys: true, welcomeSeen: false }
