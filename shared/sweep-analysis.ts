import { PROFILED_FUNCTIONS } from './counts.ts'
import { publishedCounts, publishedTableFor } from './published.ts'
import { holm } from './statistics/holm.ts'
import { comparePairs, differencesOf, type PairedComparison } from './statistics/paired.ts'
import { summaryOf, type Summary } from './statistics/summary.ts'
import { seedWarnings } from './statistics/warnings.ts'
import { cellOf, type SweepDefinition } from './sweep.ts'
import { SWEEP_FIGURES, type SweepFigure } from './sweep-columns.ts'

/** Figures of the runs of one cell, seed by seed and the models of a seed side by side; NaN where one has not been made. */
export type FigureColumns = Readonly<Partial<Record<SweepFigure, Float64Array>>>

/** Answers random 32-bit words, always the same ones for a seed. */
export type WordsOf = (seed: number) => () => number

/** Of the intervals; fixed, so that the same sweep always shows the same interval. */
const INTERVAL_SEED = 2015

/** Where a published value falls among the seeds. */
export interface PublishedPlace {
  readonly value: number
  readonly below: number
  readonly equal: number
}

/** One figure under one model over all seeds of a cell. */
export interface FigureRow {
  readonly figure: SweepFigure
  /** Place among the sweep's models. */
  readonly model: number
  readonly summary: Summary
  readonly published?: PublishedPlace
}

/** One figure under a model against the first one, seed by seed: the first model's value minus this one's. */
export interface PairRow {
  readonly figure: SweepFigure
  readonly model: number
  readonly comparison: PairedComparison
  /** Adjusted after Holm over all rows of the cell; absent where there is no p value. */
  readonly adjustedP?: number
}

/** Seeds that give all published counts of a model, or of all models that have some. */
export interface PublishedSeeds {
  /** Places among the sweep's models. */
  readonly models: readonly number[]
  /** Of the function profiler that differ between seeds: alloc_vmap_area and free_vmap_block. */
  readonly counts: readonly number[]
  readonly seeds: number
  /** The lowest of them. */
  readonly first: readonly number[]
}

/** What the runs of one cell say. Only seeds that every model has are looked at. */
export interface CellAnalysis {
  readonly cell: number
  /** Seeds made under every model. */
  readonly seeds: number
  readonly rows: readonly FigureRow[]
  readonly pairs: readonly PairRow[]
  readonly publishedSeeds: readonly PublishedSeeds[]
  readonly warnings: readonly string[]
}

/** Seeds that are named. */
const FIRST_SEEDS = 12
const PUBLISHED_FIGURES = ['alloc_vmap_area', 'free_vmap_block'] as const

/** Figures that are 0 in all runs are left out. */
export function analyseCell(
  definition: SweepDefinition,
  cell: number,
  columns: FigureColumns,
  wordsOf: WordsOf,
): CellAnalysis {
  const complete = completeSeeds(definition, Object.values(columns))
  const figures = SWEEP_FIGURES.filter((figure) => columns[figure] !== undefined)
  const samples = new Map(figures.map((figure) => [figure, samplesOf(definition, complete, columns[figure])]))
  const present = figures.filter((figure) => samples.get(figure)?.some((sample) => sample.some((value) => value !== 0)))
  const rows = present.flatMap((figure) => rowsOf(definition, cell, figure, samples.get(figure) ?? []))
  const pairs = present.flatMap((figure) => pairsOf(figure, samples.get(figure) ?? [], wordsOf(INTERVAL_SEED)))
  return {
    ...{ cell, seeds: complete.length, rows, pairs: withHolm(pairs) },
    publishedSeeds: publishedSeedsOf(definition, cell, complete, columns),
    warnings: complete.length === 0 ? [] : seedWarnings(complete.length, definition.usesSeed),
  }
}

/** The values under each model, seed by seed, for the given seeds. `column` is one of the cell's. */
export function samplesOf(
  { seeds, models }: SweepDefinition,
  chosen: readonly number[],
  column: Float64Array | undefined,
): readonly Float64Array[] {
  return models.map((_, model) =>
    Float64Array.from(chosen, (seed) => column?.[(seed - seeds.first) * models.length + model] ?? NaN),
  )
}

/**
 * Seeds that every one of a cell's columns has under every model, ascending: columns that are read one after the other while a
 * sweep goes on are not of the same moment.
 */
export function completeSeeds({ seeds, models }: SweepDefinition, columns: readonly Float64Array[]): number[] {
  const isMade = (place: number): boolean =>
    columns.every((column) => models.every((_, model) => !Number.isNaN(column[place * models.length + model] ?? NaN)))
  return Array.from({ length: seeds.count }, (_, place) => place)
    .filter(isMade)
    .map((place) => seeds.first + place)
}

/** What the patch published for a model of a cell, by function; `undefined` where workload or machine differ. */
export function publishedOf(definition: SweepDefinition, cell: number, model: number) {
  const { machine, parameters } = cellOf(definition, cell)
  const choice = definition.models[model]
  if (choice === undefined || choice.custom !== undefined || definition.program !== undefined) return undefined
  const key = { scenarioId: definition.scenarioId, modelId: choice.modelId, parameters }
  const table = publishedTableFor({ ...key, wordBits: machine.wordBits, bbmapBits: machine.bbmapBits })
  return table && publishedCounts(table)
}

function rowsOf(
  definition: SweepDefinition,
  cell: number,
  figure: SweepFigure,
  samples: readonly Float64Array[],
): FigureRow[] {
  return samples.flatMap((sample, model) => {
    const summary = summaryOf(sample)
    if (summary === undefined) return []
    const profiled = PROFILED_FUNCTIONS.find((name) => name === figure)
    const value = profiled && publishedOf(definition, cell, model)?.[profiled]
    if (value === undefined) return [{ figure, model, summary }]
    const below = sample.filter((other) => other < value).length
    return [
      { figure, model, summary, published: { value, below, equal: sample.filter((other) => other === value).length } },
    ]
  })
}

function pairsOf(figure: SweepFigure, [first, ...others]: readonly Float64Array[], word: () => number): PairRow[] {
  if (first === undefined) return []
  return others.flatMap((other, place) => {
    const comparison = comparePairs(differencesOf(first, other), word)
    return comparison === undefined ? [] : [{ figure, model: place + 1, comparison }]
  })
}

function withHolm(pairs: readonly PairRow[]): PairRow[] {
  const ps = pairs.flatMap(({ comparison }) => (comparison.kind === 'varying' ? [comparison.test.p] : []))
  const adjusted = [...holm(ps)]
  return pairs.map((pair) => {
    if (pair.comparison.kind === 'constant') return pair
    return { ...pair, adjustedP: adjusted.shift() ?? 1 }
  })
}

function publishedSeedsOf(
  definition: SweepDefinition,
  cell: number,
  complete: readonly number[],
  columns: FigureColumns,
): PublishedSeeds[] {
  const published = definition.models.flatMap((_, model) => {
    const counts = publishedOf(definition, cell, model)
    return counts === undefined ? [] : [{ model, counts: PUBLISHED_FIGURES.map((figure) => counts[figure]) }]
  })
  if (published.length === 0) return []
  const samples = PUBLISHED_FIGURES.map((figure) => samplesOf(definition, complete, columns[figure]))
  const matching = published.map(({ model, counts }) =>
    complete.map((_, place) => counts.every((count, figure) => samples[figure]?.[model]?.[place] === count)),
  )
  const each = published.map(({ model, counts }, group) => ({
    ...{ models: [model], counts },
    ...named(complete.filter((_, place) => matching[group]?.[place])),
  }))
  if (each.length === 1) return each
  const all = {
    models: published.map(({ model }) => model),
    counts: published.flatMap(({ counts }) => counts),
    ...named(complete.filter((_, place) => matching.every((match) => match[place]))),
  }
  return [...each, all]
}

function named(seeds: readonly number[]): { readonly seeds: number; readonly first: readonly number[] } {
  return { seeds: seeds.length, first: seeds.slice(0, FIRST_SEEDS) }
}

/** The mean of a figure in every cell under every model, `undefined` where nothing has been made: `means[model][cell]`. */
export function cellMeans(
  { seeds, models }: SweepDefinition,
  cells: number,
  column: Float64Array,
): readonly (readonly (number | undefined)[])[] {
  return models.map((_, model) =>
    Array.from({ length: cells }, (_, cell) => {
      let sum = 0
      let made = 0
      for (let seed = 0; seed < seeds.count; seed += 1) {
        const value = column[(cell * seeds.count + seed) * models.length + model] ?? NaN
        if (Number.isNaN(value)) continue
        sum += value
        made += 1
      }
      return made === 0 ? undefined : sum / made
    }),
  )
}
