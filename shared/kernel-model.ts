/** One set of allocator behaviours. Each field is a separate switch, so that a release reads like a table row. */
export interface KernelModel {
  /** As typed and stored: `v4.0`, `v4.0+1`, … */
  readonly id: string
  /** Other accepted names, such as the golden files' tags. */
  readonly aliases: readonly string[]
  /** One or two sentences: what changed, which commit, what a user will notice. */
  readonly description: string
  /** Which end of the CPU's free list a new vmap block enters. */
  readonly newBlockAt: 'head' | 'tail'
  /** After a new block is made: walk the free list again, or take the slots from it at once. */
  readonly afterNewBlock: 'search-again' | 'occupy'
  /** How a block remembers its dirty slots: a bitmap marked one machine word at a time, or a minimum and a maximum. */
  readonly dirtyTracking: 'bitmap' | 'min-max'
}
