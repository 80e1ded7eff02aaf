/** A `window.lab` for tests of stores: answers what a test gives it and sends the events a test asks for. */
import { vi } from 'vitest'
import type { LabApi, LabEvents } from '../../shared/contract.ts'

export interface FakeLab {
  /** What it answers from now on. */
  readonly methods: Partial<LabApi>
  /** Sends an event to whoever listens. */
  tell<Name extends keyof LabEvents>(name: Name, payload: LabEvents[Name]): void
}

type Listener = (payload: unknown) => void

/** Puts a lab with these methods, and an empty local storage, in place of the window's. */
export function installFakeLab(methods: Partial<LabApi>): FakeLab {
  const listeners = new Map<string, Set<Listener>>()
  const on = (name: string, listener: Listener): (() => void) => {
    const known = listeners.get(name) ?? new Set()
    listeners.set(name, known.add(listener))
    return () => known.delete(listener)
  }
  const stored = new Map<string, string>()
  const lab = { ...methods, on }
  vi.stubGlobal('window', Object.assign(new EventTarget(), { lab }))
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, text: string) => stored.set(key, text),
    removeItem: (key: string) => stored.delete(key),
  })
  return {
    methods: lab,
    tell: (name, payload) => {
      for (const listener of listeners.get(name) ?? []) listener(payload)
    },
  }
}
