/** What a replay was asked for and cannot show; the message is for people. */
export class ReplayRefusedError extends Error {
  override readonly name = 'ReplayRefusedError'
}
