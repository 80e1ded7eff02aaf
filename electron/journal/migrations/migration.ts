/** One step of the schema: brings a file of `version - 1` to `version`. Never changed once released. */
export interface Migration {
  readonly version: number
  readonly sql: string
}
