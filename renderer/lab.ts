import type { LabBridge } from '../shared/contract.ts'

/** The one way out of the window: the contract that the preload script exposes. */
export function lab(): LabBridge {
  return window.lab
}

/** Why a call failed, without what Electron puts before the message of the other side. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message.replace(/^Error invoking remote method '[^']*': (?:\w*Error: )?/, '')
}
