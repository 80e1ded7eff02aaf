/** Text for an SVG file. Everything that is not written here passes through `escaped`. */
type Attributes = Readonly<Record<string, string | number | undefined>>

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function escaped(text: string): string {
  // Control characters are not allowed in XML, whatever they stand for
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, ' ')
    .replace(/[&<>"]/g, (one) => ENTITIES[one] ?? one)
}

/** A number as short as it can be drawn: hundredths of a pixel. */
function shortNumber(value: number): string {
  return String(Math.round(value * 100) / 100)
}

function written(attributes: Attributes): string {
  return Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${typeof value === 'number' ? shortNumber(value) : escaped(value ?? '')}"`)
    .join('')
}

/** An element with elements in it, or none. */
export function element(name: string, attributes: Attributes, inside: readonly string[] = []): string {
  return inside.length === 0
    ? `<${name}${written(attributes)}/>`
    : `<${name}${written(attributes)}>${inside.join('')}</${name}>`
}

export function textElement(text: string, attributes: Attributes): string {
  return `<text${written(attributes)}>${escaped(text)}</text>`
}

/** A text in lines of at most so many characters, broken between words. */
export function wrapped(text: string, columns: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return line === '' ? lines : [...lines, line]
}
