import { computed, ref, shallowRef } from 'vue'
import type { Outcome } from '../../../../shared/contract.ts'
import type { ScenarioVersion } from '../../../../shared/saved-scenario.ts'
import { useDeskStore } from '../../../stores/desk.ts'
import { useOwnScenariosStore } from '../../../stores/own-scenarios.ts'
import { useToastsStore } from '../../../stores/toasts.ts'
import type { CodeEditing } from './code/code-editing.ts'
import { plainLines } from './own-scenario.ts'

export type ScenarioDialog = 'choose' | 'rename' | 'delete' | 'versions'

/** A scenario to choose. */
export interface ScenarioChoice {
  readonly ref: string
  readonly title: string
  readonly note: string
}

const NEW_TEXT = `static int iters = 1000; /* 1..1000000: iterations */

void scenario(void)
{
	int i;

	for (i = 0; i < iters; i++) {
		void *p = vm_map_ram(pages, 16, NUMA_NO_NODE, PAGE_KERNEL);

		vm_unmap_ram(p, 16);
	}
}
`

/** What can be done with the scenarios of the Bench, from menu, shortcut or palette. */
export function useScenarioActions(editor: () => CodeEditing | undefined) {
  const desk = useDeskStore()
  const own = useOwnScenariosStore()
  const toasts = useToastsStore()

  const dialog = ref<ScenarioDialog>()
  /** Why the last action was not carried out. */
  const refusal = ref<string>()
  const versions = shallowRef<readonly ScenarioVersion[]>([])
  const open = computed(() => desk.open)
  const isOwn = computed(() => open.value?.kind === 'own')
  /** It has a text in C, not a trace. */
  const isText = computed(() => open.value !== undefined && open.value.trace === undefined)
  const importing = ref(false)

  function showDialog(name: ScenarioDialog | undefined): void {
    dialog.value = name
  }

  /** The value of what was done; a refusal is shown until the next action. */
  function done<Value>(outcome: Outcome<Value>): Value | undefined {
    refusal.value = outcome.kind === 'refused' ? outcome.reason : undefined
    return outcome.kind === 'done' ? outcome.value : undefined
  }

  /** A scenario that was not here before is what one works on now: the others can be brought back. */
  function showAlone(ref: string): void {
    const others = desk.chosen.map(({ title }) => title)
    const undo = desk.showAlone(ref)
    if (others.length > 0) toasts.show(`Out of the experiment: ${others.join(', ')}`, { label: 'Undo', run: undo })
  }

  function create(): void {
    dialog.value = undefined
    showAlone(own.create('Untitled', NEW_TEXT))
    // What is pasted now replaces the example
    setTimeout(() => editor()?.selectAll())
  }

  /** Saves the open scenario; answers what it is called from then on. */
  async function save(): Promise<string | undefined> {
    const { ref: before = '', title = '' } = open.value ?? {}
    const saved = done(await own.save(before))
    if (saved === undefined) return undefined
    desk.refer(before, saved)
    toasts.show(`Saved ${title} as version ${desk.scenarioOf(saved)?.versions ?? 1}`)
    return saved
  }

  async function duplicate(): Promise<void> {
    if (open.value === undefined) return
    const { kind, ref: before, title, text } = open.value
    const copy = kind === 'own' ? done(await own.duplicate(before)) : own.create(`${title} (copy)`, text)
    if (copy === undefined) return
    desk.show(copy)
    toasts.show(`${desk.scenarioOf(copy)?.title ?? ''} is open beside ${title}`)
  }

  async function rename(name: string): Promise<void> {
    if (open.value !== undefined) done(await own.rename(open.value.ref, name))
  }

  async function remove(): Promise<void> {
    if (open.value === undefined) return
    const { ref: gone, title } = open.value
    await own.remove(gone)
    desk.editors.forget(gone)
    desk.dismiss(gone)
    toasts.show(`Deleted ${title}`)
  }

  async function showVersions(): Promise<void> {
    if (open.value === undefined) return
    versions.value = (await own.versions(open.value.ref)).map((version) => ({
      ...version,
      source: plainLines(version.source),
    }))
    dialog.value = 'versions'
  }

  function restore({ version, source }: ScenarioVersion): void {
    editor()?.replaceText(source)
    toasts.show(`The text is that of version ${version}, not saved yet`)
  }

  async function importFile(): Promise<void> {
    dialog.value = undefined
    importing.value = true
    const imported = done(
      await own.importFile().finally(() => {
        importing.value = false
      }),
    )
    if (imported !== undefined) showAlone(imported)
  }

  async function exportFile(): Promise<void> {
    if (open.value === undefined) return
    const { ref: before, unsaved } = open.value
    // A file is made of what the journal has
    const saved = unsaved ? await save() : before
    const path = saved === undefined ? undefined : done(await own.exportFile(saved))
    if (path !== undefined) toasts.show(`Written to ${path}`)
  }

  return {
    open,
    isOwn,
    isText,
    importing,
    dialog,
    showDialog,
    refusal,
    versions,
    create,
    save,
    duplicate,
    rename,
    remove,
    showVersions,
    restore,
    importFile,
    exportFile,
  }
}

export type ScenarioActions = ReturnType<typeof useScenarioActions>
