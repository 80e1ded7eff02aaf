import type { LabBridge } from '../shared/contract.ts'

/** The one way out of the window: the contract that the preload script exposes. */
export function lab(): LabBridge {
  return window.lab
}
