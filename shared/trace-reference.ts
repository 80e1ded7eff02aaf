/** A trace file as a run knows it: where it was, and what it was. */
export interface TraceReference {
  /** Absolute. */
  readonly path: string
  /** Size of the file, compressed if it is. */
  readonly bytes: number
  /** Of the file's bytes, as 64 hexadecimal digits. */
  readonly sha256: string
}

/** The text that stands for a trace where a program has its C text. */
export function formatTraceReference({ path, bytes, sha256 }: TraceReference): string {
  return `${JSON.stringify({ trace: path, bytes, sha256 }, undefined, 2)}\n`
}

/** `undefined` when the text stands for no trace. */
export function parseTraceReference(text: string): TraceReference | undefined {
  const { trace, bytes, sha256 } = fieldsOf(text)
  const isHash = typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256)
  return typeof trace === 'string' && typeof bytes === 'number' && isHash ? { path: trace, bytes, sha256 } : undefined
}

function fieldsOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
