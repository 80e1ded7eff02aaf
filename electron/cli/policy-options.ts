import { CHOICE_NAMES } from '../../shared/model-file.ts'
import { CHOICE_RANGES, CHOICE_VALUES, type ChoiceName, type PolicyChoices } from '../../shared/policy.ts'
import { UsageError } from './command.ts'

const text = { type: 'string' } as const

/** One option for each choice of a policy. */
export const POLICY_OPTIONS = {
  'new-block': text,
  'after-new-block': text,
  search: text,
  'purge-threshold': text,
  'lazy-factor': text,
  'node-pools': text,
} as const satisfies Readonly<Record<(typeof CHOICE_NAMES)[ChoiceName]['option'], typeof text>>

export type PolicyValues = { readonly [Option in keyof typeof POLICY_OPTIONS]?: string | undefined }

export const POLICY_HELP = `  --new-block ${CHOICE_VALUES.newBlockAt.join('|')}
  --after-new-block ${CHOICE_VALUES.afterNewBlock.join('|')}
  --search ${CHOICE_VALUES.search.join('|')}
  --purge-threshold N   vm_unmap_aliases purges fragments with less than this share of their slots free, 0 to 1
  --lazy-factor N       the lazy limit times N, ${CHOICE_RANGES.lazyFactor.join(' to ')}
  --node-pools on|off
`

/** The choices that were given. @throws {UsageError} naming the option, its value and what is accepted. */
export function readChoices(values: PolicyValues): PolicyChoices {
  const choices = (Object.keys(CHOICE_NAMES) as ChoiceName[]).flatMap((choice) => {
    const { option } = CHOICE_NAMES[choice]
    const given = values[option]
    return given === undefined ? [] : [[choice, readChoice(choice, option, given)]]
  })
  return Object.fromEntries(choices) as PolicyChoices
}

function readChoice(choice: ChoiceName, option: string, given: string): string | number {
  if (choice === 'purgeThreshold' || choice === 'lazyFactor') {
    const [min, max] = CHOICE_RANGES[choice]
    const number = Number(given)
    if (given.trim() !== '' && number >= min && number <= max) return number
    throw new UsageError(`--${option} is "${given}"; accepted are numbers from ${min} to ${max}`)
  }
  const accepted: readonly string[] = CHOICE_VALUES[choice]
  if (accepted.includes(given)) return given
  throw new UsageError(`--${option} is "${given}"; accepted are ${accepted.join(', ')}`)
}

/** The given options as a person typed them, `undefined` when there is none. */
export function firstPolicyOption(values: PolicyValues): string | undefined {
  return Object.values(CHOICE_NAMES).find(({ option }) => values[option] !== undefined)?.option
}
