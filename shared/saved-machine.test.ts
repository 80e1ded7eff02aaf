import { describe, expect, it } from 'vitest'
import { MACHINE_PRESETS } from './machine.ts'
import {
  asChoice,
  copyName,
  isPreset,
  MACHINE_DESCRIPTION_MAX,
  machineNameProblem,
  savedMachineProblem,
} from './saved-machine.ts'

const [preset] = MACHINE_PRESETS
const machine = preset!.machine

describe('the name of a saved machine', () => {
  it.each(['mine', 'x86_64 6.1.192-qk', 'A', 'board.v2+test'])('may be %j', (name) => {
    expect(machineNameProblem(name)).toBeUndefined()
  })

  it.each([
    ['i386', 'belongs to a preset'],
    ['X86_64', 'belongs to a preset'],
    ['Custom', 'stands for a machine without one'],
    ['', 'is not a letter'],
    ['1 CPU', 'is not a letter'],
    ['a/b', 'is not a letter'],
    ['two  spaces', 'is not a letter'],
    ['x'.repeat(41), 'at most 39'],
  ])('may not be %j', (name, problem) => {
    expect(machineNameProblem(name)).toContain(problem)
  })
})

it('what cannot be simulated or is too long is not saved', () => {
  const saved = { name: 'mine', description: '', machine }
  expect(savedMachineProblem(saved)).toBeUndefined()
  expect(savedMachineProblem({ ...saved, machine: { ...machine, nrCpus: 0 } })).toContain('nr_cpus is 0')
  expect(savedMachineProblem({ ...saved, description: 'x'.repeat(MACHINE_DESCRIPTION_MAX + 1) })).toContain(
    'at most 2000',
  )
})

it('a saved machine is chosen by its name', () => {
  expect(asChoice({ name: 'mine', description: 'Words.', machine })).toEqual({
    ...{ id: 'mine', title: 'mine', description: 'Words.' },
    machine,
  })
})

it('an id alone stands for a preset only while the machine is the preset', () => {
  expect(isPreset(preset!.id, machine)).toBe(true)
  expect(isPreset(preset!.id, { ...machine, nrCpus: 3 })).toBe(false)
  expect(isPreset('mine', machine)).toBe(false)
})

describe('the name of a copy', () => {
  it.each([
    ['mine', [], 'mine copy'],
    ['mine', ['Mine Copy'], 'mine copy 2'],
    ['mine', ['mine copy', 'mine copy 2'], 'mine copy 3'],
    ['x'.repeat(40), [], `${'x'.repeat(35)} copy`],
    [`${'x'.repeat(34)} yz`, [], `${'x'.repeat(34)} copy`],
  ])('of %s, beside %j, is %s', (name, taken, copy) => {
    expect(copyName(name, taken)).toBe(copy)
    expect(machineNameProblem(copy)).toBeUndefined()
  })
})
