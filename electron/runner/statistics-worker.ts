/** The thread that makes the statistics of one cell of a sweep. */
import { parentPort, workerData } from 'node:worker_threads'
import { mersenne } from 'pure-rand/generator/mersenne'
import { analyseCell } from '../../shared/sweep-analysis.ts'
import type { StatisticsJob } from './statistics-thread.ts'

function wordsOf(seed: number): () => number {
  const random = mersenne(seed)
  return () => random.next()
}

const { definition, cell, columns } = workerData as StatisticsJob
parentPort?.postMessage(analyseCell(definition, cell, columns, wordsOf))
