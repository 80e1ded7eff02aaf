import { COUNT_LABELS, COUNT_NAMES, PROFILED_FUNCTIONS, type CountName } from '../../../shared/counts.ts'
import { formatCount } from '../../../shared/format.ts'
import type { ReportRun } from '../model.ts'
import { html, type Markup } from './markup.ts'
import { modelClass } from './model-style.ts'

/** Runs side by side; more than these get a table of their own below, so that a page holds it. */
const RUNS_A_TABLE = 4

const PROFILED: ReadonlySet<CountName> = new Set(PROFILED_FUNCTIONS)

/** Counts of the runs of one workload, each with the published ones beside it. */
export function countsTables(heading: string, runs: readonly ReportRun[]): Markup[] {
  const counted = runs.filter((run) => run.counts !== undefined)
  const more = COUNT_NAMES.filter((name) => !PROFILED.has(name) && counted.some((run) => run.counts?.[name] !== 0))
  const tables: Markup[] = []
  for (let start = 0; start < counted.length; start += RUNS_A_TABLE) {
    tables.push(table(heading, counted.slice(start, start + RUNS_A_TABLE), more))
  }
  return tables
}

function table(heading: string, runs: readonly ReportRun[], more: readonly CountName[]): Markup {
  return html`<div class="scroll" role="region" tabindex="0" aria-label="Counts, ${heading}">
    <table>
      <thead>
        <tr>
          <th scope="col">Counter</th>
          ${runs.map(columnHeads)}
        </tr>
      </thead>
      <tbody>
        ${PROFILED_FUNCTIONS.map((name) => row(html`<code>${name}</code>`, name, runs))}
        ${more.map((name) => row(html`${COUNT_LABELS[name].label}`, name, runs))}
        <tr class="decides">
          <th scope="row">Blocks listed at the end</th>
          ${runs.map((run) => [
            html`<td>${run.blocksListed === undefined ? 'not recorded' : formatCount(run.blocksListed)}</td>`,
            run.published ? html`<td class="published"></td>` : html``,
          ])}
        </tr>
      </tbody>
    </table>
  </div> `
}

function columnHeads(run: ReportRun): Markup {
  const published = run.published ? html`<th scope="col" class="published">Published</th>` : html``
  const mark = run.custom === undefined ? run.heading : 'experimental'
  const heading = mark === undefined ? html`` : html` <span class="faint">${mark}</span>`
  return html`<th scope="col"><span class="swatch ${modelClass(run.modelId)}"></span>${run.label}${heading}</th>
    ${published}`
}

function row(title: Markup, name: CountName, runs: readonly ReportRun[]): Markup {
  return html`<tr>
    <th scope="row">${title}</th>
    ${runs.map((run) => cells(name, run))}
  </tr> `
}

function cells(name: CountName, { counts, published }: ReportRun): Markup {
  const simulated = html`<td>${formatCount(counts?.[name] ?? 0)}</td>`
  if (!published) return simulated
  return html`${simulated}
    <td class="published">${publishedCell(name, counts?.[name], published.counts)}</td>`
}

/** The profiler leaves out functions without hits: the published table has no row for them, which is not a printed zero. */
function publishedCell(
  name: CountName,
  simulated: number | undefined,
  published: Readonly<Partial<Record<CountName, number>>>,
): string {
  const hit = published[name]
  if (hit === undefined) return ''
  const text = hit === 0 ? 'no row' : formatCount(hit)
  return hit === simulated ? text : `≠ ${text}`
}
