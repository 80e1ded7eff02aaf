import type { ReportFormat } from '../../shared/report.ts'
import { writeHtml } from './html/write-html.ts'
import type { Report } from './model.ts'
import { writeText } from './text/write-text.ts'
import { writeJson } from './write-json.ts'

/** The report as the text of one file. */
export function writeReport(report: Report, format: ReportFormat): string {
  switch (format) {
    case 'html':
      return writeHtml(report)
    case 'text':
      return writeText(report)
    case 'json':
      return writeJson(report)
  }
}
