export { ExperimentJob } from './experiment-job.ts'
export { Runner, type RunOutcome } from './runner.ts'
