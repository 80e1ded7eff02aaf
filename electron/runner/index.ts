export { ExperimentJob } from './experiment-job.ts'
export { Runner, type RunOutcome } from './runner.ts'
export { ScenarioThread } from './scenario-thread.ts'
export { measureSweep, SweepRun, type SweepEnd, type SweepMeasure } from './sweep-runner.ts'
