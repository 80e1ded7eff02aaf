/** Part of a picture, drawn from y = 0 down. */
export interface Drawn {
  readonly height: number
  readonly elements: readonly string[]
}
