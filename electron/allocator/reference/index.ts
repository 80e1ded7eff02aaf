/** The plain reference allocator: the fast one must agree with it in everything. For tests and fuzzing only. */
export { ReferenceAllocator } from './allocator.ts'
export type { Counts as ReferenceCounts } from './counts.ts'
export type { ReferenceMachine, ReferenceModel } from './machine.ts'
