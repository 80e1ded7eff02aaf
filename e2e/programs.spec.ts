/** Scenarios in C in the app itself: grammar, threads and journal of the built app, through the window's own API. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import type { LabBridge } from '../shared/contract.ts'
import type { RunRecord } from '../shared/journal.ts'
import { DEFAULT_MACHINE_ID, MACHINE_PRESETS } from '../shared/machine.ts'
import type { RunSpec } from '../shared/run.ts'
import { DEFAULT_SEED } from '../shared/scenario.ts'
import { expect, test } from './fixture.ts'
import { runLabCommand } from './outside.ts'

/** As the window's own scripts see it. */
declare const window: { readonly lab: LabBridge }

const EXHAUST = `static int iters = 1000; /* 1..1000000: outer iterations */

static void pair(int n)
{
	void *p = vm_map_ram(pages, n, -1, PAGE_KERNEL);

	vm_unmap_ram(p, n);
}

void scenario(void)
{
	int i, j;

	for (i = 0; i < iters; i++) {
		pair(16);
		for (j = 1; j < (VMAP_BBMAP_BITS - 16) / 8; j++)
			pair(8);
	}
}
`
const { machine } = MACHINE_PRESETS.find(({ id }) => id === DEFAULT_MACHINE_ID)!

function specOf(source: string, modelId = 'v4.0'): RunSpec {
  const program = { title: 'Exhaust (edited)', source }
  const place = { machineId: DEFAULT_MACHINE_ID, machine, modelId }
  return { scenarioId: 'program', program, parameters: {}, seed: DEFAULT_SEED, ...place }
}

/** Starts runs, cancels them as soon as one tells of its progress if that is asked for, and waits until all have ended. */
function runAll(page: Page, runs: readonly RunSpec[], act?: 'cancel'): Promise<RunRecord[]> {
  return page.evaluate(
    async ([specs, action]) => {
      const ended: RunRecord[] = []
      const all = new Promise<void>((resolve) => {
        window.lab.on('runEnded', (run) => {
          ended.push(run)
          if (ended.length === specs.length) resolve()
        })
      })
      const underWay = new Promise<void>((resolve) => {
        window.lab.on('runProgress', () => resolve())
      })
      const outcome = await window.lab.startExperiment({ title: 'Programs', question: '', runs: specs })
      if (outcome.kind !== 'done') throw new Error(outcome.kind === 'refused' ? outcome.reason : outcome.kind)
      if (action === 'cancel') {
        await underWay
        await window.lab.cancelExperiment(outcome.value)
      }
      await all
      return ended.sort((left, right) => left.id - right.id)
    },
    [runs, act] as const,
  )
}

test('a program is checked, previewed and run in the built app, to the published counts', async ({
  lab: { page, journal },
}) => {
  const check = await page.evaluate(([text, on]) => window.lab.checkScenario(text, on), [EXHAUST, machine] as const)
  expect(check).toMatchObject({ diagnostics: [], parameters: [{ name: 'iters', default: 1000 }] })
  const request = { source: EXHAUST, machine, parameters: {}, seed: DEFAULT_SEED }
  const preview = await page.evaluate((asked) => window.lab.previewScenario(asked), request)
  expect(preview).toMatchObject({ operationsTotal: 252_000, ended: false })
  expect(preview.requests).toHaveLength(1000)
  const runs = await runAll(page, [specOf(EXHAUST), specOf(EXHAUST, 'v4.1')])
  expect(runs.map(({ counts }) => [counts?.alloc_vmap_area, counts?.free_vmap_block])).toEqual([
    [1000, 0],
    [993, 992],
  ])
  await journal.open()
  for (const { id } of runs) await expect(journal.run(id)).toContainText('Exhaust (edited)')
})

test('a text with errors is refused, and a program that goes wrong or never ends does no harm', async ({
  lab: { page },
}) => {
  await expect(runAll(page, [specOf(EXHAUST.replace('int i, j;', 'int i;'))])).rejects.toThrow(
    '"Exhaust (edited)", line 16, column 8: j is not declared.',
  )
  const [failed] = await runAll(page, [specOf(EXHAUST.replace('vm_unmap_ram(p, n)', 'vm_unmap_ram(p, n + 1)'))])
  expect(failed).toMatchObject({ status: 'failed' })
  expect(failed?.failure).toMatch(/^line 7, column 2: /)
  const [endless] = await runAll(page, [specOf('void scenario(void) { for (;;) ; }')], 'cancel')
  expect(endless).toMatchObject({ status: 'cancelled' })
})

/** Answers the system's dialogs with this file from now on. */
async function answerFileDialogs(app: ElectronApplication, path: string): Promise<void> {
  await app.evaluate(({ dialog }, file) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: file })
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [file] })
  }, path)
}

test('a captured trace is imported, looked at, run beside the kernel models, and found by the command line', async ({
  lab,
  home,
}) => {
  const { page, app, bench, editor } = lab
  const path = join(home, 'captured.txt')
  const requests = Array.from({ length: 200 }, (_, id) => `m ${id} 16\nu ${id}\n`)
  writeFileSync(path, `# captured\n${requests.join('')}`)
  await answerFileDialogs(app, path)
  await page.keyboard.press('Control+Shift+o')
  const facts = page.getByRole('region', { name: 'Scenario', exact: true })
  await expect(facts).toContainText(path)
  await expect(editor.preview).toContainText('all 400 requests')
  await page.keyboard.press('Control+Enter')
  await expect(bench.verdict).toContainText('v4.0')
  expect(await bench.count('captured.txt', 'alloc_vmap_area', 'v4.1')).toBe(4)
  const { stdout } = await runLabCommand(home, 'run', 'captured.txt', '--model', 'v4.1', '--json')
  expect(JSON.parse(stdout)).toMatchObject({ counts: { vm_map_ram: 200, alloc_vmap_area: 4 } })
  // The experiment sets the Bench to the same trace again, and another file in its place is noticed
  writeFileSync(path, 'm 1 1\n')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('is not the trace that was chosen').first()).toBeVisible()
})

test("scenarios of one's own are saved, exported and imported, and the command line finds them", async ({
  lab,
  home,
}) => {
  const { page, app } = lab
  const saved = await page.evaluate((source) => window.lab.saveScenario({ name: 'my burst', source }), EXHAUST)
  if (saved.kind !== 'done') throw new Error(saved.kind)
  const path = join(home, 'exported.c')
  await answerFileDialogs(app, path)
  expect(await page.evaluate((id) => window.lab.exportScenario(id), saved.value.id)).toEqual({
    kind: 'done',
    value: path,
  })
  expect(readFileSync(path, 'utf8')).toBe(EXHAUST)
  expect(await page.evaluate(() => window.lab.importScenario())).toMatchObject({
    kind: 'done',
    value: { name: 'exported', source: EXHAUST, versions: 1 },
  })
  const names = await page.evaluate(async () => (await window.lab.listScenarios()).map(({ name }) => name))
  expect(names).toEqual(['exported', 'my burst'])
  const { stdout } = await runLabCommand(home, 'run', 'my burst', '--model', 'v4.1', '--json')
  expect(JSON.parse(stdout)).toMatchObject({ counts: { alloc_vmap_area: 993, free_vmap_block: 992 } })
})
