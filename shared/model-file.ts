import { type ChoiceName, type CustomModel, type PolicyChoices } from './policy.ts'

/** What a choice is called in model files and other data, and as an option of the command line. */
export const CHOICE_NAMES = {
  newBlockAt: { field: 'new_block_at', option: 'new-block' },
  afterNewBlock: { field: 'after_new_block', option: 'after-new-block' },
  search: { field: 'search', option: 'search' },
  purgeThreshold: { field: 'purge_threshold', option: 'purge-threshold' },
  lazyFactor: { field: 'lazy_factor', option: 'lazy-factor' },
  nodePools: { field: 'node_pools', option: 'node-pools' },
} as const satisfies Readonly<Record<ChoiceName, { readonly field: string; readonly option: string }>>

/** The choices that are made, each with its value, in a fixed order. */
export function choiceEntries(choices: PolicyChoices): (readonly [ChoiceName, string | number])[] {
  return (Object.keys(CHOICE_NAMES) as ChoiceName[]).flatMap((choice) => {
    const value = choices[choice]
    return value === undefined ? [] : [[choice, value] as const]
  })
}

/** A custom model as data: `{ "name", "base" }` and a field for each choice. */
export function modelAsData({ name, base, choices }: CustomModel): object {
  const fields = choiceEntries(choices).map(([choice, value]) => [CHOICE_NAMES[choice].field, value] as const)
  return { name, base, ...Object.fromEntries<string | number>(fields) }
}

/** A custom model as a file, which `parseModelFile` reads. */
export function formatModelFile(custom: CustomModel): string {
  return `${JSON.stringify(modelAsData(custom), undefined, 2)}\n`
}
