import { describe, expect, it } from 'vitest'
import { MACHINE_PRESETS, type MachinePreset } from '../../../shared/machine.ts'
import { declarationText, frameText, valueText } from './program-words.ts'

const [{ machine }] = MACHINE_PRESETS as [MachinePreset]

describe('values of a scenario', () => {
  it('are written as C has them', () => {
    const scalar = { type: 'int', length: undefined }
    const text = (value: Parameters<typeof valueText>[0]['values'][number]): string =>
      valueText({ ...scalar, name: 'x', values: [value] }, machine)
    expect(text({ kind: 'number', digits: '-12' })).toBe('-12')
    expect(text({ kind: 'null' })).toBe('NULL')
    expect(text({ kind: 'stale' })).toBe('unmapped')
    expect(text(undefined)).toBe('not set')
    const first = BigInt(machine.vmallocStartPage) * 4096n
    expect(text({ kind: 'mapping', startPage: 2 })).toBe(`0x${(first + 8192n).toString(16)}`)
  })

  it('name the elements that are not shown', () => {
    const two = [
      { kind: 'number', digits: '5' },
      { kind: 'number', digits: '6' },
    ] as const
    expect(valueText({ name: 'x', type: 'long', values: two, length: 2 }, machine)).toBe('{ 5, 6 }')
    expect(valueText({ name: 'x', type: 'long', values: two, length: 2002 }, machine)).toBe('{ 5, 6 … 2,000 more }')
  })

  it('are declared as in C', () => {
    expect(declarationText({ name: 'p', type: 'void *', values: [], length: undefined })).toBe('void *p')
    expect(declarationText({ name: 'p', type: 'void *', values: [], length: 8 })).toBe('void *p[8]')
    expect(declarationText({ name: 'n', type: 'unsigned int', values: [], length: undefined })).toBe('unsigned int n')
  })

  it('stand under the function with the loops around the call', () => {
    const frame = { functionName: 'scenario', line: 12, variables: [] }
    expect(frameText({ ...frame, passes: [] })).toBe('scenario(), line 12')
    const passes = [
      { line: 7, iteration: 1000 },
      { line: 9, iteration: 2 },
    ]
    expect(frameText({ ...frame, passes })).toBe(
      'scenario(), line 12: iteration 1,000 of the loop in line 7, iteration 2 of the loop in line 9',
    )
  })
})
