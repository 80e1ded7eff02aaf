export { Runner, type RunOutcome } from './runner.ts'
