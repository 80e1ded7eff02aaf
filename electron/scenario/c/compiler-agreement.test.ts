import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Machine } from '../../../shared/machine.ts'
import { NARROW, OUT_FUNCTION, Recorder, run, WIDE } from './testing/scenario.fixture.ts'
import { RandomProgram } from './testing/random-program.fixture.ts'

const hasCompiler = spawnSync('cc', ['--version']).status === 0

const FUNCTIONS = 50
const PROGRAMS = 4

/** What makes the text of a scenario a C program that prints the size of every map. */
const PRELUDE = `#include <stdbool.h>
#include <stdio.h>
#define pages 0
#define PAGE_KERNEL 0
static void *vm_map_ram(int unused, unsigned int count, int node, int prot)
{
	printf("%u\\n", count);
	return 0;
}
`
const MAIN = 'int main(void)\n{\n\tscenario();\n\treturn 0;\n}\n'

/** The sizes that a compiled scenario prints. A 32-bit long is an int: many machines have no 32-bit libraries. */
function compiled(text: string, { wordBits }: Machine): readonly number[] {
  const folder = mkdtempSync(join(tmpdir(), 'vmap-lab-cc-'))
  try {
    const narrowed =
      wordBits === 32 ? `#define long int\n${text.replace(/\b(0x[0-9a-f]+|\d+)(u?)l\b/gi, '$1$2')}` : text
    writeFileSync(join(folder, 'scenario.c'), `${PRELUDE}${narrowed}${MAIN}`)
    const flags = ['-std=gnu11', '-O0', '-w', '-fwrapv', '-o', join(folder, 'scenario'), join(folder, 'scenario.c')]
    execFileSync('cc', flags, { stdio: 'pipe' })
    const printed = execFileSync(join(folder, 'scenario'), { encoding: 'utf8', maxBuffer: 2 ** 28 })
    return printed.trim().split('\n').map(Number)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function interpreted(text: string, machine: Machine): readonly number[] {
  const recorder = new Recorder()
  recorder.fails = () => true
  return run(text, { machine, recorder }).sizes
}

describe.skipIf(!hasCompiler)('what a C compiler makes of the same text', () => {
  describe.each([
    ['64-bit', WIDE],
    ['32-bit', NARROW],
  ])('%s', (_, machine) => {
    it.each(Array.from({ length: PROGRAMS }, (_, seed) => seed))(`${FUNCTIONS} functions, seed %i`, (seed) => {
      const text = `${OUT_FUNCTION}${new RandomProgram(seed).text(FUNCTIONS)}`
      const expected = compiled(text, machine)
      expect(expected.length).toBeGreaterThan(FUNCTIONS)
      expect(interpreted(text, machine)).toEqual(expected)
    })
  })
})
