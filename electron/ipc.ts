import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron'
import { LAB_API_METHODS, methodChannel, type LabApi } from '../shared/contract.ts'
import { PAYLOADS } from './payloads.ts'
import { APP_ORIGIN } from './protocol.ts'

/** What a call's sender is judged by; an IpcMainInvokeEvent offers it. */
export interface Caller {
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null
}

/** Only the app's own page in the top frame may call: no other origin, no frame inside it. */
export function isOwnPage({ senderFrame }: Caller): boolean {
  return senderFrame !== null && senderFrame.parent === null && senderFrame.url.startsWith(`${APP_ORIGIN}/`)
}

/**
 * Answers one call of the window. @throws {Error} when the caller is not the app's own page, or the payload is not what the
 * contract says: both are defects or attacks, never a user's mistake.
 */
export async function answerCall(
  api: LabApi,
  method: keyof LabApi,
  caller: Caller,
  args: readonly unknown[],
): Promise<unknown> {
  if (!isOwnPage(caller)) throw new Error(`${method} was refused: the caller is not the lab's own window.`)
  const payload = PAYLOADS[method].safeParse(args)
  if (!payload.success) {
    const [issue] = payload.error.issues
    throw new Error(`${method} was refused: argument ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not valid'}.`)
  }
  // The schema of this very method has accepted the arguments; the compiler cannot follow that pairing through the union
  const calls = api as unknown as Record<keyof LabApi, (...checked: unknown[]) => Promise<unknown>>
  return calls[method](...(payload.data as unknown[]))
}

/** Connects every method of the contract to its handler; `apiOf` answers for the page that calls. */
export function setUpIpc(ipcMain: Pick<IpcMain, 'handle'>, apiOf: (page: WebContents) => LabApi): void {
  for (const method of LAB_API_METHODS) {
    ipcMain.handle(methodChannel(method), (event: IpcMainInvokeEvent, ...args: readonly unknown[]) =>
      answerCall(apiOf(event.sender), method, event, args),
    )
  }
}
