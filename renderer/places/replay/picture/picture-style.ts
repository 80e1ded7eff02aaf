import { themedModelColor } from '../../../charts/theme.ts'

/** The colours of a picture, as values: a file knows no tokens. */
export interface PictureStyle {
  readonly colors: Readonly<Record<(typeof COLORS)[number], string>>
  readonly modelColor: (modelId: string) => string
}

const COLORS = [
  ...(['surface', 'sunken', 'text', 'text2', 'text3', 'line', 'line2', 'ink'] as const),
  ...(['live', 'dirty', 'hatch', 'free', 'freeline'] as const),
] as const

/** Fonts that every machine has something for. */
export const SANS = 'Inter, system-ui, sans-serif'
export const MONO = 'ui-monospace, DejaVu Sans Mono, monospace'

/** Those of the window as it is now. */
export function readPictureStyle(): PictureStyle {
  const root = document.documentElement
  const style = getComputedStyle(root)
  const dark = root.dataset['theme'] === 'dark'
  const colors = Object.fromEntries(COLORS.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]))
  return {
    colors: colors as PictureStyle['colors'],
    modelColor: (modelId) => themedModelColor(modelId, { dark }),
  }
}
