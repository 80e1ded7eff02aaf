import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { BUDGETS_MAX, DEFAULT_BUDGETS, type BudgetName } from '../shared/scenario-budgets.ts'
import { DEFAULT_SETTINGS, type Settings } from '../shared/settings.ts'
import { windowStateSchema, type WindowState } from './window-state.ts'

function budget(name: BudgetName) {
  return z.int().min(1).max(BUDGETS_MAX[name])
}

const budgetsSchema = z.strictObject({
  operations: budget('operations'),
  liveMappings: budget('liveMappings'),
  wallMs: budget('wallMs'),
})

export const settingsSchema = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['compact', 'comfortable']),
  singleKeys: z.boolean(),
  welcomeSeen: z.boolean(),
  budgets: budgetsSchema,
})

// A setting that a file does not know yet has its default; one that only a newer lab knows is left out, not taken for damage
const fileSchema = z.object({
  settings: z.object({ ...settingsSchema.shape, budgets: z.object(budgetsSchema.shape).partial() }).partial(),
  window: windowStateSchema.optional(),
})

/** settings.json: what the user chose and where the window stood. A damaged file is kept aside and replaced by defaults. */
export class SettingsFile {
  readonly #path: string
  #settings: Settings = DEFAULT_SETTINGS
  #window: WindowState | undefined

  constructor(path: string) {
    this.#path = path
    if (!existsSync(path)) return
    const stored = fileSchema.safeParse(readJson(path))
    if (stored.success) {
      const { budgets = {}, ...others } = stored.data.settings
      this.#settings = withDefaults(DEFAULT_SETTINGS, { ...others, budgets: withDefaults(DEFAULT_BUDGETS, budgets) })
      this.#window = stored.data.window
    } else {
      renameSync(path, `${path}.damaged`)
    }
  }

  get settings(): Settings {
    return this.#settings
  }

  get window(): WindowState | undefined {
    return this.#window
  }

  change(change: Partial<Settings>): Settings {
    this.#settings = { ...this.#settings, ...change }
    this.#write()
    return this.#settings
  }

  rememberWindow(state: WindowState): void {
    this.#window = state
    this.#write()
  }

  /** Whole or not at all: a crash in the middle leaves the old file. */
  #write(): void {
    const unfinished = `${this.#path}.part`
    writeFileSync(unfinished, `${JSON.stringify({ settings: this.#settings, window: this.#window }, undefined, 2)}\n`)
    renameSync(unfinished, this.#path)
  }
}

type Partially<Values> = { readonly [Name in keyof Values]?: Values[Name] | undefined }

function withDefaults<Values extends object>(defaults: Values, given: Partially<Values>): Values {
  const known = Object.entries(given).filter(([, value]) => value !== undefined)
  return { ...defaults, ...Object.fromEntries(known) }
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown
  } catch {
    return undefined
  }
}
