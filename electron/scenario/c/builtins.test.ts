import { describe, expect, it } from 'vitest'
import { LANGUAGE_CALLS, LANGUAGE_CONSTANTS } from '../../../shared/scenario-language.ts'
import { BUILTIN_NAMES, builtinSignature, machineConstants, OPAQUE_CONSTANTS, SPECIAL_CALLS } from './builtins.ts'
import { NARROW, WIDE } from './testing/scenario.fixture.ts'

describe('what is said of the language', () => {
  it('is said of every call, with as many arguments as it takes', () => {
    expect(LANGUAGE_CALLS.map(({ name }) => name).toSorted()).toEqual([...BUILTIN_NAMES, ...SPECIAL_CALLS].toSorted())
    for (const name of BUILTIN_NAMES) {
      const { signature = '' } = LANGUAGE_CALLS.find((entry) => entry.name === name) ?? {}
      const list = /\((.*)\)/.exec(signature)?.[1] ?? ''
      const count = list === 'void' ? 0 : list.split(',').length
      expect([name, count]).toEqual([name, builtinSignature(name).parameters.length])
    }
  })

  it('is said of every constant, with its type', () => {
    const words = new Map(LANGUAGE_CONSTANTS.map(({ name, signature }) => [name, signature]))
    const types = { int: 'int', unsigned: 'unsigned int', long: 'long', ulong: 'unsigned long', bool: 'bool' }
    for (const machine of [WIDE, NARROW]) {
      for (const [name, { type }] of machineConstants(machine))
        expect([name, words.get(name)]).toEqual([name, types[type]])
    }
    const rest = [...OPAQUE_CONSTANTS.keys(), 'true', 'false', 'NULL']
    expect([...words.keys()].toSorted()).toEqual([...machineConstants(WIDE).keys(), ...rest].toSorted())
  })
})
