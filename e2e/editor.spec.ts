/** Scenarios in C, written in the window. */
import { expect, test } from './fixture.ts'

/** The first workload as the letter of the patch prints it: declarations and the step of iters are left out there. */
const FIRST_WORKLOAD = `  while (iters) {

		/* Map/unmap big chunk */
		vaddr = vm_map_ram(pages, 16, -1, PAGE_KERNEL);
        vm_unmap_ram(vaddr, 16);

		/* Map/unmap small chunks.
		 *
		 * -1 for hole, which should be left at the end of each block
		 * to keep it partially used, with some free space available */
		for (i = 0; i < (VMAP_BBMAP_BITS - 16) / 8 - 1; i++) {
			vaddr = vm_map_ram(pages, 8, -1, PAGE_KERNEL);
            vm_unmap_ram(vaddr, 8);
        }
  }
`

test('the first workload, pasted as the patch prints it, is fixed and run by keys alone, to the published counts', async ({
  lab: { page, bench, editor },
}) => {
  await page.keyboard.press('Control+Alt+n')
  await expect(editor.text).toBeFocused()
  await editor.paste(FIRST_WORKLOAD)
  await expect(editor.problems).toHaveText([
    /1:10\s*iters is not declared and never set, so it is a parameter/,
    /4:3\s*vaddr is not declared/,
    /11:8\s*i is not declared/,
  ])
  await expect(bench.run).toBeDisabled()
  await editor.fixNext()
  await expect(editor.problems).toHaveText([/vaddr is not declared/, /i is not declared/])
  await editor.fixNext()
  await expect(editor.problems).toHaveText([/i is not declared/])
  await editor.fixNext()
  // Only now can it be seen that the loop never ends
  await expect(editor.problems).toHaveText([/iters/])
  await editor.fixNext()
  await expect(editor.problems).toHaveCount(0)
  await expect(
    editor.outline.getByRole('treeitem', { name: /1,000 times: 126 maps per iteration, 1,016 slots/ }),
  ).toBeVisible()
  await expect(editor.preview).toContainText('first 1,000 of 252,000 requests')
  await page.keyboard.press('Control+Enter')
  await expect(bench.verdict).toContainText('v4.0 leaves 1,000 blocks listed; v4.1 leaves 1.')
  const counts = async (modelId: string): Promise<readonly number[]> => [
    await bench.count('Untitled', 'alloc_vmap_area', modelId),
    await bench.count('Untitled', 'free_vmap_block', modelId),
  ]
  expect(await counts('v4.0')).toEqual([1000, 0])
  expect(await counts('v4.1')).toEqual([993, 992])
})

test('the form changes the text, and the text the form', async ({ lab: { page, bench, editor } }) => {
  await bench.leaveOut('Random', 'Sequential orders')
  await bench.parameter('iters').fill('2,000')
  expect(await editor.source()).toContain('static int iters = 2000; /* 1..10000000: outer iterations */')
  await editor.paste(
    'static int pages_each = 7; /* 1..64: pages of each map */\nvm_unmap_ram(vm_map_ram(pages, pages_each, -1), pages_each);\n',
  )
  await expect(bench.parameter('pages_each')).toHaveValue('7')
  await expect(bench.parameter('iters')).toHaveCount(0)
  await editor.parameters.getByRole('slider').press('End')
  await expect(bench.parameter('pages_each')).toHaveValue('64')
  expect(await editor.source()).toContain('static int pages_each = 64;')
  await bench.parameter('pages_each').fill('65')
  await expect(editor.parameters.getByRole('alert')).toHaveText('Enter a whole number from 1 to 64.')
  await expect(bench.run).toBeDisabled()
  await bench.parameter('pages_each').fill('8')
  await expect(bench.run).toBeEnabled()
  await editor.text.focus()
  await page.keyboard.press('Control+z')
  await expect(bench.parameter('pages_each')).toHaveValue('64')
})

test('what was typed and what can be undone survive a restart; saving makes versions', async ({ lab, start }) => {
  await lab.bench.leaveOut('Random', 'Sequential orders')
  await lab.editor.paste('vm_unmap_aliases();\n')
  await expect(lab.editor.tab('Exhaust (edited)')).toBeVisible()
  await expect(lab.editor.preview).toContainText('all 1 request')
  await lab.app.close()

  const again = await start()
  await expect(again.editor.tab(/^Exhaust \(edited\)\s*, not saved/)).toBeVisible()
  expect(await again.editor.source()).toBe('vm_unmap_aliases();\n')
  await again.editor.text.focus()
  await again.page.keyboard.press('Control+z')
  expect(await again.editor.source()).toContain('static int iters = 1000;')
  await again.page.keyboard.press('Control+y')
  await again.page.keyboard.press('Control+s')
  await expect(again.editor.tab(/not saved/)).toHaveCount(0)
  await again.editor.paste('vm_unmap_aliases();\nvm_unmap_aliases();\n')
  await again.page.keyboard.press('Control+s')
  await again.page.keyboard.press('Control+Alt+v')
  const versions = again.page.getByRole('dialog', { name: /^Versions/ })
  await expect(versions.getByRole('radio')).toHaveCount(2)
})
