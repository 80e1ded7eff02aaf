import { copyFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { COMMAND_IDS } from '../shared/command-catalog.ts'
import { DIGIT_GROUPINGS, type DigitGrouping } from '../shared/format.ts'
import { MODEL_COLORS } from '../shared/model-colors.ts'
import { BUDGETS_MAX, type BudgetName } from '../shared/scenario-budgets.ts'
import { DEFAULT_SETTINGS, THREADS_MAX, type Settings } from '../shared/settings.ts'
import { windowStateSchema, type WindowState } from './window-state.ts'

/** Longer than any key with all that can be held with it. */
const KEY_LENGTH_MAX = 40

function budget(name: BudgetName) {
  return z.int().min(1).max(BUDGETS_MAX[name])
}

export const settingsSchema = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['compact', 'comfortable']),
  singleKeys: z.boolean(),
  welcomeSeen: z.boolean(),
  keys: z.partialRecord(z.enum(COMMAND_IDS), z.string().max(KEY_LENGTH_MAX)),
  digitGrouping: z.enum(Object.keys(DIGIT_GROUPINGS) as [DigitGrouping, ...DigitGrouping[]]),
  modelColors: z.record(
    z.string(),
    z
      .int()
      .min(0)
      .max(MODEL_COLORS.length - 1),
  ),
  threads: z.int().min(0).max(THREADS_MAX),
  budgets: z.strictObject({
    operations: budget('operations'),
    liveMappings: budget('liveMappings'),
    wallMs: budget('wallMs'),
  }),
}) satisfies z.ZodType<Settings>

const fileSchema = z.looseObject({ settings: z.looseObject({}), window: z.unknown().optional() })

/**
 * settings.json: what the user chose and where the window stood. A setting that a file does not know yet has its default, and so
 * has one that cannot be used; one that only a newer lab knows is left out. A file with anything that cannot be used is kept
 * aside as it was.
 */
export class SettingsFile {
  /** What of the file could not be used, such as `theme` or `budgets.operations`; empty when all could. */
  readonly unusable: readonly string[]
  readonly #path: string
  #settings: Settings = DEFAULT_SETTINGS
  #window: WindowState | undefined

  constructor(path: string) {
    this.#path = path
    this.unusable = existsSync(path) ? this.#read() : []
    if (this.unusable.length > 0) copyFileSync(path, this.damagedPath)
  }

  get damagedPath(): string {
    return `${this.#path}.damaged`
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

  /** Answers what could not be used. */
  #read(): readonly string[] {
    const stored = fileSchema.safeParse(readJson(this.#path))
    if (!stored.success) return ['all of it']
    const { settings, window } = stored.data
    const place = windowStateSchema.optional().safeParse(window)
    if (place.success) this.#window = place.data
    const unusable = new Set(place.success ? [] : ['window'])
    this.#settings = usable(settings, unusable)
    return [...unusable]
  }

  /** Whole or not at all: a crash in the middle leaves the old file. */
  #write(): void {
    const unfinished = `${this.#path}.part`
    writeFileSync(unfinished, `${JSON.stringify({ settings: this.#settings, window: this.#window }, undefined, 2)}\n`)
    renameSync(unfinished, this.#path)
  }
}

type Stored = Readonly<Record<string, unknown>>
type Schemas = Readonly<Record<string, z.ZodType>>

/** The defaults with every stored value that can be used in its place; notes the others down. */
function usable(stored: Stored, unusable: Set<string>): Settings {
  const { budgets, keys, ...plain } = settingsSchema.shape
  const keySchemas = Object.fromEntries(COMMAND_IDS.map((id) => [id, keys.valueType]))
  return {
    ...DEFAULT_SETTINGS,
    ...usablePart(stored, plain, '', unusable),
    budgets: { ...DEFAULT_SETTINGS.budgets, ...usablePart(stored['budgets'], budgets.shape, 'budgets', unusable) },
    keys: usablePart(stored['keys'], keySchemas, 'keys', unusable),
  }
}

/** Those values of an object that their schemas accept. */
function usablePart(stored: unknown, schemas: Schemas, name: string, unusable: Set<string>): Stored {
  if (stored === undefined) return {}
  if (typeof stored !== 'object' || stored === null) {
    unusable.add(name)
    return {}
  }
  const known = Object.entries(stored).filter(([key]) => Object.hasOwn(schemas, key))
  const parsed = known.map(([key, value]) => [key, schemas[key]?.safeParse(value)] as const)
  for (const [key, answer] of parsed) if (answer?.success !== true) unusable.add(name === '' ? key : `${name}.${key}`)
  return Object.fromEntries(parsed.flatMap(([key, answer]) => (answer?.success === true ? [[key, answer.data]] : [])))
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown
  } catch {
    return undefined
  }
}
