/** Names that people give to what they save. */
export const NAME_LENGTH_MAX = 40

/** A letter first; then letters, digits, what is in use in release names, and single spaces between them. */
const NAME = /^[A-Za-z](?: ?[A-Za-z0-9._+-])*$/

/** Why nothing can have this name, as one clause. Names can be typed in a shell and are file names on every system. */
export function nameProblem(name: string): string | undefined {
  if (NAME.test(name) && name.length <= NAME_LENGTH_MAX) return undefined
  return `the name "${name}" is not a letter and then at most ${NAME_LENGTH_MAX - 1} letters, digits, single spaces or . _ + -`
}

/** True when both are one name: saved names are taken whatever their case. */
export function sameName(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase()
}

/** `name`, or, when that is taken, with the first number from 2 on that makes it free; never longer than a name may be. */
export function freeName(name: string, taken: readonly string[], lengthMax: number): string {
  for (let number = 1; ; number += 1) {
    const suffix = number === 1 ? '' : ` ${number}`
    const candidate = name.slice(0, lengthMax - suffix.length).trimEnd() + suffix
    if (!taken.some((other) => sameName(other, candidate))) return candidate
  }
}
