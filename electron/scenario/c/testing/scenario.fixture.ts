import { MACHINE_PRESETS, type Machine } from '../../../../shared/machine.ts'
import type { RequestSink } from '../../../../shared/requests.ts'
import type { Diagnostic, ScenarioCheck, TextEdit } from '../../../../shared/scenario-check.ts'
import { checkScenario } from '../check-scenario.ts'
import { compileScenario, type CompileOptions } from '../compile-scenario.ts'
import { loadGrammar } from '../syntax/parse.ts'

await loadGrammar()

export const WIDE = presetMachine('x86_64')
export const NARROW = presetMachine('i386-8')

function presetMachine(id: string): Machine {
  const preset = MACHINE_PRESETS.find((candidate) => candidate.id === id)
  if (preset === undefined) throw new Error(`There is no machine ${id}.`)
  return preset.machine
}

/** Writes down the calls it gets. Mappings get one page after the other, or fail. */
export class Recorder implements RequestSink {
  readonly calls: string[] = []
  readonly sizes: number[] = []
  fails: (call: number) => boolean = () => false
  #next = 0

  setCpu(cpu: number): void {
    this.calls.push(`cpu ${cpu}`)
  }

  mapRam(pages: number): number {
    this.sizes.push(pages)
    return this.#map(`map ${pages}`, pages)
  }

  unmapRam(startPage: number, pages: number): void {
    this.calls.push(`unmap ${startPage} ${pages}`)
  }

  vmap(pages: number): number {
    return this.#map(`vmap ${pages}`, pages + 1)
  }

  vunmap(startPage: number): void {
    this.calls.push(`vunmap ${startPage}`)
  }

  unmapAliases(): void {
    this.calls.push('aliases')
  }

  #map(call: string, pages: number): number {
    this.calls.push(call)
    if (this.fails(this.calls.length)) return -1
    this.#next += pages
    return this.#next - pages
  }
}

export type RunOptions = Partial<CompileOptions> & { readonly recorder?: Recorder }

/** Runs a scenario on a recorder, on the 64-bit machine if none is given. */
export function run(text: string, { recorder = new Recorder(), ...options }: RunOptions = {}): Recorder {
  compileScenario(text, { machine: WIDE, parameters: {}, seed: 1, clock: () => 0, ...options }).issue(recorder)
  return recorder
}

export function calls(text: string, options: RunOptions = {}): readonly string[] {
  return run(text, options).calls
}

/** The message with which a scenario ends. */
export function failure(text: string, options: RunOptions = {}): string {
  try {
    run(text, options)
  } catch (error) {
    return (error as Error).message
  }
  throw new Error('The scenario was expected to fail and did not.')
}

/** `out(x)` in a scenario: hands the low and high 32 bits of x to the sink as the sizes of two maps. */
const OUT = `static void out(unsigned long value)
{
	(void)vm_map_ram(pages, value, -1, PAGE_KERNEL);
	(void)vm_map_ram(pages, value >> 16 >> 16, -1, PAGE_KERNEL);
}
`

/** What a scenario's body hands to `out`, as signed numbers of the machine's word. */
export function outputs(body: string, machine: Machine = WIDE, before = ''): readonly bigint[] {
  const recorder = new Recorder()
  recorder.fails = () => true
  const { sizes } = run(`${OUT}${before}\nvoid scenario(void)\n{\n${body}\n}\n`, { machine, recorder })
  return Array.from({ length: sizes.length / 2 }, (_, index) => {
    const [low = 0, high = 0] = sizes.slice(2 * index)
    const value = BigInt(low) + (BigInt(high) << 32n)
    return BigInt.asIntN(machine.wordBits, value)
  })
}

/** What an expression of integers gives. */
export function evaluate(expression: string, machine: Machine = WIDE): bigint {
  return outputs(`out(${expression});`, machine)[0] as bigint
}

export { OUT as OUT_FUNCTION }

/** Diagnostics as `line:column severity message`. */
export function report(text: string, machine: Machine = WIDE): readonly string[] {
  return checkScenario(text, machine).diagnostics.map(describe)
}

export function describe({ line, column, severity, message }: Diagnostic): string {
  return `${line}:${column} ${severity}: ${message}`
}

/** A text with the first fix that is offered applied, again and again until none is left. */
export function fixed(text: string, machine: Machine = WIDE): string {
  let current = text
  for (let round = 0; round < 20; round += 1) {
    const fix = checkScenario(current, machine).diagnostics.find((diagnostic) => diagnostic.fix)?.fix
    if (fix === undefined) return current
    current = edited(current, fix.edits)
  }
  throw new Error('The fixes never come to an end.')
}

export function edited(text: string, edits: readonly TextEdit[]): string {
  return edits
    .toSorted((left, right) => right.from - left.from)
    .reduce((current, { from, to, insert }) => current.slice(0, from) + insert + current.slice(to), text)
}

export function check(text: string, machine: Machine = WIDE): ScenarioCheck {
  return checkScenario(text, machine)
}
