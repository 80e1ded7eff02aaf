import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Journal, JournalError } from './index.ts'
import { newExperiment, newJournalPath, newRun } from './journal.fixture.ts'

function openFilled() {
  const journal = Journal.open(newJournalPath(), { labVersion: '0.1.0' })
  const tail = journal.startExperiment(newExperiment({ title: 'The patch of Roman Pen' })).experimentId
  const xfs = journal.startExperiment(
    newExperiment({
      title: 'XFS log buffers',
      question: 'Why does mounting fail?',
      runs: [newRun('v5.0', { scenarioId: 'random', source: 'static int iters = 1000;\nxfs_buf_map(bp);' })],
    }),
  ).experimentId
  journal.writeNote(tail, 'first thought: lazy')
  journal.writeNote(tail, 'The purge came too late.\n\nSee the café trace.')
  journal.setTags(tail, ['regression', 'mm list'])
  const find = (search: string) => journal.listExperiments({ search, limit: 100 }).map(({ id }) => id)
  return { journal, tail, xfs, find }
}

describe('a search', () => {
  it('looks at title, question, note, tags, scenario, model and source', () => {
    const { journal, tail, xfs, find } = openFilled()
    for (const search of ['roman', 'leak', 'purge', 'regression', 'exhaust', 'v4.0', 'vm_map_ram', 'PAGE_KERNEL']) {
      expect(find(search), search).toEqual([tail])
    }
    for (const search of ['buffers', 'mounting', 'random', 'v5.0', 'xfs_buf_map']) {
      expect(find(search), search).toEqual([xfs])
    }
    journal.close()
  })

  it('wants every word, wherever it is, and takes the last one as a beginning', () => {
    const { journal, tail, xfs, find } = openFilled()
    expect(find('purge regression v4.1')).toEqual([tail])
    expect(find('purge mounting')).toEqual([])
    expect(find('regr')).toEqual([tail])
    expect(find('regr purge')).toEqual([])
    expect(find('buf')).toEqual([xfs])
    expect(find('i')).toEqual([xfs, tail])
    expect(find('map_ram')).toEqual([tail])
    expect(find('CAFE')).toEqual([tail])
    journal.close()
  })

  it('without words lists everything, newest first', () => {
    const { journal, tail, xfs, find } = openFilled()
    for (const search of ['', '  ', '""', '*', '"()"', '; --']) expect(find(search), search).toEqual([xfs, tail])
    journal.close()
  })

  it('shows where it matched', () => {
    const { journal, tail } = openFilled()
    const [hit] = journal.listExperiments({ search: 'too la', limit: 1 })
    expect(hit).toMatchObject({
      id: tail,
      excerpt: 'The purge came \u0002too\u0003 \u0002late\u0003. See the café trace.',
    })
    journal.writeNote(tail, 'marks \u0002 in the \u0003 text')
    expect(journal.listExperiments({ search: 'marks', limit: 1 })[0]?.excerpt).toBe('\u0002marks\u0003 in the text')
    journal.close()
  })

  it('follows every change', () => {
    const { journal, tail, find } = openFilled()
    expect(find('thought')).toEqual([])
    journal.renameExperiment(tail, 'Renamed')
    journal.setTags(tail, ['solved'])
    journal.writeNote(tail, '')
    expect(find('renamed solved')).toEqual([tail])
    for (const search of ['roman', 'regression', 'purge']) expect(find(search), search).toEqual([])
    journal.close()
  })

  it('takes no more experiments than asked for', () => {
    const { journal, xfs } = openFilled()
    expect(journal.listExperiments({ search: 'i', limit: 1 }).map(({ id }) => id)).toEqual([xfs])
    journal.close()
  })

  /** What cannot be read is said in words; nothing else may come out of any text. */
  const listOrRefuse = (journal: Journal, search: string): void => {
    try {
      journal.listExperiments({ search, limit: 9 })
      journal.facets(search)
    } catch (error) {
      if (!(error instanceof JournalError)) throw error
      expect(error.message).toMatch(/^The query cannot be read\. Column \d+: .*\.$/s)
    }
  }

  it.each([
    ['"', '"tail', 'tail"', '""', 'ta"il', "tail'", "' OR 1=1 --"],
    ['*', '*tail', 'tail*', 'ta*l', '^tail', '-tail', '+tail', 'tail + blocks'],
    ['AND', 'OR', 'NOT', 'NEAR', 'tail AND', 'AND tail', 'tail NOT', 'NEAR(tail blocks)', 'NEAR('],
    ['(', ')', '(tail', 'tail)', '()', '{title}: tail', 'title: tail', 'title:', '- {title} : tail'],
    ['\\', '%', '_', '\u0000', 'tail\u0000blocks', '\u0002', '\ud800', 'tail \udfff', '\ufeff', '́', '٣'],
    [
      "model:'",
      'model:%',
      "tag:'; DROP TABLE run; --",
      "param.iters') OR 1=1 --:1",
      'seed:1e999',
      'seed:-1',
      'run:9007199254740993',
    ],
  ])('takes whatever is typed: %s …', (...searches) => {
    const { journal, find } = openFilled()
    for (const search of searches) expect(() => listOrRefuse(journal, search), search).not.toThrow()
    expect(find('')).toHaveLength(2)
    journal.close()
  })

  it('takes any text at all', () => {
    const { journal } = openFilled()
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '"',
        '*',
        ' AND ',
        ' OR ',
        ' NOT ',
        ' -',
        '(',
        ')',
        'tail ',
        ':',
        '^',
        ' seed>',
        ' tag=',
        ' note:',
        ' param.iters<',
        '1 ',
      ),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        listOrRefuse(journal, pieces.join('').slice(0, 500))
      }),
      { numRuns: 500 },
    )
    journal.close()
  })

  it('finds words of code with their punctuation', () => {
    const { journal, tail, xfs, find } = openFilled()
    expect(find('vm_map_ram(pages,')).toEqual([tail])
    expect(find('"xfs_buf_map(bp)"')).toEqual([xfs])
    expect(find('i++')).toEqual([xfs, tail])
    journal.close()
  })

  it('takes many words, and names the limit of its length', () => {
    const { journal, tail, find } = openFilled()
    expect(find('tail '.repeat(100))).toEqual([tail])
    expect(() => find('tail '.repeat(101))).toThrow(/QUERY_LENGTH_MAX/)
    journal.close()
  })
})
