/** A range of more is a slip. */
const RANGE_MAX = 1000

/** Run numbers as they are typed, `12, 15-20`, or what is wrong with them, as a sentence. */
export function readRunNumbers(text: string): { readonly ids: readonly number[] } | { readonly problem: string } {
  const parts = text
    .split(/[\s,;]+/)
    .map((part) => part.replace(/^#/, ''))
    .filter((part) => part !== '')
  const ids: number[] = []
  for (const part of parts) {
    const match = /^(\d{1,10})(?:[-–](\d{1,10}))?$/.exec(part)
    if (match === null) return { problem: `"${part}" is no run number. Enter numbers and ranges, as 12, 15-20.` }
    const first = Number(match[1])
    const last = Number(match[2] ?? match[1])
    if (last < first) return { problem: `${part} ends before it begins.` }
    if (last - first >= RANGE_MAX) return { problem: `${part} holds more than ${RANGE_MAX} runs.` }
    for (let id = first; id <= last; id += 1) ids.push(id)
  }
  return { ids: [...new Set(ids)] }
}
