export { buildReport, type ReportInput } from './build.ts'
export type { Report } from './model.ts'
export { writeReport } from './write.ts'
