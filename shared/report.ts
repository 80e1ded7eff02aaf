export const REPORT_FORMATS = ['html', 'text', 'json'] as const
export type ReportFormat = (typeof REPORT_FORMATS)[number]

/** In the order in which a report shows them. */
export const REPORT_SECTIONS = [
  'verdict',
  'counts',
  'live-blocks',
  'free-lists',
  'divergence',
  'note',
  'source',
  'reproduce',
] as const
export type ReportSection = (typeof REPORT_SECTIONS)[number]

export const REPORT_SECTION_LABELS: Readonly<Record<ReportSection, string>> = {
  verdict: 'Verdict',
  counts: 'Published and simulated counts',
  'live-blocks': 'Live blocks over operations',
  'free-lists': 'Free lists at the end',
  divergence: 'First divergence',
  note: 'Note',
  source: 'Scenario source',
  reproduce: 'How to reproduce',
}

export interface ReportRequest {
  readonly runIds: readonly number[]
  readonly sections: readonly ReportSection[]
  /** The user's own words; the experiment's title and question when absent. */
  readonly title?: string
}
