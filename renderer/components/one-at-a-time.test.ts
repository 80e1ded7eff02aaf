import { describe, expect, it } from 'vitest'
import { oneAtATime } from './one-at-a-time.ts'

/** Work that ends when it is told to. */
function slowWork() {
  const ends: (() => void)[] = []
  let started = 0
  const work = (): Promise<void> => {
    started += 1
    return new Promise((resolve) => ends.push(resolve))
  }
  const end = async (): Promise<void> => {
    ends.shift()?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { work, end, started: () => started }
}

describe('work that is asked for often', () => {
  it('runs once more after what is under way, however often it is asked for', async () => {
    const { work, end, started } = slowWork()
    const ask = oneAtATime(work)
    void ask()
    void ask()
    void ask()
    expect(started()).toBe(1)
    await end()
    expect(started()).toBe(2)
    await end()
    expect(started()).toBe(2)
  })

  it('is answered when the last run has ended', async () => {
    const { work, end } = slowWork()
    const ask = oneAtATime(work)
    let answered = false
    void ask()
    void ask().then(() => (answered = true))
    await end()
    expect(answered).toBe(false)
    await end()
    expect(answered).toBe(true)
  })

  it('can be asked for again after it ended, also after a failure', async () => {
    let runs = 0
    const ask = oneAtATime(() => {
      runs += 1
      return runs === 1 ? Promise.reject(new Error('first')) : Promise.resolve()
    })
    await expect(ask()).rejects.toThrow('first')
    await ask()
    expect(runs).toBe(2)
  })

  it('answers a question of any moment, also of the one in which a run ends', async () => {
    for (let pause = 0; pause < 8; pause += 1) {
      let wanted = 1
      let seen = 0
      const ask = oneAtATime(async () => {
        seen = wanted
        await Promise.resolve()
      })
      void ask()
      for (let i = 0; i < pause; i += 1) await Promise.resolve()
      wanted = 2
      await ask()
      expect(seen, `asked again ${pause} steps later`).toBe(2)
    }
  })
})
