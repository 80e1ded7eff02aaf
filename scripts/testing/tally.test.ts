import { describe, expect, it } from 'vitest'
import { checkTally, settle, summaryLine } from './tally.ts'

describe('a check over many files', () => {
  it('counts as one passed test without errors', () => {
    expect(checkTally(203, 0, 'files')).toEqual({ passed: 1, failed: 0, scope: '203 files' })
  })

  it('counts each error as a failure', () => {
    expect(checkTally(203, 4, 'files')).toMatchObject({ passed: 0, failed: 4 })
  })

  it('fails when it saw no file', () => {
    expect(settle(checkTally(0, 0, 'files'), 0)).toMatchObject({ passed: 0, failed: 1 })
  })
})

describe('settling a runner', () => {
  it('leaves a good result as it is', () => {
    const tally = { passed: 5, failed: 0, scope: '1 file' }
    expect(settle(tally, 0)).toEqual(tally)
  })

  it('fails a runner that ran nothing, even when it ended well', () => {
    expect(settle({ passed: 0, failed: 0, scope: '0 files' }, 0).failed).toBe(1)
  })

  it('fails a runner that ended badly without counting a failure', () => {
    expect(settle({ passed: 5, failed: 0, scope: '1 file' }, 1)).toMatchObject({ passed: 5, failed: 1 })
  })

  it('counts failures once', () => {
    expect(settle({ passed: 5, failed: 2, scope: '1 file' }, 1).failed).toBe(2)
  })
})

describe('the last line', () => {
  it('adds up all runners', () => {
    const results = [checkTally(3, 0, 'files'), { passed: 40, failed: 2, scope: '' }]
    expect(summaryLine(results)).toEqual({ line: '41 passed, 2 failed', exitCode: 1 })
  })

  it('is good only when something passed and nothing failed', () => {
    expect(summaryLine([checkTally(3, 0, 'files')]).exitCode).toBe(0)
    expect(summaryLine([])).toEqual({ line: '0 passed, 0 failed', exitCode: 1 })
  })
})
