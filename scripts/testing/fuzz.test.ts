import { expect, it } from 'vitest'
import { fuzzTally } from './fuzz.ts'

const said = (code: number, stdout: string) => fuzzTally({ code, stdout, stderr: '' })

it('counts a minute without a difference as one passed test, and says how much was played', () => {
  expect(said(0, '4,140 traces from seed 7, 7,564,984 operations: no difference\n')).toEqual({
    passed: 1,
    failed: 0,
    scope: '4,140 traces from seed 7, 7,564,984 operations',
  })
})

it('counts a difference as one failure', () => {
  expect(said(1, 'seed 9, v4.1: addr differs from the reference. Machine file, then trace:\n')).toMatchObject({
    passed: 0,
    failed: 1,
  })
})

it('fails when the fuzzer says nothing, or ends badly after it', () => {
  expect(said(0, '').failed).toBe(1)
  expect(said(1, '1 traces from seed 7, 10 operations: no difference\n').failed).toBe(1)
})
