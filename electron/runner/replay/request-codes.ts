/**
 * How requests are kept: a byte each where that is possible, and one for a map and its unmap at once. An unmap names its
 * mapping by the number of operations since the one that made it, so the same requests have the same bytes whatever addresses
 * an allocator gives.
 *
 * | byte | requests |
 * |---|---|
 * | 0 to 63 | vm_map_ram of byte + 1 pages, and then its vm_unmap_ram |
 * | 64 to 127 | vm_map_ram of byte - 63 pages |
 * | 128 to 239 | vm_unmap_ram of what was mapped byte - 127 operations before |
 * | 240 to 245 | as in `CODE`, all but `aliases` with a number behind it, 7 bits a byte (LEB128) |
 */
export const PAGES_IN_CODE_MAX = 64
export const DISTANCE_IN_CODE_MAX = 112

export const CODE = {
  pair: 0,
  map: PAGES_IN_CODE_MAX,
  unmap: 2 * PAGES_IN_CODE_MAX,
  unmapFar: 240,
  mapOther: 241,
  vmap: 242,
  vunmap: 243,
  aliases: 244,
  cpu: 245,
} as const

/** Operations of one chunk of a log. Any of them is found by reading its chunk from the beginning. */
export const CHUNK_OPERATIONS = 65_536
