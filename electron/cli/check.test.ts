import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { lab, useFolder } from './cli.fixture.ts'

const GOOD = `static int iters = 3; /* 1..10: maps */
void scenario(void)
{
	while (iters--)
		(void)vm_map_ram(pages, rand(1, VMAP_MAX_ALLOC), -1, PAGE_KERNEL);
}
`
const BAD = 'while (iters--) {\n  p = vm_map_ram(pages, 16, -1, PAGE_KERNEL);\n  goto end;\n}\n'

const folder = useFolder()

function fileWith(text: string): string {
  const path = folder.path('scenario.c')
  writeFileSync(path, text)
  return path
}

describe('check', () => {
  it('prints what is wrong as compilers do, and exits with 1', async () => {
    const path = fileWith(BAD)
    const { exit, out, err } = await lab(['check', path])
    expect({ exit, err }).toEqual({ exit: 1, err: '' })
    expect(out.split('\n')).toEqual([
      `${path}:1:8: warning: iters is not declared and never set, so it is a parameter: 1000, from 1 to 1000000. [Make iters a parameter]`,
      `${path}:2:3: error: p is not declared. [Declare void *p]`,
      `${path}:3:3: error: goto is not in the lab’s C; use a loop with break or continue.`,
      `${path}: 2 errors, 1 warning`,
      '  iters = 1000, from 1 to 1000000: iters',
      '',
    ])
  })

  it('says what a good scenario has', async () => {
    const path = fileWith(GOOD)
    const { exit, out } = await lab(['check', path])
    expect(exit).toBe(0)
    expect(out).toBe(`${path}: 0 errors, 0 warnings\n  iters = 3, from 1 to 10: maps\n  the seed makes a difference\n`)
  })

  it('prints data, also of standard input and for another machine', async () => {
    const { exit, out } = await lab(['check', '-', '--json', '--machine', 'i386'], `${BAD}long l = 3000000000;`)
    expect(exit).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      file: 'standard input',
      errors: 3,
      warnings: 1,
      diagnostics: [
        { severity: 'warning', line: 1, column: 8, end_line: 1, end_column: 13 },
        { message: 'p is not declared.', fix: { title: 'Declare void *p', edits: [{ insert: 'void *p;\n' }] } },
        { line: 3 },
        { message: '3000000000 does not fit in long of 32 bits.' },
      ],
      parameters: [{ name: 'iters', min: 1, max: 1_000_000, default: 1000 }],
      uses_seed: false,
    })
  })

  it('names a file that cannot be read', async () => {
    const { exit, err } = await lab(['check', folder.path('none.c')])
    expect(exit).toBe(2)
    expect(err).toContain('none.c: cannot be read')
  })
})
