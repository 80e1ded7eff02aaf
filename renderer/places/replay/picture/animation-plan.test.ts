import { describe, expect, it } from 'vitest'
import { animationPlan, FRAMES_MAX, planText } from './animation-plan.ts'

describe('an animation', () => {
  it('shows every moment of a short span, in either order of its ends', () => {
    expect(animationPlan(3, 6)).toEqual({ operations: [3, 4, 5, 6], step: 1 })
    expect(animationPlan(6, 3)).toEqual(animationPlan(3, 6))
    expect(animationPlan(5, 5)).toEqual({ operations: [5], step: 1 })
  })

  it('leaves moments out of a long one, and keeps its ends', () => {
    for (const last of [399, 400, 401, 1000, 252_000, 2_000_000]) {
      const { operations, step } = animationPlan(0, last)
      expect(operations.length).toBeLessThanOrEqual(FRAMES_MAX)
      expect([operations[0], operations.at(-1)]).toEqual([0, last])
      expect(new Set(operations).size).toBe(operations.length)
      expect(operations.length * step).toBeGreaterThanOrEqual(last)
    }
  })

  it('says what it will be', () => {
    expect(planText(animationPlan(10, 30), 2)).toBe('21 pictures, 10.5 s.')
    expect(planText(animationPlan(0, 252_000), 20)).toBe(
      '400 pictures, 20.0 s. Every 632th operation is shown: an animation has at most 400 pictures.',
    )
  })
})
