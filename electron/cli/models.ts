import type { KernelModel } from '../../shared/kernel-model.ts'
import { choiceOf, modelOf } from '../../shared/model-choice.ts'
import { customModelProblem, type CustomModel } from '../../shared/policy.ts'
import { KERNEL_MODELS } from '../allocator/models.ts'
import { formatModelFile, modelAsData } from '../exchange/model-file.ts'
import {
  checkedModel,
  chooseRelease,
  findSaved,
  modelNames,
  readModelFile,
  type ModelArguments,
} from './choose-model.ts'
import { EXIT, readArguments, UsageError, type Command, type ExitCode, type Terminal } from './command.ts'
import { JOURNAL_HELP, JOURNAL_OPTION, savedModels, withLab } from './experiment.ts'
import { nearNames } from './near-names.ts'
import { firstPolicyOption, POLICY_HELP, POLICY_OPTIONS, readChoices } from './policy-options.ts'

const ACTIONS = ['save', 'import', 'export', 'delete'] as const

export const models: Command = {
  name: 'models',
  synopsis:
    '[--save NAME --base RELEASE CHOICE… | --import FILE | --export NAME | --delete NAME] [--json] [--journal FILE]',
  summary: "Lists the kernel models; saves, exports and deletes models of one's own.",
  help: `Without an action: the releases, and then the saved models, which are experimental: a release with choices.

  --save NAME           saves a model under a name, over one that has it: a release and at least one choice
  --base RELEASE        the release that it changes
${POLICY_HELP}  --import FILE         saves the model of a model file under its own name
  --export NAME         prints a saved model as a model file, which --import and --model of "lab run" read
  --delete NAME         deletes a saved model; runs that were made under it stay
  --json                data instead of text
${JOURNAL_HELP}`,
  async run(args, terminal) {
    const { values } = readArguments(
      args,
      {
        save: { type: 'string' },
        base: { type: 'string' },
        ...POLICY_OPTIONS,
        import: { type: 'string' },
        export: { type: 'string' },
        delete: { type: 'string' },
        json: { type: 'boolean', default: false },
        ...JOURNAL_OPTION,
      },
      { min: 0, max: 0, names: 'no argument' },
    )
    const actions = ACTIONS.filter((action) => values[action] !== undefined)
    if (actions.length > 1) throw new UsageError(`--${actions.join(' and --')} cannot be used together`)
    const extra = values.base === undefined ? firstPolicyOption(values) : 'base'
    if (extra !== undefined && values.save === undefined) throw new UsageError(`--${extra} goes with --save NAME`)
    const { journal, json } = values
    if (values.save !== undefined) return save(modelToSave(values.save, values), journal, json, terminal)
    if (values.import !== undefined) return save(readModelFile('--import', values.import), journal, json, terminal)
    if (values.export !== undefined) return exportModel(values.export, journal, terminal)
    if (values.delete !== undefined) return deleteModel(values.delete, journal, terminal)
    return list(await savedModels(journal, true), json, terminal)
  },
}

function modelToSave(name: string, values: ModelArguments & { readonly base?: string | undefined }): CustomModel {
  if (values.base === undefined) throw new UsageError('--base is missing: the release that the model changes')
  const { id } = chooseRelease('--base', values.base)
  return checkedModel({ name, base: id, choices: readChoices(values) })
}

function save(custom: CustomModel, journal: string | undefined, json: boolean, terminal: Terminal): Promise<ExitCode> {
  return withLab({ journal }, (lab) => {
    const before = findSaved(custom.name, lab.customModels())
    const saved = lab.saveModel(custom)
    terminal.out(json ? `${JSON.stringify(customAsData(saved))}\n` : customAsText(saved))
    terminal.err(`Journal: ${lab.journal.path}${before === undefined ? '' : `, saved over ${before.name}`}\n`)
    return EXIT.done
  })
}

async function exportModel(name: string, journal: string | undefined, terminal: Terminal): Promise<ExitCode> {
  terminal.out(formatModelFile(chooseSaved('--export', name, await savedModels(journal, true))))
  return EXIT.done
}

async function deleteModel(name: string, journal: string | undefined, terminal: Terminal): Promise<ExitCode> {
  const found = chooseSaved('--delete', name, await savedModels(journal, true))
  return withLab({ journal }, (lab) => {
    lab.deleteModel(found.name)
    terminal.err(`Deleted ${found.name} from ${lab.journal.path}\n`)
    return EXIT.done
  })
}

/** @throws {UsageError} naming near names, or all. */
function chooseSaved(option: string, name: string, saved: readonly CustomModel[]): CustomModel {
  const found = findSaved(name, saved)
  if (found !== undefined) return found
  const names = saved.map((custom) => custom.name)
  const near = nearNames(name, names)
  const known = near.length > 0 ? `near it are: ${near.join(', ')}` : `saved are: ${names.join(', ') || 'none'}`
  throw new UsageError(`${option} "${name}" is no saved model; ${known}`)
}

function list(saved: readonly CustomModel[], json: boolean, terminal: Terminal): ExitCode {
  if (json) {
    terminal.out(`${JSON.stringify([...KERNEL_MODELS.map(modelSwitches), ...saved.map(customAsData)])}\n`)
  } else {
    const releases = KERNEL_MODELS.map((model) => `${modelNames(model)}: ${model.description}\n`)
    terminal.out([...releases, ...saved.map(customAsText)].join('\n'))
  }
  return EXIT.done
}

function customAsText(custom: CustomModel): string {
  const problem = customModelProblem(custom, KERNEL_MODELS)
  if (problem !== undefined) return `${custom.name}: Experimental, and cannot be used: ${problem}.\n`
  return `${custom.name}: ${modelOf(choiceOf(custom), KERNEL_MODELS).description}\n`
}

function customAsData(custom: CustomModel): object {
  const problem = customModelProblem(custom, KERNEL_MODELS)
  const model_file = modelAsData(custom)
  if (problem !== undefined) return { id: custom.name, experimental: true, base: custom.base, problem, model_file }
  return { ...modelSwitches(modelOf(choiceOf(custom), KERNEL_MODELS)), model_file }
}

function modelSwitches(model: KernelModel): object {
  return {
    id: model.id,
    aliases: model.aliases,
    experimental: model.base !== undefined,
    ...(model.base !== undefined && { base: model.base }),
    description: model.description,
    new_block_at: model.newBlockAt,
    after_new_block: model.afterNewBlock,
    slot_placement: model.slotPlacement,
    dirty_tracking: model.dirtyTracking,
    search: model.search,
    address_space: model.addressSpace,
    node_pools: model.nodePools,
    drain_order: model.drainOrder,
    lazy_drain: model.lazyDrain,
    lazy_factor: model.lazyFactor,
    fragment_purge: model.fragmentPurge,
    aliases_visit: model.aliasesVisit,
    purge_threshold: model.purgeThreshold,
    zero_pages: model.zeroPages,
  }
}
