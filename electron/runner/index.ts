export { ExperimentJob } from './experiment-job.ts'
export { Runner, type RunOutcome } from './runner.ts'
export { QuestionThread } from './question-thread.ts'
