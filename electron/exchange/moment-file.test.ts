import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { formatMoment, type Moment } from '../../shared/moment.ts'
import { patch2015Runs } from '../../shared/published.ts'
import { momentOf } from '../lab/moment-of.ts'
import { runSpec } from '../payloads.ts'
import { readMoment } from './moment-file.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vmap-lab-moment-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

const runs = patch2015Runs()
  .slice(0, 2)
  .map((spec, place) => ({ spec, digest: `${place}`.repeat(16) }))
const moment: Moment = { title: 'exhaust', note: 'they part', operation: 255, runs }

function file(text: string): string {
  const path = join(folder, 'x.vmap-moment')
  writeFileSync(path, text)
  return path
}
const read = (text: string): Moment => readMoment(file(text), runSpec)

describe('the file of a moment', () => {
  it('comes back as it was written', () => {
    expect(read(formatMoment(moment, '0.1.0'))).toEqual(moment)
  })

  it('is made of finished runs alone', () => {
    const journal = { openRun: (id: number) => (id === 1 ? { ...runs[0]!, id } : undefined) }
    const request = { runIds: [1], operation: 7, note: '' }
    const known = journal as unknown as Parameters<typeof momentOf>[0]
    expect(momentOf(known, request)).toEqual({ title: 'exhaust', note: '', operation: 7, runs: runs.slice(0, 1) })
    expect(() => momentOf(known, { ...request, runIds: [1, 2] })).toThrow('Run 2 has no result')
  })

  it.each([
    ['no JSON', '{', 'cannot be read: '],
    ['another file', '{}', 'is no moment of a replay. Choose a file that Replay has saved.'],
    [
      'of a newer lab',
      formatMoment(moment, '9.0.0').replace('"version": 1', '"version": 2'),
      'Open it with a newer lab.',
    ],
    ['without runs', formatMoment({ ...moment, runs: [] }, '0.1.0'), 'cannot be used: runs: '],
    ['with a wrong place', formatMoment({ ...moment, operation: -1 }, '0.1.0'), 'cannot be used: operation: '],
    [
      'with a run that is none',
      formatMoment(moment, '0.1.0').replace('"wordBits": 64', '"wordBits": 65'),
      'cannot be used: runs.0.spec.machine.wordBits: ',
    ],
  ])('is refused when it is %s', (_, text, reason) => {
    expect(() => read(text)).toThrow(reason)
    expect(() => read(text)).toThrow(join(folder, 'x.vmap-moment'))
  })

  it('is refused when there is none', () => {
    expect(() => readMoment(join(folder, 'gone'), runSpec)).toThrow('gone cannot be read: ENOENT')
  })
})
