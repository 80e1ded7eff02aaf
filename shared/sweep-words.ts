import { formatCount, formatDecimal, formatDuration, formatQuantity } from './format.ts'
import { modelTitle } from './model-choice.ts'
import type { SweepDefinition } from './sweep.ts'
import type { CellAnalysis, FigureRow, PairRow, PublishedSeeds } from './sweep-analysis.ts'
import { figureWords, type SweepFigure } from './sweep-columns.ts'
import type { SweepPlan } from './sweep-record.ts'

/** Figures that are told in words, the one that decides first. */
const TOLD: readonly SweepFigure[] = ['vm_map_ram_failed', 'blocks_listed', 'alloc_vmap_area', 'nodes_visited']

/** Below which a test is spoken of as showing a difference; the effect size always stands beside it. */
const SHOWN_BELOW = 0.05

/** `423.32`, `1,014`: two digits below 10,000 unless it is whole. */
export function formatMean(value: number): string {
  if (Number.isInteger(value)) return formatCount(value)
  const digits = Math.abs(value) >= 10_000 ? 0 : Math.abs(value) >= 1000 ? 1 : 2
  return formatDecimal(value, digits)
}

/** `p < 0.001`, `p = 0.013`. */
export function formatP(p: number): string {
  return p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(3)}`
}

/** `6.0 %`. */
export function formatShare(part: number, whole: number): string {
  return `${whole === 0 ? '0.0' : ((100 * part) / whole).toFixed(1)} %`
}

/** "4,000 runs: 2,000 seeds, 2 kernel models, 1 machine. About 3.1 s on 2 threads, measured on 12 of them." */
export function planSentence(
  plan: SweepPlan,
  definition: Pick<SweepDefinition, 'axes' | 'machines' | 'models'>,
): string {
  const parts = [
    formatQuantity(plan.seeds, 'seed'),
    formatQuantity(definition.models.length, 'kernel model'),
    ...definition.axes.map(({ name, values }) =>
      formatQuantity(values.length, `value of ${name}`, `values of ${name}`),
    ),
    formatQuantity(definition.machines.length, 'machine'),
  ]
  const time = `${plan.atLeast ? 'At least' : 'About'} ${formatDuration(plan.totalMs)} on ${formatQuantity(plan.workers, 'thread')}`
  const seedless = plan.usesSeed ? '' : ' The scenario does not use its seed, so one is run.'
  return `${formatQuantity(plan.runs, 'run')}: ${parts.join(', ')}.${seedless} ${time}, measured.`
}

/** What a cell says, the answer first; empty while no seed has been made under every model. */
export function cellSentences(definition: SweepDefinition, analysis: CellAnalysis): readonly string[] {
  if (analysis.seeds === 0) return []
  const told = TOLD.flatMap((figure) => analysis.pairs.filter((pair) => pair.figure === figure))
  const pairs = told.filter(({ comparison }) => comparison.kind === 'varying' || comparison.difference !== 0)
  const same = told.length > 0 && pairs.length === 0
  return [
    ...pairs.map((pair) => pairSentence(definition, pair)),
    ...(same ? ['The models do not differ in any of these seeds.'] : []),
    ...(definition.models.length === 1 ? [aloneSentence(definition, analysis)] : []),
    ...analysis.rows.filter(({ published }) => published).flatMap((row) => publishedSentence(definition, row)),
    ...analysis.publishedSeeds.slice(-1).map((match) => matchSentence(match, analysis.seeds)),
    ...analysis.warnings,
  ].filter((sentence) => sentence !== '')
}

/** "v4.1: 6.17 fewer alloc_vmap_area than v4.0 on average (95 % interval 6.13 to 6.21), fewer in all 2,000 seeds; …" */
function pairSentence(definition: SweepDefinition, { figure, model, comparison, adjustedP }: PairRow): string {
  const what = figureWords(figure).label
  const name = nameOf(definition, model)
  const base = nameOf(definition, 0)
  if (comparison.kind === 'constant') {
    const { difference, pairs } = comparison
    const where = definition.usesSeed && pairs > 1 ? ` in each of ${formatCount(pairs)} seeds` : ''
    return `${what}: exactly ${amount(difference)} under ${name} than under ${base}${where}.`
  }
  const { meanDifference, interval, shares, pairs, test } = comparison
  const [low, high] = meanDifference < 0 ? [-interval.high, -interval.low] : [interval.low, interval.high]
  const fewer = meanDifference > 0
  const agreeing = fewer ? shares.above : shares.below
  const seeds =
    agreeing === pairs ? `all ${formatCount(pairs)} seeds` : `${formatCount(agreeing)} of ${formatCount(pairs)} seeds`
  const p = adjustedP ?? test.p
  const shown = p < SHOWN_BELOW ? '' : ' These seeds do not show that they differ.'
  return (
    `${what}: ${amount(meanDifference)} under ${name} than under ${base} on average (95 % interval ${formatMean(low)} to ${formatMean(high)}), ` +
    `${fewer ? 'fewer' : 'more'} in ${seeds}; effect ${(fewer ? test.effect : 0 - test.effect).toFixed(2).replace('-', '−')}, ${formatP(p)}.${shown}`
  )
}

function amount(difference: number): string {
  return `${formatMean(Math.abs(difference))} ${difference > 0 ? 'fewer' : 'more'}`
}

function aloneSentence(definition: SweepDefinition, { rows }: CellAnalysis): string {
  const row = TOLD.map((figure) => rows.find((candidate) => candidate.figure === figure)).find(Boolean)
  if (row === undefined) return ''
  const { mean, min, max } = row.summary
  return `${figureWords(row.figure).label} under ${nameOf(definition, row.model)}: ${formatMean(mean)} on average, from ${formatCount(min)} to ${formatCount(max)}.`
}

function publishedSentence(definition: SweepDefinition, { figure, model, summary, published }: FigureRow): string[] {
  // What never varies is no question of seeds
  if (published === undefined || summary.min === summary.max) return []
  const { value, below, equal } = published
  const { n } = summary
  return [
    `The ${formatCount(value)} ${figureWords(figure).label} published for ${nameOf(definition, model)}: ` +
      `${formatCount(below)} of ${formatCount(n)} seeds give less (${formatShare(below, n)}), ${formatCount(equal)} the same.`,
  ]
}

function matchSentence({ models, counts, seeds, first }: PublishedSeeds, all: number): string {
  const which =
    models.length === 1 ? `The published ${counts.map(formatCount).join(' and ')}` : 'All published counts together'
  if (seeds === 0) return `${which} come out in none of ${formatCount(all)} seeds.`
  return `${which} come out in ${formatCount(seeds)} of ${formatCount(all)} seeds, first in ${formatCount(first[0] ?? 0)}.`
}

export function nameOf(definition: Pick<SweepDefinition, 'models'>, model: number): string {
  const choice = definition.models[model]
  return choice === undefined ? '' : modelTitle(choice)
}
