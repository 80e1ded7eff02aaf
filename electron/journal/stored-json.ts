import { z } from 'zod'
import type { Machine } from '../../shared/machine.ts'
import { isPolicyChoices, type CustomModel, type PolicyChoices } from '../../shared/policy.ts'
import { FREE_LIST_BLOCKS_MAX, type ListedBlock } from '../../shared/run.ts'
import type { ParameterValues } from '../../shared/scenario.ts'
import type { SweepDefinition } from '../../shared/sweep.ts'
import { JournalError } from './journal-error.ts'

/** `program` as its title alone. */
type StoredSweep = Omit<SweepDefinition, 'program'> & { readonly programTitle?: string }

const count = z.number().int().nonnegative()

// Loose: a field that a later version adds on the same schema is kept
const machine = z.looseObject({
  wordBits: z.union([z.literal(32), z.literal(64)]),
  nrCpus: count,
  vmallocStartPage: count,
  vmallocPages: count,
  bbmapBits: count,
}) satisfies z.ZodType<Machine>

const savedMachine = z.looseObject({ description: z.string(), machine })

const parameters = z.record(z.string(), z.number()) satisfies z.ZodType<ParameterValues>

/** By the counter's name. */
const counts = z.record(z.string(), count)

const listedBlocks = z
  .array(z.tuple([count, count, count]).readonly())
  .max(FREE_LIST_BLOCKS_MAX)
  .readonly() satisfies z.ZodType<readonly ListedBlock[]>

const byOrder = z.array(count).max(64).readonly() satisfies z.ZodType<readonly number[]>

/** What a later version lets a policy choose is kept too; whether this version can do it is asked when it is to be run. */
const policyChoices = z.custom<PolicyChoices>(isPolicyChoices, 'these are no choices of a policy')
const policy = z.looseObject({ base: z.string(), choices: policyChoices })
const customModel = policy.extend({ name: z.string() }) satisfies z.ZodType<CustomModel>

/** A sweep without its program's text, which is stored on its own. */
const sweep = z.looseObject({
  title: z.string(),
  question: z.string(),
  scenarioId: z.string(),
  programTitle: z.string().exactOptional(),
  parameters,
  axes: z.array(z.object({ name: z.string(), values: z.array(z.number()).readonly() }).readonly()).readonly(),
  machines: z.array(z.object({ machineId: z.string(), machine }).readonly()).readonly(),
  models: z.array(z.object({ modelId: z.string(), custom: customModel.exactOptional() }).readonly()).readonly(),
  seeds: z.object({ first: count, count }).readonly(),
  usesSeed: z.boolean(),
}) satisfies z.ZodType<StoredSweep>

/** What is stored as JSON: one schema for writing and reading. */
export const STORED = {
  ...{ machine, savedMachine, parameters, counts, listedBlocks },
  ...{ byOrder, customModel, policy, sweep },
} as const

/** JSON of `value`. Throws a TypeError when it has not the shape of `schema`: that is a defect of the caller. */
export function encodeJson(schema: z.ZodType, value: unknown, name: string): string {
  const checked = schema.safeParse(value)
  if (!checked.success) throw new TypeError(`The ${name} cannot be stored: ${summary(checked.error)}`)
  return JSON.stringify(checked.data)
}

/** Reads stored JSON. `where` says what it belongs to, such as "the machine of run 12 in the journal /home/...". */
export function decodeJson<Value>(schema: z.ZodType<Value>, text: string, where: string): Value {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw damaged(where, cause instanceof Error ? cause.message : String(cause), cause)
  }
  const checked = schema.safeParse(value)
  if (!checked.success) throw damaged(where, summary(checked.error), checked.error)
  return checked.data
}

/** The error for stored data that cannot be what the lab wrote. */
export function damaged(where: string, reason: string, cause: unknown): JournalError {
  return new JournalError(
    `Stored data cannot be read: ${where} (${reason}). Something other than the lab changed it. Restore the journal from a ` +
      `backup, or continue with another journal.`,
    { cause },
  )
}

function summary(error: z.ZodError): string {
  return error.issues.map((issue) => [issue.path.join('.'), issue.message].filter(Boolean).join(': ')).join('; ')
}
