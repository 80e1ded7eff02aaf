/** Text that was typed or read, for a line of the terminal: nothing in it acts on the terminal or breaks the line. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, '\u{fffd}')
}
