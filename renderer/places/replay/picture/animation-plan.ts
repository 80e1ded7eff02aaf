import { formatCount } from '../../../../shared/format.ts'

/** Pictures of one animation. */
export const FRAMES_MAX = 400

export interface AnimationPlan {
  /** Moments, the first and the last among them. */
  readonly operations: readonly number[]
  /** Operations from one picture to the next. */
  readonly step: number
}

/** Which moments are shown from one to another: every one, or as many as there may be pictures. */
export function animationPlan(from: number, to: number): AnimationPlan {
  const [first, last] = from <= to ? [from, to] : [to, from]
  const step = Math.max(1, Math.ceil((last - first) / (FRAMES_MAX - 1)))
  const operations: number[] = []
  for (let operation = first; operation < last; operation += step) operations.push(operation)
  return { operations: [...operations, last], step }
}

/** The plan in a sentence: "61 pictures, 15.3 s." */
export function planText({ operations, step }: AnimationPlan, perSecond: number): string {
  const seconds = (operations.length / perSecond).toFixed(1)
  const skipped =
    step === 1
      ? ''
      : ` Every ${formatCount(step)}th operation is shown: an animation has at most ${FRAMES_MAX} pictures.`
  return `${formatCount(operations.length)} pictures, ${seconds} s.${skipped}`
}
