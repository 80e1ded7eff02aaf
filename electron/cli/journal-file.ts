import { formatTime } from '../../shared/format.ts'
import type { JournalFile, MergeCounts } from '../../shared/journal.ts'
import type { Lab } from '../lab.ts'
import { EXIT, type ExitCode, type Terminal } from './command.ts'
import { textTable } from './tables.ts'

/** What `lab journal` does with the file itself. */
export const FILE_ACTIONS = ['file', 'check', 'backup'] as const
export type FileAction = (typeof FILE_ACTIONS)[number]

export function lookAfterFile(lab: Lab, action: FileAction, json: boolean, terminal: Terminal): ExitCode {
  const { journal } = lab
  if (action === 'check') journal.checkFile()
  if (action === 'backup') journal.backUp()
  const file = journal.fileFacts()
  terminal.out(json ? `${JSON.stringify(fileAsJson(file))}\n` : fileAsText(file))
  return action === 'check' && file.lastCheck?.problems !== '' ? EXIT.no : EXIT.done
}

export function mergeFile(lab: Lab, path: string, options: MergeOptions, terminal: Terminal): ExitCode {
  const { dryRun, json } = options
  const counts = dryRun ? lab.journal.countMerge(path) : merged(lab.journal.merge(path, () => false))
  terminal.out(json ? `${JSON.stringify({ dryRun, ...counts })}\n` : mergeAsText(counts, dryRun))
  return EXIT.done
}

function merged(slices: ReturnType<Lab['journal']['merge']>): MergeCounts {
  for (;;) {
    const { done, value } = slices.next()
    if (done) return value
  }
}

export interface MergeOptions {
  readonly dryRun: boolean
  readonly json: boolean
}

function fileAsJson({ path, bytes, schemaVersion, lastCheck, lastBackup }: JournalFile): object {
  const time = (epochMs: number): string => new Date(epochMs).toISOString()
  return {
    path,
    bytes,
    schema: schemaVersion,
    ...(lastCheck && { last_check: { at: time(lastCheck.atMs), problems: lastCheck.problems } }),
    ...(lastBackup && { last_backup: { at: time(lastBackup.atMs), path: lastBackup.path } }),
  }
}

function fileAsText({ path, bytes, schemaVersion, lastCheck, lastBackup }: JournalFile): string {
  const found = lastCheck?.problems === '' ? 'nothing wrong' : lastCheck?.problems
  return textTable(
    [
      ['JOURNAL', path],
      ['SIZE', `${bytes} bytes, schema ${schemaVersion}`],
      ['LAST CHECK', lastCheck === undefined ? 'never' : `${formatTime(lastCheck.atMs)}, ${found ?? ''}`],
      ['LAST BACKUP', lastBackup === undefined ? 'never' : `${formatTime(lastBackup.atMs)}, ${lastBackup.path}`],
    ],
    [false, false],
  )
}

function mergeAsText(counts: MergeCounts, dryRun: boolean): string {
  const { experiments, runs, furtherRuns, sweeps, saved, known, underWay, trashed, noRoom } = counts
  return textTable(
    [
      [dryRun ? 'WOULD BE ADDED' : 'ADDED', `experiments ${experiments}, runs ${runs}, sweeps ${sweeps}`],
      ['', `runs of experiments here already ${furtherRuns}, saved models, machines and scenarios ${saved}`],
      ['HERE ALREADY', `experiments ${known}`],
      ['LEFT OUT', `under way ${underWay}, in the trash ${trashed}, over a limit ${noRoom}`],
    ],
    [false, false],
  )
}
