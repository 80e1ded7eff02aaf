import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { lab, labJson, useFolder } from './cli.fixture.ts'

const { path } = useFolder()

describe('lab diverge', () => {
  it('explains the first divergence of the 2015 patch, with the lists as the patch draws them', async () => {
    const { exit, out, err } = await lab(['diverge', 'exhaust', '--models', 'v4.0,v4.1', '--machine', 'x86_64-1cpu'])
    expect({ exit, err }).toEqual({ exit: 0, err: '' })
    expect(out).toContain(
      [
        'At map 128 v4.0 takes slot 16 of the newest block, #1, at HEAD; v4.1',
        'fills the hole of 8 slots in an older block, #0, at HEAD.',
      ].join('\n'),
    )
    expect(out).toContain(
      [
        'v4.0, CPU 0, before: 2 blocks listed',
        'HEAD |x---------|xxxxxxxxx-| TAIL',
        '      ^^^^^^^^^^',
        '',
        'v4.1, CPU 0, before: 2 blocks listed',
        'HEAD |xxxxxxxxx-|x---------| TAIL',
        '      ^^^^^^^^^^',
      ].join('\n'),
    )
    expect(out.split('\n').every((line) => line.length <= 72)).toBe(true)
  })

  it('gives the same as data', async () => {
    const args = ['diverge', 'exhaust', '--models', 'before, p3', '--param', 'iters=3']
    expect(await labJson(args)).toMatchObject({
      ...{ scenario: 'exhaust', parameters: { iters: 3 }, models: ['v4.0', 'v4.1'], operations: 756 },
      first: {
        ...{ operation: 255, map: 128 },
        sides: [
          { model: 'v4.0', kind: 'slots', block_ordinal: 2, slot: 16, new_block: false, list_position: 1 },
          { model: 'v4.1', kind: 'slots', block_ordinal: 1, slot: 1016, new_block: false, list_position: 1 },
        ],
      },
      blocks_part: { operation: 253, map: 127 },
      requests_part: null,
    })
  })

  it('says with its exit status that models do not diverge', async () => {
    const { exit, out } = await lab(['diverge', 'random', '--models', 'v4.1,v4.10'])
    expect(exit).toBe(1)
    expect(out).toContain('v4.1, v4.10 choose the same for every map of 20,000 operations.')
  })

  it('takes a text in C, and says how it ended', async () => {
    const file = path('ends.c')
    writeFileSync(
      file,
      'void scenario(void)\n{\n\tfor (;;)\n\t\tvm_unmap_ram(vm_map_ram(pages, 3, -1, PAGE_KERNEL), 3);\n}\n',
    )
    const { exit, out } = await lab(['diverge', file, '--models', 'v3.2,v4.0', '--max-operations', '5000'])
    expect(exit).toBe(1)
    expect(out.replaceAll('\n', ' ')).toContain(
      'v4.0: The run ended after operation 5,000: line 4, column 16: The run has made 5000 operations',
    )
  })

  it.each([
    [[], '--models is ""; accepted are 2 to 8 models'],
    [['--models', 'v4.0'], '--models is "v4.0"; accepted are 2 to 8 models'],
    [['--models', 'v4.0,'], '--models is "v4.0,"'],
    [['--models', 'v4.0,before'], '--models names v4.0 twice'],
    [['--models', 'v4.0,v9.9'], 'v9.9'],
  ])('refuses %j', async (args, message) => {
    const { exit, err } = await lab(['diverge', 'exhaust', ...args])
    expect(exit).toBe(2)
    expect(err).toContain(message)
  })
})
