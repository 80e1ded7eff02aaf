import { undo } from '@codemirror/commands'
import type { EditorState } from '@codemirror/state'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { MACHINE_PRESETS } from '../../shared/machine.ts'
import type { ScenarioCheck } from '../../shared/scenario-check.ts'
import type { ScenarioInfo } from '../../shared/scenario.ts'
import { installFakeLab } from '../testing/fake-lab.ts'
import { scenarioJournal, type ScenarioJournal } from '../testing/scenario-journal.ts'
import { useAppStore } from './app.ts'
import { useBenchStore } from './bench.ts'
import { useDeskStore } from './desk.ts'
import { useOwnScenariosStore } from './own-scenarios.ts'

const SOURCE = 'static int iters = 1000; /* 1..100000 */\nvoid scenario(void)\n{\n}\n'

const ready = (id: string, title: string): ScenarioInfo => ({
  id,
  title,
  description: `About ${title}.`,
  parameters: [{ name: 'iters', help: '', min: 1, max: 100_000, default: 1000 }],
  usesSeed: false,
  source: `/* ${id} */\n${SOURCE}`,
})

let journal: ScenarioJournal

/** The window of a start of the app. */
function start() {
  setActivePinia(createPinia())
  useAppStore().catalog = {
    scenarios: [ready('exhaust', 'Exhaust'), ready('random', 'Random'), ready('orders', 'Orders')],
    models: [],
    customModels: [],
    savedMachines: [],
    machines: MACHINE_PRESETS,
  }
  return { desk: useDeskStore(), bench: useBenchStore(), own: useOwnScenariosStore() }
}

beforeEach(() => {
  // What was asked for at the end of a test is not answered in the next one
  vi.useFakeTimers()
  journal = scenarioJournal()
  const good: ScenarioCheck = { diagnostics: [], parameters: [], usesSeed: false, outline: [] }
  installFakeLab({
    ...journal.methods,
    checkScenario: (source) =>
      Promise.resolve(
        source.includes('oops')
          ? {
              ...good,
              diagnostics: [
                { from: 0, to: 1, line: 1, column: 1, endLine: 1, endColumn: 2, severity: 'error', message: 'oops' },
              ],
            }
          : good,
      ),
  })
})
afterEach(() => {
  vi.clearAllTimers()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

type Desk = ReturnType<typeof useDeskStore>

/** Types as the editor does: into its state first, then into the desk. */
function type(desk: Desk, change: (text: string) => string): void {
  const { ref, text } = desk.open!
  const state = desk.editors.stateOf(ref, text)
  const next = change(text)
  const typed = state.update({ changes: { from: 0, to: state.doc.length, insert: next }, userEvent: 'input' }).state
  desk.editors.keep(ref, typed)
  desk.edit(ref, next)
}

function undone(state: EditorState): string {
  let result = state
  undo({ state, dispatch: (transaction) => (result = transaction.state) })
  return result.doc.toString()
}

const titles = (desk: Desk): readonly string[] => desk.chosen.map(({ title }) => title)
const withIters = (iters: string) => (text: string) => text.replace(/iters = [^;]*;/, `iters = ${iters};`)

describe('a ready scenario', () => {
  it('takes another default in the text as the value of its parameter, and the other way round', () => {
    const { desk, bench } = start()
    type(desk, withIters('2000'))
    expect(bench.setup.parameters['exhaust']).toEqual({ iters: 2000 })
    expect(desk.open).toMatchObject({ ref: 'exhaust', kind: 'ready', unsaved: false })
    bench.setup = { ...bench.setup, parameters: { exhaust: { iters: 7 } } }
    expect(desk.open?.text).toContain('iters = 7;')
  })

  it('keeps a default that is being typed, and the value that it had', () => {
    const { desk, bench } = start()
    for (const digits of ['100', '', '-', '200001']) {
      type(desk, withIters(digits))
      expect(desk.open?.text).toContain(`iters = ${digits};`)
    }
    expect(bench.setup.parameters['exhaust']).toEqual({ iters: 100 })
    bench.setup = { ...bench.setup, parameters: { exhaust: { iters: 5 } } }
    type(desk, (text) => text)
    expect(bench.setup.parameters['exhaust']).toEqual({ iters: 5 })
  })

  it('becomes an own one with any other change, in its place and with its undo', () => {
    const { desk, own } = start()
    const before = desk.open!.text
    type(desk, (text) => text.replace('{\n', '{\n\tint i;\n'))
    expect(titles(desk)).toEqual(['Exhaust (edited)', 'Random', 'Orders'])
    expect(desk.open).toMatchObject({ ref: 'draft:1', kind: 'own', unsaved: true })
    expect(own.find('draft:1')?.copyOf).toBe('exhaust')
    expect(undone(desk.editors.stateOf('draft:1', desk.open!.text))).toBe(before)
    expect(desk.scenarioOf('exhaust')?.text).toBe(before)
  })

  it('is itself again when nothing is left of the changes', () => {
    const { desk, own, bench } = start()
    type(desk, (text) => `${text}\n`)
    type(desk, (text) => withIters('9')(text.slice(0, -1)))
    expect(titles(desk)).toEqual(['Exhaust', 'Random', 'Orders'])
    expect(own.scenarios).toEqual([])
    expect(bench.setup.parameters['exhaust']).toEqual({ iters: 9 })
    expect(desk.open).toMatchObject({ ref: 'exhaust', kind: 'ready' })
  })

  it('stays beside its copy where both are chosen', () => {
    const { desk } = start()
    const before = desk.open!.text
    type(desk, (text) => `${text}\n`)
    desk.choose(['exhaust'])
    type(desk, () => before)
    expect(titles(desk)).toEqual(['Exhaust (edited)', 'Random', 'Orders', 'Exhaust'])
  })
})

describe('the scenarios of the experiment', () => {
  it('are opened and taken out; the one beside is open then', () => {
    const { desk } = start()
    desk.show('random')
    desk.dismiss('random')
    expect([desk.open?.ref, titles(desk)]).toEqual(['orders', ['Exhaust', 'Orders']])
    desk.dismiss('orders')
    desk.dismiss('exhaust')
    expect([desk.open, titles(desk)]).toEqual([undefined, []])
    desk.show('random')
    expect(desk.open?.ref).toBe('random')
  })

  it('make room for a new one, and come back beside it', () => {
    const { desk, own } = start()
    const undoIt = desk.showAlone(own.create('New', 'text'))
    expect(titles(desk)).toEqual(['New'])
    undoIt()
    expect(titles(desk)).toEqual(['New', 'Exhaust', 'Random', 'Orders'])
    expect(desk.open?.title).toBe('New')
  })

  it('are known as wrong while their texts have errors', async () => {
    const { desk, own } = start()
    desk.show(own.create('Bad', 'oops'))
    await vi.waitFor(() => expect(desk.wrong.map(({ title }) => title)).toEqual(['Bad']))
    type(desk, () => 'fine')
    await vi.waitFor(() => expect(desk.wrong).toEqual([]))
  })

  it('are the same after a restart, drafts included, with the same one open', async () => {
    const first = start()
    first.desk.show('random')
    type(first.desk, (text) => `${text}/* mine */`)
    await nextTick()
    const { desk } = start()
    expect(titles(desk)).toEqual(['Exhaust', 'Random (edited)', 'Orders'])
    expect(desk.open).toMatchObject({ title: 'Random (edited)', unsaved: true })
    expect(desk.open?.text).toContain('/* mine */')
  })

  it('keep their place when they are saved', async () => {
    const { desk, own, bench } = start()
    type(desk, (text) => `${text}/* mine */`)
    const outcome = await own.save('draft:1')
    desk.refer('draft:1', outcome.kind === 'done' ? outcome.value : '')
    expect(bench.setup.scenarioIds).toEqual(['saved:1', 'random', 'orders'])
    expect(desk.open).toMatchObject({ ref: 'saved:1', unsaved: false, versions: 1 })
    expect(undone(desk.editors.stateOf('saved:1', desk.open!.text))).not.toContain('mine')
  })
})
