import { formatTime } from '../../../shared/format.ts'
import type { Report } from '../model.ts'
import { HATCH } from './free-list.ts'
import { html, Markup } from './markup.ts'
import { sectionMarkup } from './sections.ts'
import { styleFor } from './style.ts'

/** Nothing is loaded and nothing runs, whatever the document holds. */
const POLICY = new Markup("default-src 'none'; style-src 'unsafe-inline'")

/** The report as one file for a browser: no script, no remote resource, pictures inside; on paper as on screen. */
export function writeHtml(report: Report): string {
  const models = report.workloads.flatMap(({ runs }) => runs.map((run) => run.modelId))
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="generator" content="Vmap Lab ${report.labVersion}" />
        <title>${report.title}</title>
        <style>
          ${new Markup(styleFor(models))}
        </style>
      </head>
      <body>
        ${HATCH}
        <main>
          <header>
            <h1 dir="auto">${report.title}</h1>
            ${report.questions.map((question) => html`<p class="question" dir="auto">${question}</p> `)}${facts(report)}
          </header>
          ${report.sections.map((section) => sectionMarkup(section, report))}
          <footer>Counts are simulated unless they are called published.</footer>
        </main>
      </body>
    </html>`.text
}

function facts({ workloads, models, tags, labVersion, writtenAtMs }: Report): Markup {
  const runs = workloads.flatMap((workload) => workload.runs)
  const machines = new Map(workloads.map((workload) => [`${workload.machineName}: ${workload.machineFacts}`, workload]))
  const entries: (readonly [string, string])[] = [
    ['Runs', runs.map((run) => run.id).join(', ')],
    ['Models', models],
    ...[...machines.keys()].map((machine) => ['Machine', machine] as const),
    ...(tags.length === 0 ? [] : [['Tags', tags.join(', ')] as const]),
    ['Written', `Vmap Lab ${labVersion}, ${formatTime(writtenAtMs)}`],
  ]
  return html`<dl class="facts">
    ${entries.map(
      ([name, value]) =>
        html`<dt>${name}</dt>
          <dd dir="auto">${value}</dd> `,
    )}
  </dl>`
}
