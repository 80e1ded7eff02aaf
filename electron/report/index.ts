export { buildReport, type ReportInput } from './build.ts'
export type { Report, WorkloadDivergence } from './model.ts'
export { groupedByRequests } from './workloads.ts'
export { writeReport } from './write.ts'
