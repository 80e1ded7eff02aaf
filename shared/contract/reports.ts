import type { ReportFormat, ReportRequest } from '../report.ts'
import type { Outcome } from './outcome.ts'

/** Reports. */
export interface ReportsApi {
  previewReport(request: ReportRequest, format: ReportFormat): Promise<string>
  /** Asks where to save and writes the file; answers with its path. */
  exportReport(request: ReportRequest, format: ReportFormat): Promise<Outcome<string>>
  /** Opens a report exported since the lab was started with the system's viewer. */
  openReport(path: string): Promise<Outcome<true>>
}

// A record, not an array, so that a name that is missing or too much fails to compile
export const REPORTS_METHODS: Readonly<Record<keyof ReportsApi, true>> = {
  previewReport: true,
  exportReport: true,
  openReport: true,
}
