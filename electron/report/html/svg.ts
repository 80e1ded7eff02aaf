import { html, type Markup } from './markup.ts'

/** Width of every picture in user units; 1 unit is 1 CSS px at full width. */
export const PICTURE_WIDTH = 720

/** Room for a label of the pictures' type size: generous, because the reader's font is not known. */
export function labelWidth(text: string): number {
  return text.length * 6.6
}

/** A coordinate with one decimal, without a trailing `.0`. */
export function coordinate(value: number): string {
  return String(Math.round(value * 10) / 10)
}

/** A picture with a sentence as its name. `id` is unique within the document. */
export function picture(id: string, name: string, height: number, content: readonly Markup[]): Markup {
  return html`<svg viewBox="0 0 ${PICTURE_WIDTH} ${coordinate(height)}" role="img" aria-labelledby="${id}">
    <title id="${id}">${name}</title>
    ${content}
  </svg>`
}

export interface TextPlace {
  readonly x: number
  readonly y: number
  readonly anchor?: 'start' | 'middle' | 'end'
  readonly role?: string
}

export function label(text: string, { x, y, anchor = 'start', role = '' }: TextPlace): Markup {
  return html`<text x="${coordinate(x)}" y="${coordinate(y)}" text-anchor="${anchor}" class="${role}">${text}</text>`
}

export function line(x1: number, y1: number, x2: number, y2: number, role: string): Markup {
  return html`<path d="M${coordinate(x1)} ${coordinate(y1)}L${coordinate(x2)} ${coordinate(y2)}" class="${role}" />`
}

export function box(x: number, y: number, width: number, height: number, role: string): Markup {
  return html`<rect
    x="${coordinate(x)}"
    y="${coordinate(y)}"
    width="${coordinate(width)}"
    height="${coordinate(height)}"
    class="${role}"
  />`
}
