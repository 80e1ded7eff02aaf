/** A request that cannot be carried out as it is; the message says what, where, and what is accepted. */
export class LabError extends Error {
  override readonly name = 'LabError'
}
