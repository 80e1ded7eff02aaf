/** What the window itself keeps between two starts. What is read may be missing, damaged or of another version: check it. */
export function readStored(key: string): unknown {
  const text = localStorage.getItem(key)
  try {
    return text === null ? undefined : (JSON.parse(text) as unknown)
  } catch {
    return undefined
  }
}

/** Answers false when there is no room for it; what was stored under the key before is then still there. */
export function writeStored(key: string, value: unknown): boolean {
  try {
    localStorage.setItem(key, JSON.stringify(value))
    return true
  } catch (error) {
    if (error instanceof DOMException && error.name === 'QuotaExceededError') return false
    throw error
  }
}
