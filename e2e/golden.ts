/** The golden figures of the 2015 experiment: what the kernel's own code did with the three workloads (golden/README.md). */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ProfiledCounts } from '../shared/counts.ts'
import { PROJECT } from './fixture.ts'

const FILES = {
  exhaust: '02-scenario1-64-1000.json',
  random: '07-scenario2-64-seed2424.json',
  orders: '14-scenario3-64-1000.json',
} as const
const TAGS = { 'v4.0': 'before', 'v4.1': 'p3' } as const

export interface GoldenRun {
  readonly scenarioId: keyof typeof FILES
  readonly modelId: keyof typeof TAGS
  readonly counts: ProfiledCounts
  /** Blocks on all free lists at the end. */
  readonly blocksListed: number
}

interface GoldenFile {
  readonly results: Readonly<Record<string, { counts: ProfiledCounts; free_lists: readonly (readonly unknown[])[] }>>
}

/** In the order in which the experiment runs them. */
export const GOLDEN_RUNS: readonly GoldenRun[] = (['exhaust', 'random', 'orders'] as const).flatMap((scenarioId) => {
  const path = join(PROJECT, 'electron', 'allocator', 'golden', 'cases', FILES[scenarioId])
  const { results } = JSON.parse(readFileSync(path, 'utf8')) as GoldenFile
  return (['v4.0', 'v4.1'] as const).map((modelId) => {
    const { counts, free_lists: freeLists } = results[TAGS[modelId]]!
    return { scenarioId, modelId, counts, blocksListed: freeLists.reduce((sum, list) => sum + list.length, 0) }
  })
})
