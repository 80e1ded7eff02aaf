/** Bytes of a file, a stream or a text, from the first to the last. */
export interface ByteSource {
  /**
   * Puts at least 1 byte into `target` from `offset` on, which is inside it, and answers how many; 0 at the end.
   * @throws {ReadError}
   */
  read(target: Uint8Array, offset: number): number
  /** Gives back what reading holds; to be called once, at the end or before it. */
  close(): void
}

/** Bytes that cannot be read; the message is the reason, for whoever knows the name of what is read. */
export class ReadError extends Error {
  override readonly name = 'ReadError'
}

export function bytesOf(text: string): ByteSource {
  const bytes = new TextEncoder().encode(text)
  let position = 0
  return {
    read(target, offset) {
      const part = bytes.subarray(position, position + target.length - offset)
      target.set(part, offset)
      position += part.length
      return part.length
    },
    close: () => undefined,
  }
}
