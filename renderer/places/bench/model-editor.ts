import { computed, ref, shallowRef } from 'vue'
import type { CustomModel } from '../../../shared/policy.ts'
import { formatModelFile } from '../../../shared/model-file.ts'
import { lab } from '../../lab.ts'
import { useAppStore } from '../../stores/app.ts'
import { useBenchStore } from '../../stores/bench.ts'
import { useToastsStore } from '../../stores/toasts.ts'
import { benchModels, releasesOf, withModel, withoutModel, withSavedModel } from './bench-models.ts'
import type { ModelForm } from './model-form.ts'

/** The release that a new model changes at first: the one with the flaw that the lab began with. */
const FIRST_BASE = 'v4.0'

interface Edited {
  readonly form: ModelForm
  readonly savedName: string | undefined
}

/** The dialog for models of one's own: what it shows, and what its buttons do. */
export function useModelEditor() {
  const app = useAppStore()
  const bench = useBenchStore()
  const toasts = useToastsStore()

  const edited = shallowRef<Edited>()
  const refusal = ref<string>()
  const releases = computed(() => releasesOf(app.catalog))

  /** Opens the dialog; for a model that is not saved under its name as a new one. */
  function open(modelId?: string): void {
    refusal.value = undefined
    const found = benchModels(bench.setup, app.catalog).find(({ choice }) => choice.modelId === modelId)
    const form = found?.choice.custom ?? { name: '', base: FIRST_BASE, choices: {} }
    edited.value = { form, savedName: found?.origin === 'saved' ? form.name : undefined }
  }

  function close(): void {
    edited.value = undefined
  }

  /** Answers whether it was saved. */
  async function store(model: CustomModel, formerName?: string): Promise<boolean> {
    const request = formerName === undefined ? { model } : { model, formerName }
    const outcome = await lab().saveModel(request)
    if (outcome.kind !== 'done') {
      refusal.value = outcome.kind === 'refused' ? outcome.reason : 'Nothing was saved.'
      return false
    }
    await app.readCatalog()
    bench.setup = withSavedModel(bench.setup, outcome.value, formerName)
    return true
  }

  async function save(model: CustomModel, formerName: string | undefined): Promise<void> {
    if (!(await store(model, formerName))) return
    close()
    toasts.show(`Saved ${model.name}`)
  }

  async function remove(name: string): Promise<void> {
    const wasTicked = bench.setup.modelIds.includes(name)
    const removed = app.catalog.customModels.find((custom) => custom.name === name)
    await lab().deleteModel(name)
    await app.readCatalog()
    bench.setup = withoutModel(bench.setup, name)
    close()
    const undo = async (): Promise<void> => {
      if (removed === undefined || !(await store(removed))) return
      if (!wasTicked) bench.setup = withModel(bench.setup, app.catalog, name, false)
    }
    toasts.show(`Deleted ${name}`, { label: 'Undo', run: () => void undo() })
  }

  async function copy(model: CustomModel): Promise<void> {
    await lab().copyText(formatModelFile(model))
    toasts.show('Copied as a model file')
  }

  return { edited, refusal, releases, open, close, save, remove, copy }
}
