/** What the thread that decompresses and the one that reads share: a header of two words, then the bytes. */

/** Words of the header. */
export const WORD = { state: 0, length: 1 } as const
/** empty: the thread may write; full: `length` bytes wait; ended: that was all; failed: the bytes are the reason, as UTF-8. */
export const STATE = { empty: 0, full: 1, ended: 2, failed: 3 } as const

export const HEADER_BYTES = 8
export const PIECE_BYTES = 262_144

/** Given to the thread when it starts. */
export interface GunzipOrder {
  readonly path: string
  readonly memory: SharedArrayBuffer
}
