import type { Report } from '../model.ts'
import { html } from './markup.ts'

export function writeHtml(report: Report): string {
  return html`<!doctype html>
    <html lang="en">
      <title>${report.title}</title>
    </html>`.text
}
