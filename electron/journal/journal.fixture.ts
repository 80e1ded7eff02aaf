import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import type { MergeCounts } from '../../shared/journal.ts'
import type { Journal } from './index.ts'

export * from './new-experiment.fixture.ts'

/** Temporary folders for the tests, and what to store in them. */

const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A path for a journal in a new folder of its own that goes away after the test. */
export function newJournalPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vmap-lab-journal-'))
  folders.push(folder)
  return join(folder, 'journal.sqlite')
}

/** A whole merge. */
export function merged(journal: Journal, path: string, cancelled: () => boolean = () => false): MergeCounts {
  const slices = journal.merge(path, cancelled)
  for (;;) {
    const { done, value } = slices.next()
    if (done) return value
  }
}
