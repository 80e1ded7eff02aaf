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

/** In the order in which they are offered. */
export const MODEL_COLORS = [
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

/** Positions in `MODEL_COLORS`, by model. */
export type ModelColorChoices = Readonly<Record<string, number>>

let choices = (): ModelColorChoices => ({})

/** Asks `read` from now on which colours the user has chosen: the window follows a setting, and nothing else does. */
export function colorModelsBy(read: () => ModelColorChoices): void {
  choices = read
}

/** The colour that was chosen for a model, or that of the release, or one that follows from any other model's name alone. */
export function modelColor(modelId: string): ModelColor {
  if (modelId === '') return NO_MODEL
  const chosen = choices()[modelId]
  const wanted = chosen === undefined ? undefined : MODEL_COLORS[chosen]
  if (wanted !== undefined) return { ...wanted, repeated: isGivenBefore(modelId, chosen) }
  const usual = usualModelColor(modelId)
  const isGiven = Object.values(choices()).some((position) => MODEL_COLORS[position]?.light === usual.light)
  return isGiven ? { ...usual, repeated: true } : usual
}

/** True when another model was given the colour before. */
function isGivenBefore(modelId: string, position: number | undefined): boolean {
  const given = Object.entries(choices())
  const place = given.findIndex(([id]) => id === modelId)
  return given.slice(0, place).some(([, other]) => other === position)
}

/** The lab's own colour of a model. */
export function usualModelColor(modelId: string): ModelColor {
  const first = FIRST[modelId]
  const color = MODEL_COLORS[first ?? REPEATED[modelId] ?? customPosition(modelId)]
  return color === undefined ? NO_MODEL : { ...color, repeated: first === undefined }
}

function customPosition(name: string): number {
  return FIRST_CUSTOM + (hashOf(name) % (MODEL_COLORS.length - FIRST_CUSTOM))
}

/** FNV-1a, 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/). */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}
