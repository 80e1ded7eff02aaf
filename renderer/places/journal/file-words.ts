import { formatQuantity } from '../../../shared/format.ts'
import type { MergeCounts } from '../../../shared/journal.ts'

const UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const

/** `90.1 MB`: as file managers count, in thousands. */
export function formatBytes(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${UNITS[unit] ?? ''}`
}

/** What a merge would do, a line for each thing. */
export function mergeWords({ experiments, runs, known, underWay, trashed }: MergeCounts): readonly string[] {
  const count = (number: number): string => formatQuantity(number, 'experiment')
  return [
    experiments === 0
      ? 'It has nothing that is not here.'
      : `${count(experiments)} with ${formatQuantity(runs, 'run')} would be added.`,
    ...(known > 0 ? [`${count(known)} of it ${known === 1 ? 'is' : 'are'} here already.`] : []),
    ...(underWay > 0 ? [`${count(underWay)} under way there would be left out. Merge again when ended.`] : []),
    ...(trashed > 0 ? [`${count(trashed)} in its trash would be left out.`] : []),
  ]
}
