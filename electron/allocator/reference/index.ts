/** The plain reference allocator: the fast one must agree with it in everything. For tests and fuzzing only. */
export { ReferenceAllocator } from './allocator.ts'
export type { Counts as ReferenceCounts } from './counts.ts'
export type { ReferenceMachine } from './machine.ts'
export type { ReferenceModel } from './model.ts'
export { REFERENCE_RELEASES } from './releases.ts'
export type { ReferenceRelease } from './releases.ts'
