import { describe, expect, it, vi } from 'vitest'
import { LAB_API_METHODS, type LabApi } from '../shared/contract.ts'
import { MACHINE_PRESETS } from '../shared/machine.ts'

vi.mock('electron', () => ({ net: {}, protocol: {} }))
const { answerCall, setUpIpc } = await import('./ipc.ts')

const ownPage = { senderFrame: { url: 'app://lab/index.html', parent: null } }

const { machine } = MACHINE_PRESETS[0]!

/** An API that writes down the calls that reach it. */
function recordingApi(): { api: LabApi; calls: unknown[][] } {
  const calls: unknown[][] = []
  const methods = LAB_API_METHODS.map((method) => [
    method,
    (...args: unknown[]) => {
      calls.push([method, ...args])
      return Promise.resolve('answer')
    },
  ])
  return { api: Object.fromEntries(methods) as LabApi, calls }
}

describe('a call of the window', () => {
  it('reaches its handler with the checked arguments', async () => {
    const { api, calls } = recordingApi()
    await expect(answerCall(api, 'writeNote', ownPage, [3, 'text', 'stretch'])).resolves.toBe('answer')
    expect(calls).toEqual([['writeNote', 3, 'text', 'stretch']])
  })

  it.each([
    ['another origin', { senderFrame: { url: 'https://example.org/', parent: null } }],
    ['an origin that begins alike', { senderFrame: { url: 'app://lab.example/index.html', parent: null } }],
    ['a file', { senderFrame: { url: 'file:///index.html', parent: null } }],
    ['a frame inside the page', { senderFrame: { url: 'app://lab/index.html', parent: {} } }],
    ['a frame that is gone', { senderFrame: null }],
  ])('is refused from %s', async (_, caller) => {
    const { api, calls } = recordingApi()
    await expect(answerCall(api, 'catalog', caller, [])).rejects.toThrow('not the lab')
    expect(calls).toEqual([])
  })

  it.each([
    ['too few arguments', 'writeNote', [3]],
    ['too many arguments', 'catalog', ['more']],
    ['an id that is none', 'openRun', ['../1']],
    ['a note beyond its limit', 'writeNote', [3, 'x'.repeat(100_001), 'stretch']],
    ['an unknown setting', 'changeSettings', [{ admin: true }]],
    ['an unknown report format', 'exportReport', [{ runIds: [1], sections: [] }, 'exe']],
    [
      'an unknown field of a run',
      'startExperiment',
      [{ title: '', question: '', runs: [{ scenarioId: 'x', extra: 1 }] }],
    ],
    ['a text without end', 'checkScenario', ['x'.repeat(1_000_001), machine]],
    ['a machine that is none', 'checkScenario', ['', { ...machine, wordBits: 16 }]],
    ['an unknown field of a program', 'saveScenario', [{ name: 'a', source: '', version: 1 }]],
    ['budgets beyond their limits', 'changeSettings', [{ budgets: { operations: 1, liveMappings: 1e9, wallMs: 1 } }]],
    ['a model without choices', 'saveModel', [{ model: { name: 'mine', base: 'v4.0' } }]],
    ['choices that are no texts or numbers', 'saveModel', [{ model: { name: 'a', base: 'v4.0', choices: { a: {} } } }]],
    ['a source that no machine comes from', 'importMachine', ['/etc/passwd']],
    ['a machine without a word size', 'saveMachine', [{ machine: { name: 'a', description: '', machine: {} } }]],
    ['a name beyond its limit', 'saveModel', [{ model: { name: 'a'.repeat(41), base: 'v4.0', choices: {} } }]],
  ] as const)('is refused with %s', async (_, method, args) => {
    const { api, calls } = recordingApi()
    await expect(answerCall(api, method, ownPage, args)).rejects.toThrow(`${method} was refused: argument`)
    expect(calls).toEqual([])
  })
})

it('every method of the contract is connected once', () => {
  const channels: string[] = []
  const ipcMain = { handle: (channel: string) => void channels.push(channel) }
  setUpIpc(ipcMain, () => recordingApi().api)
  expect(channels).toEqual(LAB_API_METHODS.map((method) => `lab:${method}`))
})
