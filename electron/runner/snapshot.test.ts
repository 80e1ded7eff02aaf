import { describe, expect, it } from 'vitest'
import { Caller } from '../../scripts/agreement/requests.ts'
import { randomCase } from '../../scripts/fuzzing/case.ts'
import type { RequestSink } from '../../shared/requests.ts'
import { Allocator } from '../allocator/allocator.ts'
import { KERNEL_MODELS } from '../allocator/models.ts'
import { EventDigest } from './digest.ts'

function withDigest(allocator: Allocator): EventDigest {
  const digest = new EventDigest()
  allocator.listener = digest
  return digest
}

const lists = (allocator: Allocator): unknown =>
  Array.from({ length: allocator.machine.nrCpus }, (_, cpu) => [...allocator.freeList(cpu)])

/** Asks two allocators the same and expects the same answers. */
function both(left: Allocator, right: Allocator): RequestSink {
  const same = (ask: (allocator: Allocator) => number): number => {
    const answer = ask(left)
    expect(ask(right)).toBe(answer)
    return answer
  }
  const tell = (say: (allocator: Allocator) => void): void => {
    say(left)
    say(right)
  }
  return {
    setCpu: (cpu) => tell((allocator) => allocator.setCpu(cpu)),
    mapRam: (pages) => same((allocator) => allocator.mapRam(pages)),
    unmapRam: (page, pages) => tell((allocator) => allocator.unmapRam(page, pages)),
    vmap: (pages) => same((allocator) => allocator.vmap(pages)),
    vunmap: (page) => tell((allocator) => allocator.vunmap(page)),
    unmapAliases: () => tell((allocator) => allocator.unmapAliases()),
  }
}

describe('a run continued from a snapshot', () => {
  it('ends with the same digest, counts and lists, and leaves the snapshot as it was', () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const { machine, model, requests } = randomCase(seed)
      const whole = new Allocator(machine, model)
      const digest = withDigest(whole)
      let sink: RequestSink = whole
      const caller = new Caller({
        setCpu: (cpu) => sink.setCpu(cpu),
        mapRam: (pages) => sink.mapRam(pages),
        unmapRam: (page, pages) => sink.unmapRam(page, pages),
        vmap: (pages) => sink.vmap(pages),
        vunmap: (page) => sink.vunmap(page),
        unmapAliases: () => sink.unmapAliases(),
      })
      const moment = (seed * 37) % requests.length
      for (const request of requests.slice(0, moment)) caller.issue(request)

      const snapshot = whole.snapshot()
      const before = { counts: whole.counts, lists: lists(whole) }
      const continued = new Allocator(machine, model)
      const continuedDigest = withDigest(continued)
      continued.restore(snapshot)
      continuedDigest.state = digest.state
      sink = both(whole, continued)
      for (const request of requests.slice(moment)) caller.issue(request)

      expect(continuedDigest.value).toBe(digest.value)
      expect(continued.counts).toEqual(whole.counts)
      expect(lists(continued)).toEqual(lists(whole))
      whole.restore(snapshot)
      expect({ counts: whole.counts, lists: lists(whole) }).toEqual(before)
    }
  })
})

it('a snapshot of another machine or model is refused', () => {
  const { machine, model } = randomCase(1)
  const snapshot = new Allocator(machine, model).snapshot()
  const other = new Allocator({ ...machine, vmallocPages: machine.vmallocPages + 1 }, model)
  expect(() => other.restore(snapshot)).toThrow(`A snapshot of ${model.id} on its machine cannot be taken up`)
  const another = KERNEL_MODELS.find(({ id }) => id !== model.id)!
  expect(() => new Allocator(machine, another).restore(snapshot)).toThrow(`taken up by ${another.id}`)
})
