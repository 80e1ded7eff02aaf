/**
 * The colour-blind-safe set for kernel models; a model keeps its colour in every chart, table and report. Smallest OKLab
 * distance of any pair: 0.10 in normal sight, 0.07 under full protanopia, deuteranopia and tritanopia.
 */
export interface ModelColor {
  readonly light: string
  readonly dark: string
  /** A colour that another model has already: dashed lines and hollow marks tell them apart. */
  readonly repeated: boolean
}

const COLORS = [
  { light: '#cb3814', dark: '#f1840b' },
  { light: '#1560e2', dark: '#4c9bff' },
  { light: '#b3538a', dark: '#f58fd7' },
  { light: '#477735', dark: '#a9cc75' },
  { light: '#8019b3', dark: '#a97fcb' },
  { light: '#b58126', dark: '#f0e260' },
  { light: '#7c3e2f', dark: '#c19375' },
  { light: '#263d62', dark: '#bcdbff' },
] as const

/** Colour of each model, counted from 0. Models that repeat one follow a relative: mostly their results are equal. */
const FIRST: Readonly<Record<string, number>> = {
  'v4.0': 0,
  'v4.1': 1,
  'v4.0+1': 2,
  'v6.1': 3,
  'v2.6.28': 4,
  'v5.2': 5,
  'v3.2': 6,
  'v6.12': 7,
}
const REPEATED: Readonly<Record<string, number>> = {
  'v4.0+1+2': 2,
  'v4.10': 1,
  'v5.10': 5,
  'v6.5': 3,
  'v6.8': 4,
  'v6.19': 7,
}

const NO_MODEL: ModelColor = { light: '#494c51', dark: '#bcbec1', repeated: false }

/** Those of v4.0 and v4.1, with which most models of one's own are compared, are left to them. */
const FIRST_CUSTOM = 2

/** The colour of a release, or one that follows from the name of any other model and from nothing else. */
export function modelColor(modelId: string): ModelColor {
  if (modelId === '') return NO_MODEL
  const first = FIRST[modelId]
  const color = COLORS[first ?? REPEATED[modelId] ?? customPosition(modelId)]
  return color === undefined ? NO_MODEL : { ...color, repeated: first === undefined }
}

function customPosition(name: string): number {
  return FIRST_CUSTOM + (hashOf(name) % (COLORS.length - FIRST_CUSTOM))
}

/** FNV-1a, 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/). */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}
