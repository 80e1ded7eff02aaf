import { describe, expect, it } from 'vitest'
import { missingNeeds } from './system-libraries.ts'

const gtk = { anyOf: ['libgtk-3-0t64', 'libgtk-3-0'] } as const
const xvfb = { anyOf: ['xvfb'] } as const

describe('which needs are missing', () => {
  it('none when every package is installed', () => {
    expect(missingNeeds([gtk, xvfb], 'libgtk-3-0 ii \nxvfb ii \n')).toEqual([])
  })

  it('either name of a renamed library will do', () => {
    expect(missingNeeds([gtk], 'libgtk-3-0t64 ii \n')).toEqual([])
  })

  it('a package that was removed and left its settings behind is missing', () => {
    expect(missingNeeds([xvfb], 'xvfb rc \n')).toEqual([xvfb])
  })

  it('all when nothing is known', () => {
    expect(missingNeeds([gtk, xvfb], '')).toEqual([gtk, xvfb])
  })
})
