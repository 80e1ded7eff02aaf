import { describe, expect, it } from 'vitest'
import { displayAddress } from './display.ts'

describe('the address behind DISPLAY', () => {
  it.each([
    [':0', { path: '/tmp/.X11-unix/X0' }],
    [':12.1', { path: '/tmp/.X11-unix/X12' }],
    ['unix:3', { path: '/tmp/.X11-unix/X3' }],
    ['localhost:10.0', { host: 'localhost', port: 6010 }],
  ])('%s', (display, address) => {
    expect(displayAddress(display)).toEqual(address)
  })

  it.each(['', 'nonsense', ':x'])('none for "%s"', (display) => {
    expect(displayAddress(display)).toBeUndefined()
  })
})
