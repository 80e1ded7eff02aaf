import { z } from 'zod'
import type { SavedScenario } from '../../../../shared/saved-scenario.ts'
import { readStored, writeStored } from '../../../storage.ts'

/** A scenario of the user's own as the window holds it: the text of the editor, and what the journal has of it. */
export interface OwnScenario {
  /** Stands for it in the setup of the Bench, beside the ids of ready scenarios: `draft:3`, `saved:12`. */
  readonly ref: string
  readonly name: string
  readonly text: string
  /** Absent until it is saved for the first time. */
  readonly saved?: { readonly id: number; readonly source: string; readonly versions: number }
  /** The ready scenario that it began as; only until it is saved. */
  readonly copyOf?: string
}

/** True when the journal does not have the text as it is. */
export function isUnsaved({ saved, text }: OwnScenario): boolean {
  return saved?.source !== text
}

export function savedRef(id: number): string {
  return `saved:${id}`
}

/** Lines end with one character here, whatever a file has. */
export function plainLines(text: string): string {
  return text.replace(/\r\n?/g, '\n')
}

export function ownOf({ id, name, source, versions }: SavedScenario): OwnScenario {
  const text = plainLines(source)
  return { ref: savedRef(id), name, text, saved: { id, source: text, versions } }
}

/**
 * What the window holds once the journal has these: its names and versions, and the texts that are not saved. An unsaved text
 * whose scenario was deleted elsewhere stays, as one that was never saved.
 */
export function withSaved(known: readonly OwnScenario[], saved: readonly SavedScenario[]): readonly OwnScenario[] {
  const inJournal = saved.map((entry) => {
    const now = ownOf(entry)
    const before = known.find(({ ref }) => ref === now.ref)
    return before !== undefined && isUnsaved(before) ? { ...now, text: before.text } : now
  })
  const others = known.filter((own) => isUnsaved(own) && !inJournal.some(({ ref }) => ref === own.ref))
  return [
    ...others.map(({ ref, name, text, copyOf }) => ({ ref, name, text, ...(copyOf && { copyOf }) })),
    ...inJournal,
  ]
}

/** Where the texts are that the journal does not have. */
export const DRAFTS_KEY = 'scenario-drafts'

const storedSchema = z.object({
  version: z.literal(1),
  drafts: z.array(
    z.object({ ref: z.string(), name: z.string(), text: z.string(), copyOf: z.string().exactOptional() }),
  ),
})

/** Keeps every text that the journal does not have; answers false when there is no room for them. */
export function storeDrafts(scenarios: readonly OwnScenario[]): boolean {
  const drafts = scenarios
    .filter(isUnsaved)
    .map(({ ref, name, text, copyOf }) => ({ ref, name, text, ...(copyOf && { copyOf }) }))
  return writeStored(DRAFTS_KEY, { version: 1, drafts } satisfies z.infer<typeof storedSchema>)
}

export function readDrafts(): readonly OwnScenario[] {
  const stored = storedSchema.safeParse(readStored(DRAFTS_KEY))
  return stored.success ? stored.data.drafts : []
}

/** What the window holds once another one has stored these: their texts, and those of the journal that are as it has them. */
export function withDrafts(known: readonly OwnScenario[], drafts: readonly OwnScenario[]): readonly OwnScenario[] {
  const inJournal = known.filter(({ saved }) => saved !== undefined)
  const drafted = new Map(drafts.map((draft) => [draft.ref, draft]))
  return [
    ...drafts.filter(({ ref }) => !inJournal.some((own) => own.ref === ref)),
    ...inJournal.map((own) => ({ ...own, text: drafted.get(own.ref)?.text ?? own.saved?.source ?? own.text })),
  ]
}
