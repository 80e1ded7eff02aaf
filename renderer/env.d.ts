import type { LabBridge } from '../shared/contract.ts'

declare global {
  interface Window {
    /** Exposed by the preload script. */
    readonly lab: LabBridge
  }
}
