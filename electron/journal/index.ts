export { JournalError } from './journal-error.ts'
export { Journal, type JournalOptions, type StartedExperiment } from './journal.ts'
