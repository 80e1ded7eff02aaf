import { firstSchema } from './0001-first-schema.ts'

/** One step of the schema: brings a file of `version - 1` to `version`. Never changed once released. */
export interface Migration {
  readonly version: number
  readonly sql: string
}

/** Every schema step there has been, in order, numbered from 1 without gaps. */
export const MIGRATIONS: readonly Migration[] = [firstSchema]
