import { formatCount, formatDuration, formatTime } from '../../../shared/format.ts'
import { REPORT_SECTION_LABELS, type ReportSection } from '../../../shared/report.ts'
import type { Report, ReportRun, Workload } from '../model.ts'
import { countBars } from './count-bars.ts'
import { countsTables } from './counts-table.ts'
import { freeListPicture } from './free-list.ts'
import { liveBlocksChart } from './live-blocks-chart.ts'
import { liveBlocksCaption, liveBlocksLegend } from './live-blocks-words.ts'
import { html, joined, type Markup } from './markup.ts'
import { modelClass } from './model-style.ts'

/** A section with its heading; nothing when there is nothing in it. */
export function sectionMarkup(section: ReportSection, report: Report): Markup {
  const content = contentOf(section, report)
  if (content.length === 0) return html``
  return html`<section aria-labelledby="${section}">
    <h2 id="${section}">${REPORT_SECTION_LABELS[section]}</h2>
    ${joined(content, '\n')}
  </section>`
}

function contentOf(section: ReportSection, report: Report): Markup[] {
  switch (section) {
    case 'verdict':
      return verdict(report)
    case 'counts':
      return [...report.workloads.map(counts), ...remark(report), ...published(report)]
    case 'live-blocks':
      return report.workloads.flatMap(liveBlocks)
    case 'free-lists':
      return report.workloads.flatMap(freeLists)
    case 'divergence':
      return report.workloads.flatMap(divergence)
    case 'note':
      return notes(report)
    case 'source':
      return report.workloads.flatMap(source)
    case 'reproduce':
      return reproduce(report)
  }
}

function verdict({ verdict: answer }: Report): Markup[] {
  if (answer === undefined) return []
  return [
    html`<p class="headline">${answer.headline}</p>`,
    ...(answer.detail === '' ? [] : [html`<p>${answer.detail}</p>`]),
    ...(answer.lines.length === 0
      ? []
      : [
          html`<ul>
            ${answer.lines.map((line) => html`<li>${line}</li>`)}
          </ul>`,
        ]),
  ]
}

function counts(workload: Workload, index: number): Markup {
  const { heading, runs, outcome, publishedOutcome } = workload
  const pieces = [
    html`<h3>${heading}</h3>`,
    ...statusSentences(runs),
    ...countsTables(heading, runs),
    ...countBars(`bars-${index}`, workload).map((bars) => html`<figure>${bars}</figure>`),
    ...[outcome, publishedOutcome].flatMap((sentence) => (sentence === undefined ? [] : [html`<p>${sentence}</p>`])),
  ]
  return joined(pieces, '\n')
}

function statusSentences(runs: readonly ReportRun[]): Markup[] {
  return runs.flatMap(({ statusSentence }) =>
    statusSentence === undefined ? [] : [html`<p class="status">${statusSentence}</p>`],
  )
}

function remark({ countsRemark }: Report): Markup[] {
  return countsRemark === undefined ? [] : [html`<p class="faint">${countsRemark}</p>`]
}

function published({ publication, caveats }: Report): Markup[] {
  if (publication === undefined) return []
  return [
    html`<h3>About the published figures</h3>
      <p>${publication}</p>
      <ul>
        ${caveats.map((caveat) => html`<li>${caveat}</li>`)}
      </ul>`,
  ]
}

function liveBlocks({ heading, liveBlocks: lines }: Workload, index: number): Markup[] {
  if (lines.length === 0) return []
  return [
    html`<h3>${heading}</h3>
      <figure>
        ${liveBlocksChart(`live-${index}`, heading, lines)}
        <figcaption>${liveBlocksCaption(lines)} ${liveBlocksLegend(lines)}</figcaption>
      </figure>`,
  ]
}

function freeLists({ heading, runs, machine }: Workload, index: number): Markup[] {
  const listed = runs.filter((run) => run.freeLists !== undefined)
  if (listed.length === 0) return []
  const figures = listed.flatMap(({ id, label, modelId, freeLists: lists = [] }) => {
    const name = html`<span class="swatch ${modelClass(modelId)}"></span><b>${label}</b>`
    if (lists.length === 0) return [html`<p>${name}: no block is listed.</p>`]
    return lists.map(
      (list) =>
        html`<figure>
          <p>${name}, CPU ${list.cpu}: ${formatCount(list.length)} listed</p>
          ${freeListPicture(`list-${index}-${id}-${list.cpu}`, `Free list of CPU ${list.cpu}, ${label}, ${heading}`, list, machine.bbmapBits)}
        </figure>`,
    )
  })
  return [html`<h3>${heading}</h3>`, ...figures]
}

function divergence({ heading, divergence: found }: Workload): Markup[] {
  if (found === undefined) return []
  const lists = found.lists.map(
    ({ heading: whose, lines }) =>
      html`<p>${whose}</p>
        <pre tabindex="0" role="region" aria-label="${whose}, ${heading}">${lines.join('\n')}</pre>`,
  )
  return [html`<h3>${heading}</h3>`, ...found.sentences.map((sentence) => html`<p>${sentence}</p>`), ...lists]
}

function notes({ notes: all }: Report): Markup[] {
  return all.map(
    (note) =>
      html`${all.length > 1 ? html`<h3 dir="auto">${note.experimentTitle}</h3>` : html``}
        <div class="note" dir="auto">${note.text}</div>`,
  )
}

function source({ heading, source: text, sourceFile }: Workload): Markup[] {
  if (text === undefined) return []
  const file = sourceFile === undefined ? html`` : html`<p><code>${sourceFile}</code></p>`
  return [
    html`<h3>${heading}</h3>
      ${file}
      <pre tabindex="0" role="region" aria-label="Source, ${heading}"><code>${text.trimEnd()}</code></pre>`,
  ]
}

function reproduce({ reproduction, workloads }: Report): Markup[] {
  if (reproduction === undefined) return []
  return [
    html`<p>${reproduction.introduction}</p>`,
    ...reproduction.machineFiles.map(
      ({ name, json }) =>
        html`<h3>${name}</h3>
          <pre class="wrapped">${json}</pre>`,
    ),
    ...reproduction.scenarioFiles.map(
      ({ name, text }) =>
        html`<h3>${name}</h3>
          <pre tabindex="0" role="region" aria-label="${name}"><code>${text.trimEnd()}</code></pre>`,
    ),
    reproduction.allAtOnce === undefined
      ? html``
      : html`<h3>All runs at once</h3>
          <pre class="wrapped">${reproduction.allAtOnce}</pre>`,
    ...workloads.flatMap((workload) => [html`<h3>${workload.heading}</h3>`, ...workload.runs.map(runMarkup)]),
  ]
}

function runMarkup(run: ReportRun): Markup {
  const facts = [
    html`seed ${run.seed}`,
    run.digest === undefined ? html`${run.status}` : html`digest <code>${run.digest}</code>`,
    ...(run.operations === undefined ? [] : [html`${formatCount(run.operations)} operations`]),
    ...(run.elapsedMs === undefined ? [] : [html`${formatDuration(run.elapsedMs)}`]),
    html`Vmap Lab ${run.labVersion}`,
    html`${formatTime(run.startedAtMs)}`,
  ]
  return html`<div class="run">
    <p>
      <span class="swatch ${modelClass(run.modelId)}"></span><b>Run ${run.id}, ${run.modelId}</b>
      <span class="faint">${joined(facts, ', ')}</span>
    </p>
    <pre class="wrapped">${run.command}</pre>
  </div>`
}
