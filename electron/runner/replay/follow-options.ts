/** What is asked and told while operations of a replay are made again. */
export interface FollowOptions {
  /** Asked every few thousand operations; true ends the work. */
  readonly cancelled: () => boolean
  /** Told as often: how many of the operations that may have to be looked at were. */
  readonly onProgress: (operationsDone: number, operationsTotal: number) => void
}
