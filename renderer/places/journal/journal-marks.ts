import { computed, ref, watch, type Ref, type ShallowRef } from 'vue'
import { formatQuantity } from '../../../shared/format.ts'
import { chosenValue } from '../../../shared/journal-query/index.ts'
import type { ExperimentMarks, ExperimentRecord, ExperimentSummary, MarksChange } from '../../../shared/journal.ts'
import { lab } from '../../lab.ts'
import { useJournalStore } from '../../stores/journal.ts'
import { useToastsStore } from '../../stores/toasts.ts'
import { useUndoStore } from '../../stores/undo.ts'
import type { FoundExperiments } from './found-experiments.ts'

interface View {
  readonly found: ShallowRef<FoundExperiments>
  readonly current: Ref<ExperimentRecord | undefined>
  readonly refusal: Ref<string | undefined>
}

/** Which experiments are selected for an action together, and the actions: stars, tags, archive and trash. */
export function useJournalMarks({ found, current, refusal }: View) {
  const journal = useJournalStore()
  const toasts = useToastsStore()
  const undo = useUndoStore()
  /** Where a selection by Shift begins. */
  const anchor = ref<number>()

  /** What actions are done to: the selected ones, or else the experiment that is shown. */
  const targets = computed((): readonly number[] => {
    if (journal.marked.size > 0) return [...journal.marked]
    return current.value === undefined ? [] : [current.value.id]
  })
  const inTrash = computed(() => chosenValue(found.value.query, 'trashed') === 'yes')

  // Nothing may be done to what is out of sight because another query was asked
  watch(found, ({ positions }) => {
    const kept = [...journal.marked].filter((id) => positions.has(id))
    if (kept.length < journal.marked.size) journal.marked = new Set(kept)
  })

  function toggle(experimentId: number): void {
    anchor.value = experimentId
    const next = new Set(journal.marked)
    if (!next.delete(experimentId)) next.add(experimentId)
    journal.marked = next
  }

  /** All from where the selection began to this one. */
  function extend(fromId: number, toId: number): void {
    const { positions, matches } = found.value
    if (journal.marked.size === 0 || anchor.value === undefined || !positions.has(anchor.value)) anchor.value = fromId
    const [from, to] = [positions.get(anchor.value), positions.get(toId)]
    if (from === undefined || to === undefined) return
    journal.marked = new Set(matches.experimentIds.slice(Math.min(from, to), Math.max(from, to) + 1))
  }

  function all(): void {
    journal.marked = new Set(found.value.matches.experimentIds)
  }

  function clear(): void {
    journal.marked = new Set()
  }

  /** True when all that is known of the targets is so. */
  function everyTarget(meets: (experiment: ExperimentSummary) => boolean): boolean {
    return targets.value.every((id) => {
      const experiment = found.value.summaries.get(id) ?? (current.value?.id === id ? current.value : undefined)
      return experiment !== undefined && meets(experiment)
    })
  }

  async function change(ids: readonly number[], wanted: MarksChange, done: string): Promise<void> {
    const answer = await lab().changeMarks(ids, wanted)
    if (answer.kind === 'refused') refusal.value = answer.reason
    if (answer.kind !== 'done') return
    refusal.value = undefined
    const before = answer.value
    undo.offer(`${formatQuantity(before.length, 'experiment')} ${done}.`, () => takeBack(before))
  }

  async function takeBack(before: readonly ExperimentMarks[]): Promise<void> {
    const answer = await lab().restoreMarks(before)
    if (answer.kind === 'refused') throw new Error(answer.reason)
  }

  /** Stars all targets, or takes the stars away when all have one. */
  function star(): void {
    const starred = !everyTarget((experiment) => experiment.starred)
    void change(targets.value, { starred }, starred ? 'starred' : 'no longer starred')
  }

  function archive(): void {
    const archived = !everyTarget((experiment) => experiment.archivedAtMs !== undefined)
    void change(targets.value, { archived }, archived ? 'archived' : 'taken out of the archive')
  }

  function trash(): void {
    void change(targets.value, { trashed: true }, 'moved to the trash')
  }

  function restore(): void {
    void change(targets.value, { trashed: false }, 'taken out of the trash')
  }

  function addTag(tag: string): void {
    void change(targets.value, { addTag: tag }, `tagged ${tag}`)
  }

  function removeTag(tag: string): void {
    void change(targets.value, { removeTag: tag }, `no longer tagged ${tag}`)
  }

  async function emptyTrash(): Promise<void> {
    const answer = await lab().emptyTrash()
    if (answer.kind === 'refused') refusal.value = answer.reason
    if (answer.kind === 'done') toasts.show(`${formatQuantity(answer.value, 'experiment')} deleted for ever.`)
  }

  const actions = { star, archive, trash, restore, addTag, removeTag, emptyTrash }
  return { targets, inTrash, toggle, extend, all, clear, everyTarget, ...actions }
}
