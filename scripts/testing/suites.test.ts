import { expect, it } from 'vitest'
import { playwrightTally, vitestTally } from './suites.ts'

const file = (status: string, tests: number) => ({ status, assertionResults: Array<unknown>(tests).fill({}) })

it('counts a test file that throws before its first test as a failure', () => {
  const report = { numPassedTests: 3, numFailedTests: 0, testResults: [file('passed', 3), file('failed', 0)] }
  expect(vitestTally(report)).toMatchObject({ passed: 3, failed: 1 })
})

it('counts failed tests, and not their file again', () => {
  const report = { numPassedTests: 1, numFailedTests: 2, testResults: [file('failed', 3)] }
  expect(vitestTally(report)).toMatchObject({ passed: 1, failed: 2 })
})

it('counts no skipped test as passed', () => {
  const stats = { expected: 4, unexpected: 0, flaky: 0, skipped: 7 }
  expect(playwrightTally({ stats, errors: [] })).toMatchObject({ passed: 4, failed: 0 })
})

it('counts a test that passed only at the second try as failed', () => {
  expect(playwrightTally({ stats: { expected: 4, unexpected: 1, flaky: 1 }, errors: [] })).toMatchObject({ failed: 2 })
})

it('counts errors outside any test', () => {
  expect(playwrightTally({ stats: { expected: 0, unexpected: 0, flaky: 0 }, errors: [{}] })).toMatchObject({
    failed: 1,
  })
})
