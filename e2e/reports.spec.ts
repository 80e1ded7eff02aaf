import type { FrameLocator, Page } from '@playwright/test'
import { readdirSync, readFileSync } from 'node:fs'
import { PROFILED_FUNCTIONS } from '../shared/counts.ts'
import { expect, test } from './fixture.ts'
import { GOLDEN_RUNS, type GoldenRun } from './golden.ts'
import { numberIn } from './pages/numbers.ts'

const ALL_EQUAL = 'All 24 published counts come out exactly.'
const NAME = 'the-2015-vm-map-ram-patch'
const TITLES = { exhaust: 'Exhaust', random: 'Random', orders: 'Sequential orders' }

/** Compares every simulated count of an HTML report with the golden figures. */
async function expectGoldenCounts(report: Page | FrameLocator): Promise<void> {
  for (const { scenarioId, modelId, counts, blocksListed } of GOLDEN_RUNS) {
    const table = report.getByRole('region', { name: `Counts, ${TITLES[scenarioId]} ` })
    const column = modelId === 'v4.0' ? 0 : 1
    const figure = (row: string): Promise<number> =>
      numberIn(table.locator('tr').filter({ hasText: row }).locator('td:not(.published)').nth(column))
    for (const name of PROFILED_FUNCTIONS) expect(await figure(name), `${scenarioId} ${modelId}`).toBe(counts[name])
    expect(await figure('Blocks listed at the end')).toBe(blocksListed)
  }
}

/** The numbers of the plain text's table `FUNCTION HIT PUBLISHED`, in the order of the report. */
function hitsInText(text: string, name: string): number[] {
  return [...text.matchAll(new RegExp(`^ +${name} +(\\d+)`, 'gm'))].map(([, hit]) => Number(hit))
}

const goldenHits = (name: keyof GoldenRun['counts']): number[] => GOLDEN_RUNS.map(({ counts }) => counts[name])

test('a report is previewed, exported in three formats, and its numbers are the golden ones', async ({ lab, home }) => {
  const { bench, reports } = lab
  await bench.runAll(ALL_EQUAL)
  await reports.open()
  await expect(reports.preview.getByText(ALL_EQUAL).first()).toBeVisible()
  await expectGoldenCounts(reports.preview)
  await reports.format('Plain text').check()
  await reports.format('JSON').check()
  const names = [`${NAME}.html`, `${NAME}.txt`, `${NAME}.json`]
  const [html = '', text = '', json = ''] = await reports.exportTo(home, names)
  expect(readdirSync(home).filter((name) => name.startsWith(NAME))).toEqual(names.toSorted())

  const viewer = await reports.view(html)
  await expectGoldenCounts(viewer)
  expect(await viewer.locator('figure svg').count()).toBeGreaterThan(0)

  const lines = readFileSync(text, 'utf8').split('\n')
  expect(lines.filter((line) => line.length > 72)).toEqual([])
  for (const name of PROFILED_FUNCTIONS) expect(hitsInText(lines.join('\n'), name)).toEqual(goldenHits(name))

  const data = JSON.parse(readFileSync(json, 'utf8')) as { workloads: { runs: { counts: GoldenRun['counts'] }[] }[] }
  const counted = data.workloads.flatMap(({ runs }) => runs.map(({ counts }) => counts))
  expect(counted).toHaveLength(GOLDEN_RUNS.length)
  for (const [position, { counts }] of GOLDEN_RUNS.entries()) {
    for (const name of PROFILED_FUNCTIONS) expect(counted[position]?.[name]).toBe(counts[name])
  }
})

test("a user's words stay words", async ({ lab, home }) => {
  const { bench, journal, reports } = lab
  const hostile = `<img src=x onerror="document.title='ran'"><script>document.title='ran'</script>`
  await bench.runAll(ALL_EQUAL)
  await journal.open()
  await journal.writeNote(hostile)
  await reports.open()
  await expect(reports.preview.getByText(hostile)).toBeVisible()
  const [html = ''] = await reports.exportTo(home, [`${NAME}.html`])
  const viewer = await reports.view(html)
  await expect(viewer.getByText(hostile)).toBeVisible()
  expect(await viewer.title()).toBe('The 2015 vm_map_ram patch')
})

test('what is not ticked is not in the report', async ({ lab }) => {
  const { bench, reports } = lab
  await bench.runAll(ALL_EQUAL)
  await reports.open()
  await expect(reports.preview.getByRole('heading', { name: 'Scenario source' })).toBeVisible()
  await reports.section('Scenario source').uncheck()
  await expect(reports.preview.getByRole('heading', { name: 'Scenario source' })).toBeHidden()
  await reports.runs().nth(0).uncheck()
  await expect(reports.preview.getByText('2, 3, 4, 5, 6').first()).toBeVisible()
})

test('cancelling the save dialog saves nothing, and only saved reports can be opened', async ({ lab, home }) => {
  const { bench, reports, page } = lab
  await bench.runAll(ALL_EQUAL)
  await reports.open()
  await reports.answerSaveDialog(undefined)
  await reports.export.click()
  await expect(reports.exported).toHaveCount(0)
  const outcome = await page.evaluate((path) => window.lab.openReport(path), `${home}/settings.json`)
  expect(outcome).toMatchObject({ kind: 'refused' })
})

test('a place that cannot be written is named', async ({ lab, home }) => {
  const { bench, reports, page } = lab
  await bench.runAll(ALL_EQUAL)
  await reports.open()
  await reports.answerSaveDialog(`${home}/missing`)
  await page.keyboard.press('Control+e')
  await expect(page.getByText(`${home}/missing/${NAME}.html cannot be written`)).toBeVisible()
})
