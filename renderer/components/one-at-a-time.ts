/**
 * Makes `work` that is asked for often run one at a time. Asked while it is under way, it runs once more afterwards,
 * however often it was asked: the last run always starts after the last question.
 */
export function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let asked = 0
  let answers = Promise.resolve()
  let underWay = false

  async function answerAll(): Promise<void> {
    try {
      for (;;) {
        const answering = asked
        await work()
        if (answering === asked) return
      }
    } finally {
      // In the same step as the comparison: a question in between would never be answered
      underWay = false
    }
  }

  return () => {
    asked += 1
    if (!underWay) {
      underWay = true
      answers = answerAll()
    }
    return answers
  }
}
