import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { installFakeLab, type FakeLab } from '../testing/fake-lab.ts'
import { scenarioJournal, type ScenarioJournal } from '../testing/scenario-journal.ts'
import { useAppStore } from './app.ts'
import { useOwnScenariosStore } from './own-scenarios.ts'

let journal: ScenarioJournal
let lab: FakeLab

beforeEach(() => {
  journal = scenarioJournal()
  lab = installFakeLab(journal.methods)
  setActivePinia(createPinia())
})
afterEach(() => vi.unstubAllGlobals())

/** The window as it is after the app was started again. */
async function restarted() {
  await nextTick()
  setActivePinia(createPinia())
  const own = useOwnScenariosStore()
  await own.load()
  return own
}

const texts = (own: ReturnType<typeof useOwnScenariosStore>) => own.scenarios.map(({ name, text }) => [name, text])

describe('another window', () => {
  it('sees what is written in this one, and neither loses a text of the other', async () => {
    const own = useOwnScenariosStore()
    const saved = await own.save(own.create('kept', 'first'))
    const ref = saved.kind === 'done' ? saved.value : ''
    own.create('here', 'mine')
    await nextTick()
    const there = [
      { ref: 'draft:7', name: 'there', text: 'theirs' },
      { ref, name: 'kept', text: 'changed there' },
    ]
    localStorage.setItem('scenario-drafts', JSON.stringify({ version: 1, drafts: there }))
    window.dispatchEvent(Object.assign(new Event('storage'), { key: 'scenario-drafts' }))
    expect(texts(own)).toEqual([
      ['there', 'theirs'],
      ['kept', 'changed there'],
    ])
    expect(own.find(ref)?.saved?.source).toBe('first')
    expect(own.create('new', 'text')).toBe('draft:8')
    // What the journal has stays when no window has changed it any more
    localStorage.setItem('scenario-drafts', JSON.stringify({ version: 1, drafts: [] }))
    window.dispatchEvent(Object.assign(new Event('storage'), { key: 'scenario-drafts' }))
    expect(texts(own)).toEqual([['kept', 'first']])
  })
})

describe('a text that is not saved', () => {
  it('outlives the app, under its name', async () => {
    const own = useOwnScenariosStore()
    own.change(own.create('Untitled', 'first'), 'typed')
    own.create('Untitled', 'second')
    expect(texts(await restarted())).toEqual([
      ['Untitled 2', 'second'],
      ['Untitled', 'typed'],
    ])
  })

  it('of a saved scenario outlives the app, beside what is saved', async () => {
    const saved = journal.save('Mine', 'one')
    const own = await restarted()
    own.change(`saved:${saved.id}`, 'two')
    const later = await restarted()
    expect(later.scenarios).toMatchObject([{ ref: `saved:${saved.id}`, text: 'two', saved: { source: 'one' } }])
  })

  it('stays when its scenario is deleted elsewhere, as one that was never saved', async () => {
    const kept = journal.save('Kept', 'one')
    const gone = journal.save('Gone', 'one')
    const own = await restarted()
    own.change(`saved:${kept.id}`, 'typed')
    journal.remove(kept.id)
    journal.remove(gone.id)
    useAppStore().journalChanges += 1
    await vi.waitFor(() => expect(texts(own)).toEqual([['Kept', 'typed']]))
    expect(own.scenarios[0]?.saved).toBeUndefined()
    expect((await own.save(own.scenarios[0]!.ref)).kind).toBe('done')
    expect(own.scenarios).toMatchObject([{ name: 'Kept', saved: { source: 'typed', versions: 1 } }])
  })

  it('is said to be in danger where there is no room to keep it', async () => {
    const own = useOwnScenariosStore()
    const setItem = localStorage.setItem.bind(localStorage)
    vi.spyOn(localStorage, 'setItem').mockImplementation((key, text) => {
      if (text.length > 1000) throw new DOMException('full', 'QuotaExceededError')
      setItem(key, text)
    })
    const ref = own.create('Long', 'x'.repeat(2000))
    await vi.waitFor(() => expect(own.notKept).toContain('no room'))
    own.change(ref, 'short')
    await vi.waitFor(() => expect(own.notKept).toBeUndefined())
  })
})

describe('saving', () => {
  it('makes a scenario of a draft, and then versions of it', async () => {
    const own = useOwnScenariosStore()
    const draft = own.create('Mine', 'one', 'exhaust')
    const outcome = await own.save(draft)
    expect(outcome).toEqual({ kind: 'done', value: 'saved:1' })
    expect(own.find('saved:1')).toEqual({
      ref: 'saved:1',
      name: 'Mine',
      text: 'one',
      saved: { id: 1, source: 'one', versions: 1 },
    })
    expect(await own.save('saved:1')).toEqual({ kind: 'declined' })
    own.change('saved:1', 'two')
    await own.save('saved:1')
    expect((await own.versions('saved:1')).map(({ source }) => source)).toEqual(['two', 'one'])
    expect(texts(await restarted())).toEqual([['Mine', 'two']])
  })

  it('loses nothing that is typed meanwhile', async () => {
    const own = useOwnScenariosStore()
    const draft = own.create('Mine', 'one')
    const saving = own.save(draft)
    own.change(draft, 'typed')
    await saving
    expect(own.scenarios).toMatchObject([{ ref: 'saved:1', text: 'typed', saved: { source: 'one' } }])
  })

  it('that is refused leaves the draft as it is', async () => {
    const own = useOwnScenariosStore()
    const draft = own.create('Mine', 'one')
    journal.refuse('The journal is full.')
    expect(await own.save(draft)).toEqual({ kind: 'refused', reason: 'The journal is full.' })
    expect(own.scenarios).toMatchObject([{ ref: draft, text: 'one' }])
  })
})

describe('the list', () => {
  it('follows the journal, whoever changes it', async () => {
    const own = useOwnScenariosStore()
    const app = useAppStore()
    lab.methods.appInfo = () => Promise.resolve({}) as never
    lab.methods.catalog = () => Promise.resolve({ scenarios: [] }) as never
    lab.methods.journalTotals = () => Promise.resolve({ experiments: 0, runs: 0 })
    await app.load()
    const saved = journal.save('Other', 'one')
    lab.tell('journalChanged', { experiments: 0, runs: 0 })
    await vi.waitFor(() => expect(texts(own)).toEqual([['Other', 'one']]))
    journal.save('Other', 'two', saved.id)
    lab.tell('journalChanged', { experiments: 0, runs: 0 })
    await vi.waitFor(() => expect(texts(own)).toEqual([['Other', 'two']]))
  })

  it('takes imported files with one kind of line end', async () => {
    const own = useOwnScenariosStore()
    expect(await own.importFile()).toEqual({ kind: 'done', value: 'saved:1' })
    expect(own.find('saved:1')?.text).toBe('int a;\nint b;\n')
  })

  it('duplicates what is saved in the journal, and what is not as a draft', async () => {
    const saved = journal.save('Mine', 'one')
    const own = await restarted()
    expect(await own.duplicate(`saved:${saved.id}`)).toEqual({ kind: 'done', value: 'saved:2' })
    own.change('saved:2', 'two')
    expect(await own.duplicate('saved:2')).toEqual({ kind: 'done', value: 'draft:1' })
    expect(own.find('draft:1')).toMatchObject({ name: 'Mine 2 (copy)', text: 'two' })
  })

  it('renames and removes here and in the journal', async () => {
    journal.save('Mine', 'one')
    const own = await restarted()
    await own.rename('saved:1', 'Yours')
    expect((await journal.methods.listScenarios()).map(({ name }) => name)).toEqual(['Yours'])
    expect(own.find('saved:1')?.name).toBe('Yours')
    await own.remove('saved:1')
    expect(await journal.methods.listScenarios()).toEqual([])
    expect(own.scenarios).toEqual([])
  })

  it('has the programs of opened runs at hand, each text once', () => {
    const own = useOwnScenariosStore()
    own.take({ title: 'Run', source: 'text' })
    own.take({ title: 'Other', source: 'text' })
    own.take({ title: 'Run', source: 'other text' })
    expect(texts(own)).toEqual([
      ['Run 2', 'other text'],
      ['Run', 'text'],
    ])
  })
})
