/**
 * The colour-blind-safe set for kernel models; a model keeps its colour in every chart, table and report. Smallest OKLab
 * distance of any pair: 0.10 in normal sight, 0.07 under full protanopia, deuteranopia and tritanopia.
 */
export interface ModelColor {
  readonly light: string
  readonly dark: string
}

const COLORS: readonly ModelColor[] = [
  { light: '#cb3814', dark: '#f1840b' },
  { light: '#1560e2', dark: '#4c9bff' },
  { light: '#b3538a', dark: '#f58fd7' },
  { light: '#477735', dark: '#a9cc75' },
  { light: '#8019b3', dark: '#a97fcb' },
  { light: '#b58126', dark: '#f0e260' },
  { light: '#7c3e2f', dark: '#c19375' },
  { light: '#263d62', dark: '#bcdbff' },
]

/** In the order in which models were given a colour; a new model is appended, never inserted. */
const COLORED_MODELS: readonly string[] = ['v4.0', 'v4.1', 'v4.0+1', 'v4.0+1+2']

const UNKNOWN_MODEL: ModelColor = { light: '#494c51', dark: '#bcbec1' }

export function modelColor(modelId: string): ModelColor {
  return COLORS[COLORED_MODELS.indexOf(modelId) % COLORS.length] ?? UNKNOWN_MODEL
}
