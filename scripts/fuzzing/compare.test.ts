import { expect, it } from 'vitest'
import { Allocator } from '../../electron/allocator/allocator.ts'
import { findKernelModel } from '../../electron/allocator/models.ts'
import { bytesOf } from '../../electron/scenario/bytes.ts'
import { TraceSource } from '../../electron/scenario/trace.ts'
import { formatTrace } from '../agreement/requests.ts'
import { randomCase, type FuzzCase } from './case.ts'
import { compare, shrink } from './compare.ts'

/** Claims to be 4.0, where slots are no longer aligned. */
const impostor = { ...findKernelModel('v3.2')!, id: 'v4.0', aliases: ['before'] }

it('finds what is not as the reference says, and shrinks it to the few requests that show it', () => {
  const found = Array.from({ length: 20 }, (_, seed): FuzzCase => ({ ...randomCase(seed), model: impostor })).find(
    (trial) => 'difference' in compare(trial),
  )!
  const { machine, requests } = shrink(found)
  expect(requests.map(({ letter }) => letter)).toEqual(['m', 'm'])
  expect(compare({ ...found, requests })).toHaveProperty('difference', 'addr differs from the reference')
  const pages: number[] = []
  const trace = new TraceSource(
    () => bytesOf(formatTrace(requests)),
    machine.nrCpus,
    (page) => pages.push(page),
  )
  trace.issue(new Allocator(machine, impostor))
  expect(pages).toHaveLength(2)
})

it('counts the calls made: no changes of CPU, no unmaps of what is not mapped', () => {
  const trial = { ...randomCase(0), model: findKernelModel('v4.1')! }
  const requests = [
    { letter: 'c', cpu: 0 },
    { letter: 'm', id: 5, pages: 1 },
    { letter: 'f', id: 5 },
    { letter: 'u', id: 5 },
    { letter: 'u', id: 5 },
    { letter: 'v', id: 6, pages: 0 },
    { letter: 'f', id: 6 },
    { letter: 'a' },
  ] as const
  expect(compare({ ...trial, requests })).toEqual({ operations: 4 })
})

it('plays the same case for the same seed', () => {
  expect(randomCase(7)).toEqual(randomCase(7))
  expect(randomCase(7).requests).not.toEqual(randomCase(8).requests)
})
