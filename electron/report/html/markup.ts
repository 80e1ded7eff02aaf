/** Text that is HTML already. Made by `html` only, so that a person's words cannot become markup by being forgotten. */
export class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

type Content = Markup | string | number | undefined | readonly Content[]

/** Escapes every value put into it unless that is markup itself. Safe in text and in quoted attributes. */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return new Markup(parts.map((part, index) => (index === 0 ? part : rendered(values[index - 1]) + part)).join(''))
}

/** Several pieces as one. */
export function joined(pieces: readonly Markup[], separator = ''): Markup {
  return new Markup(pieces.map(({ text }) => text).join(separator))
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => ENTITIES[character] ?? '')
}

function rendered(value: Content): string {
  if (value === undefined) return ''
  if (value instanceof Markup) return value.text
  if (typeof value === 'string') return escapeHtml(value)
  if (typeof value === 'number') return String(value)
  return value.map(rendered).join('')
}
